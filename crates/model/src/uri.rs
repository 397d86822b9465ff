//! The path under which a gateway is reached.

use serde::{Deserialize, Serialize};
use std::fmt;

/// `/` and 3 to 128 of `a-z 0-9 - _ /`, unique over all gateways; what follows the public base URL and `/chat`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uri(String);

/// Why a text is no URI; each is a sentence for the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UriError {
    /// Nothing was given.
    #[error("Enter a URI that begins with “/”.")]
    Missing,
    /// It doesn't begin with a slash.
    #[error("Begin the URI with “/”.")]
    NoSlash,
    /// Fewer than 3 or more than 128 characters follow the slash.
    #[error("Use 3 to 128 characters after the first “/”; this URI has {0}.")]
    Length(usize),
    /// A character outside the alphabet.
    #[error("Use only a–z, 0–9, “-”, “_” and “/”; “{0}” is not allowed.")]
    Character(char),
    /// `//` or a `/` at the end.
    #[error("Remove the empty part: “//” and a “/” at the end are not allowed.")]
    EmptyPart,
    /// A path that this server needs for itself.
    #[error("“{0}” is reserved. Choose another URI.")]
    Reserved(String),
}

/// First parts that a provider's door or a widget file may claim, and a last part that later doors append.
const RESERVED_FIRST: [&str; 6] = ["health", "metrics", "pkg", "static", "widget", "media"];
const RESERVED_LAST: [&str; 2] = ["captcha", "upload"];

impl Uri {
    /// Bytes of randomness that [`Uri::from_random`] takes, one for each letter.
    pub const RANDOM_BYTES: usize = 32;

    /// Checks a URI.
    ///
    /// # Errors
    ///
    /// The first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let text = text.trim();
        if text.is_empty() || text == "/" {
            return Err(UriError::Missing);
        }
        let path = text.strip_prefix('/').ok_or(UriError::NoSlash)?;
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_/".contains(c);
        if let Some(wrong) = path.chars().find(|c| !allowed(*c)) {
            return Err(UriError::Character(wrong));
        }
        if !(3..=128).contains(&path.len()) {
            return Err(UriError::Length(path.len()));
        }
        if path.split('/').any(str::is_empty) {
            return Err(UriError::EmptyPart);
        }
        let first = path.split('/').next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        if RESERVED_FIRST.contains(&first) {
            return Err(UriError::Reserved(format!("/{first}")));
        }
        if RESERVED_LAST.contains(&last) {
            return Err(UriError::Reserved(format!("/{last}")));
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes a URI of 32 lowercase letters from random bytes: 32 × log2(26) = 150 bits.
    ///
    /// A byte is taken modulo 26; the bias costs less than 0.1 bit a letter, so more than 128 bits remain.
    #[must_use]
    pub fn from_random(bytes: [u8; Self::RANDOM_BYTES]) -> Self {
        let letters = bytes.iter().map(|byte| char::from(b'a' + byte % 26));
        Self(std::iter::once('/').chain(letters).collect())
    }

    /// The text, with its leading slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Uri {
    type Error = UriError;

    fn try_from(text: String) -> Result<Self, UriError> {
        Self::parse(&text)
    }
}

impl From<Uri> for String {
    fn from(uri: Uri) -> Self {
        uri.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_path_is_a_uri() {
        for good in ["/abc", "/support/viber-2_b", &format!("/{}", "a".repeat(128))] {
            assert_eq!(Uri::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn each_broken_rule_is_named() {
        let cases = [
            ("", UriError::Missing),
            ("/", UriError::Missing),
            ("abc", UriError::NoSlash),
            ("/ab", UriError::Length(2)),
            ("/Abc", UriError::Character('A')),
            ("/a/../b", UriError::Character('.')),
            ("/a b", UriError::Character(' ')),
            ("/чат", UriError::Character('ч')),
            ("/abc?x", UriError::Character('?')),
            ("//abc", UriError::EmptyPart),
            ("/abc/", UriError::EmptyPart),
            ("/health/x", UriError::Reserved("/health".into())),
            ("/shop/captcha", UriError::Reserved("/captcha".into())),
        ];
        for (text, error) in cases {
            assert_eq!(Uri::parse(text).unwrap_err(), error, "{text}");
        }
        let long = format!("/{}", "a".repeat(129));
        assert_eq!(Uri::parse(&long).unwrap_err(), UriError::Length(129));
    }

    #[test]
    fn a_random_uri_is_valid_and_shows_all_its_randomness() {
        let uri = Uri::from_random(std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        assert_eq!(uri.as_str().len(), 33);
        assert_eq!(Uri::parse(uri.as_str()), Ok(uri));
    }
}
