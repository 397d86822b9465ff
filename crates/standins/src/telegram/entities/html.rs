//! Telegram's little HTML.

/// The tags that there are.
const TAGS: [&str; 16] = [
    "a",
    "b",
    "blockquote",
    "code",
    "del",
    "em",
    "i",
    "ins",
    "pre",
    "s",
    "span",
    "strike",
    "strong",
    "tg-emoji",
    "tg-spoiler",
    "u",
];

/// The text without tags, its entities decoded; or what is wrong, and where.
pub(super) fn plain(html: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(html.len());
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    while let Some(next) = rest.find(['<', '&']) {
        plain.push_str(&rest[..next]);
        rest = &rest[next..];
        let at = html.len() - rest.len();
        rest = if rest.starts_with('&') {
            let (letter, length) = entity(rest).unwrap_or(('&', 1));
            plain.push(letter);
            &rest[length..]
        } else {
            tag(rest, at, &mut open)?
        };
    }
    plain.push_str(rest);
    match open.pop() {
        Some(tag) => Err(format!("Can't find end tag corresponding to start tag \"{tag}\"")),
        None => Ok(plain),
    }
}

/// Goes through one tag and gives what follows it.
fn tag<'a>(rest: &'a str, at: usize, open: &mut Vec<String>) -> Result<&'a str, String> {
    let Some(end) = rest.find('>') else {
        return Err(format!("Unclosed start tag at byte offset {at}"));
    };
    let inside = &rest[1..end];
    let name = inside.trim_start_matches('/').split([' ', '\n', '\t']).next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if inside.starts_with('/') {
        match open.pop() {
            Some(expected) if expected == name || name.is_empty() => {}
            Some(expected) => {
                let text = format!("Unmatched end tag at byte offset {at}, expected \"</{expected}>\"");
                return Err(format!("{text}, found \"</{name}>\""));
            }
            None => return Err(format!("Unexpected end tag at byte offset {at}")),
        }
    } else if name.is_empty() {
        return Err(format!("Empty tag name at byte offset {at}"));
    } else if TAGS.contains(&name.as_str()) {
        open.push(name);
    } else {
        return Err(format!("Unsupported start tag \"{name}\" at byte offset {at}"));
    }
    Ok(&rest[end + 1..])
}

/// The character of an entity, and how long it is.
fn entity(rest: &str) -> Option<(char, usize)> {
    let end = rest.find(';').filter(|end| *end <= 10)?;
    let letter = match &rest[1..end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_entities_become_characters() {
        assert_eq!(
            plain("<b>a</b> &lt;&#x1F44D;&amp; & <a href=\"x\">y</a>").unwrap(),
            "a <👍& & y"
        );
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert!(
            plain("a <br>")
                .unwrap_err()
                .contains("Unsupported start tag \"br\" at byte offset 2")
        );
        assert!(plain("<b>a").unwrap_err().contains("start tag \"b\""));
        assert!(
            plain("<b>a</i>")
                .unwrap_err()
                .contains("expected \"</b>\", found \"</i>\"")
        );
        assert!(plain("1 < 2").unwrap_err().contains("Unclosed"));
        assert!(plain("a</b>").unwrap_err().contains("Unexpected end tag"));
    }
}
