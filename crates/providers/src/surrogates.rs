//! Half characters in JSON: some messengers cut texts in the middle of an emoji, and no JSON reader takes what is left of it.

use bytes::Bytes;

/// What stands for a character that can't be read: the digits of U+FFFD.
const REPLACEMENT: &[u8; 4] = b"fffd";
/// The length of `\ud83d`.
const ESCAPE: usize = 6;

/// A JSON text in which escapes of half a character are replaced by that of U+FFFD, so that the message around it is not
/// lost. Nearly every text is given back as it is, without a copy.
#[must_use]
pub fn whole_characters(json: &Bytes) -> Bytes {
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = json[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        at += match half_at(&json[at..]) {
            Some(Half::First) if half_at(&json[at + ESCAPE..]) == Some(Half::Second) => 2 * ESCAPE,
            Some(_) => {
                let digits = at + ESCAPE - REPLACEMENT.len()..at + ESCAPE;
                mended.get_or_insert_with(|| json.to_vec())[digits].copy_from_slice(REPLACEMENT);
                ESCAPE
            }
            // The escaped character is passed over, be it a backslash itself.
            None => 2,
        };
        if at >= json.len() {
            break;
        }
    }
    mended.map_or_else(|| json.clone(), Bytes::from)
}

/// Which half of a pair an escape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

/// The half that is escaped at the beginning of a text.
fn half_at(text: &[u8]) -> Option<Half> {
    let digits = text.strip_prefix(b"\\u")?.get(..REPLACEMENT.len())?;
    let code = u16::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?;
    match code {
        0xD800..=0xDBFF => Some(Half::First),
        0xDC00..=0xDFFF => Some(Half::Second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mended(json: &str) -> String {
        let bytes = whole_characters(&Bytes::copy_from_slice(json.as_bytes()));
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn half_a_character_is_replaced_and_a_whole_one_stays() {
        for (json, expected) in [
            (r#"["\ud83d\ude00 \u0041"]"#, r#"["\ud83d\ude00 \u0041"]"#),
            (r#"["cut \ud83d"]"#, r#"["cut \ufffd"]"#),
            (r#"["\ude00 cut"]"#, r#"["\ufffd cut"]"#),
            (r#"["\uD83D\uD83D\uDE00"]"#, r#"["\ufffd\uD83D\uDE00"]"#),
            (r#"["\ud83d\n"]"#, r#"["\ufffd\n"]"#),
            // An escaped backslash and then plain letters.
            (r#"["\\ud83d"]"#, r#"["\\ud83d"]"#),
            (r#"["\\\ud83d"]"#, r#"["\\\ufffd"]"#),
        ] {
            assert_eq!(mended(json), expected, "{json}");
            assert!(
                serde_json::from_str::<serde_json::Value>(&mended(json)).is_ok(),
                "{json}"
            );
        }
    }

    #[test]
    fn what_is_no_json_is_left_alone() {
        for text in ["", "\\", "\\u", "\\ud8", "\\ud83", "\\u+d83", "a\\"] {
            assert_eq!(mended(text), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_of_escapes_can_be_read_and_nothing_panics(codes in prop::collection::vec(any::<u16>(), 0..40)) {
            let escapes: Vec<String> = codes.iter().map(|code| format!("\\u{code:04x}")).collect();
            let json = format!("\"{}\"", escapes.concat());
            let read: String = serde_json::from_str(&mended(&json)).unwrap();
            prop_assert_eq!(read, String::from_utf16_lossy(&codes));
        }
    }
}
