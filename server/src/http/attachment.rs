//! The header that makes a browser save an answer as a file (RFC 6266).

use axum::http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The longest name in characters; with its end it fits the 255 bytes that file systems allow, in every script.
const MAX_CHARS: usize = 60;
/// What RFC 8187 lets stand as it is, apart from letters and digits.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');
/// Windows takes these for devices, whatever follows after a dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// `attachment` with a file name made of any text; of `otherwise`, if nothing of it can stand in one. `otherwise` and
/// `end` are ASCII.
///
/// There are two names: one in ASCII for old programs, and the whole one.
pub fn header(name: &str, otherwise: &str, end: &str) -> HeaderValue {
    named("attachment", name, otherwise, end)
}

/// The same for an answer that a browser may show; the name counts if somebody saves it.
pub fn shown(name: &str, otherwise: &str, end: &str) -> HeaderValue {
    named("inline", name, otherwise, end)
}

fn named(what: &'static str, name: &str, otherwise: &str, end: &str) -> HeaderValue {
    let name = stem(name).unwrap_or_else(|| otherwise.to_owned());
    let ascii: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let ascii = if ascii.contains(|c: char| c.is_ascii_alphanumeric()) {
        &ascii
    } else {
        otherwise
    };
    let whole = utf8_percent_encode(&name, ENCODED);
    let value = format!("{what}; filename=\"{ascii}{end}\"; filename*=UTF-8''{whole}{end}");
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static(what))
}

/// The part of a text that may stand in a file name on every system.
fn stem(text: &str) -> Option<String> {
    let fit = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '%' => Some('-'),
        c if c.is_control() || directs(c) => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    };
    let kept: String = text.chars().filter_map(fit).take(MAX_CHARS).collect();
    let kept = kept.trim_matches([' ', '.']);
    let device = kept.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let port = device.strip_prefix("com").or_else(|| device.strip_prefix("lpt"));
    let taken = DEVICES.contains(&device.as_str()) || port.is_some_and(|number| number.len() == 1);
    match kept {
        "" => None,
        kept if taken => Some(format!("{kept}_")),
        kept => Some(kept.to_owned()),
    }
}

/// Characters that nobody sees and that make a name read as another one.
fn directs(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> String {
        header(name, "flow-7", ".json").to_str().unwrap().to_owned()
    }

    #[test]
    fn a_name_of_letters_stands_as_it_is() {
        assert_eq!(
            shown("Echo 2"),
            "attachment; filename=\"Echo 2.json\"; filename*=UTF-8''Echo%202.json"
        );
    }

    #[test]
    fn a_name_of_another_script_is_encoded_and_the_ascii_one_is_made_of_the_number() {
        assert_eq!(
            shown("Їж"),
            "attachment; filename=\"flow-7.json\"; filename*=UTF-8''%D0%87%D0%B6.json"
        );
        assert!(shown("Їж 2").starts_with("attachment; filename=\"__ 2.json\""));
    }

    #[test]
    fn nothing_ends_the_header_or_leads_to_another_folder() {
        let value = shown("../a\\b\"; filename=\"evil.exe\r\nx: y%00");
        let ascii = value.split('"').nth(1).unwrap();
        assert_eq!(ascii, "-a-b-; filename=-evil.exex- y-00.json");
        assert!(
            !value.contains(['\r', '\n']) && value.matches('"').count() == 2,
            "{value}"
        );
    }

    #[test]
    fn a_name_that_no_system_takes_is_changed() {
        assert!(shown("aux").contains("\"aux_.json\""));
        assert!(shown("COM1.x").contains("\"COM1.x_.json\""));
        assert!(shown(" ... ").contains("\"flow-7.json\""));
        assert!(shown("\u{202e}nosj").contains("\"nosj.json\""));
        let long = shown(&"ї".repeat(200));
        assert_eq!(long.matches("%D1%97").count(), MAX_CHARS);
    }
}
