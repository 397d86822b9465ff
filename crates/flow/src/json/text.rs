//! Reads a JSON text: its escapes, its surrogates.

use super::Fault;
use super::scan::Scanner;
use std::borrow::Cow;

impl<'a> Scanner<'a> {
    /// Reads a text that begins here.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Fault> {
        let start = self.at;
        let source = self.text;
        self.at += 1;
        let mut plain = self.at;
        let mut decoded: Option<String> = None;
        loop {
            match self.peek() {
                None => return Err(self.fault(start, "This text has no closing quotation mark.")),
                Some(b'"') => {
                    let rest = &source[plain..self.at];
                    self.at += 1;
                    return Ok(match decoded {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                Some(b'\\') => {
                    let so_far = decoded.get_or_insert_default();
                    so_far.push_str(&source[plain..self.at]);
                    let character = self.escape()?;
                    so_far.push(character);
                    plain = self.at;
                }
                Some(b'\n' | b'\r') => {
                    let message =
                        "A text cannot hold a line break: write “\\n”, or close the text with a quotation mark.";
                    return Err(self.fault(self.at, message));
                }
                Some(byte @ 0..=0x1f) => {
                    let message = format!("A text cannot hold this control character: write “\\u{byte:04x}”.");
                    return Err(self.fault(self.at, &message));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        self.at += 1;
        let character = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(start),
            _ => {
                let message = "There is no such escape: write “\\\\” for a backslash itself.";
                return Err(self.fault(start, message));
            }
        };
        self.at += 1;
        Ok(character)
    }

    fn unicode(&mut self, start: usize) -> Result<char, Fault> {
        let first = self.four(start)?;
        if let Some(character) = char::from_u32(first) {
            return Ok(character);
        }
        let high = (0xd800..0xdc00).contains(&first);
        if high && self.text[self.at..].starts_with("\\u") {
            let behind = self.at;
            self.at += 1;
            let second = self.four(behind)?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = behind;
        }
        let message = format!("“\\u{first:04x}” is one half of a character, and its other half is not beside it.");
        Err(self.fault_to(start..self.at, message))
    }

    /// The four digits behind `\u`; this stands on the `u`.
    fn four(&mut self, start: usize) -> Result<u32, Fault> {
        self.at += 1;
        let digits = self.text.get(self.at..self.at + 4);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.fault(start, "Behind “\\u” four hexadecimal digits are expected."));
        };
        self.at += 4;
        Ok(code)
    }
}
