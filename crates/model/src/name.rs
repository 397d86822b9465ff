//! The rule for names of gateways, flow schemas, users and roles.

/// The longest name, in Unicode characters after trimming.
pub const MAX_NAME_CHARS: usize = 200;

/// Trims a name and checks it.
///
/// # Errors
///
/// A sentence for the field, when nothing is left after trimming, it is too long, or it holds a control character.
pub fn parse_name(text: &str) -> Result<String, String> {
    let name = text.trim();
    let chars = name.chars().count();
    if name.chars().all(is_invisible) {
        return Err("Enter a name.".to_owned());
    }
    if chars > MAX_NAME_CHARS {
        return Err(format!(
            "Use at most {MAX_NAME_CHARS} characters; this name has {chars}."
        ));
    }
    if name.chars().any(char::is_control) {
        return Err("Remove the line break or other control character from the name.".to_owned());
    }
    Ok(name.to_owned())
}

/// Checks a text of several lines that may be empty: its length, and that it holds no control character.
pub(crate) fn check_text(text: &str, max: usize) -> Result<(), String> {
    let chars = text.chars().count();
    if chars > max {
        return Err(format!("Use at most {max} characters; this text has {chars}."));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err("Remove the control character; only line breaks and tabs are allowed.".to_owned());
    }
    Ok(())
}

/// Spaces, and characters that only join, separate or direct others: nobody could read or click a name of these alone.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        )
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed() {
        assert_eq!(parse_name("  Підтримка ").as_deref(), Ok("Підтримка"));
    }

    #[test]
    fn spaces_alone_are_no_name() {
        assert!(parse_name(" \t ").is_err());
    }

    #[test]
    fn a_name_that_nobody_can_see_is_no_name() {
        for invisible in ["\u{200b}", "\u{feff} \u{2060}", "\u{3164}", "\u{202e}\u{202c}"] {
            assert_eq!(parse_name(invisible), Err("Enter a name.".to_owned()), "{invisible:?}");
        }
        assert!(parse_name("👩\u{200d}💻").is_ok());
    }

    #[test]
    fn a_text_may_have_lines_but_no_control_characters() {
        assert_eq!(check_text("a\r\n\tb", 5), Ok(()));
        assert!(check_text("a\0", 5).unwrap_err().contains("control"));
        assert!(check_text("abcdef", 5).unwrap_err().contains("has 6"));
    }

    #[test]
    fn two_hundred_characters_fit_and_one_more_does_not() {
        assert!(parse_name(&"ї".repeat(200)).is_ok());
        let error = parse_name(&"ї".repeat(201)).unwrap_err();
        assert!(error.contains("201"), "{error}");
    }
}
