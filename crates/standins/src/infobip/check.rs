//! Checks of fields, noted by their names.

use super::answer::Violations;
use crate::text::chars;
use serde_json::Value;
use url::Url;

/// Fields of a request.
pub(crate) struct Check<'a> {
    pub given: &'a Value,
    pub violations: &'a mut Violations,
}

impl Check<'_> {
    /// A field by its path, such as `content.body.text`.
    pub fn at(&self, path: &str) -> &Value {
        let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
        self.given.pointer(&pointer).unwrap_or(&Value::Null)
    }

    /// A text that must be there, of a length.
    pub fn text(&mut self, path: &str, min: usize, max: usize) -> String {
        let given = self.at(path).as_str().map(str::to_owned);
        match given {
            Some(text) if (min.max(1)..=max).contains(&chars(&text)) => text,
            Some(text) if text.is_empty() => {
                self.violations.add(path, "must not be blank");
                text
            }
            Some(text) => {
                self.violations
                    .add(path, format!("size must be between {min} and {max}"));
                text
            }
            None => {
                self.violations.add(path, "must not be blank");
                String::new()
            }
        }
    }

    /// A text that may stay away.
    pub fn optional(&mut self, path: &str, max: usize) -> String {
        match self.at(path) {
            Value::Null => String::new(),
            Value::String(text) if chars(text) <= max => text.clone(),
            Value::String(_) => {
                self.violations.add(path, format!("size must be between 0 and {max}"));
                String::new()
            }
            _ => {
                self.violations.add(path, "must be a text");
                String::new()
            }
        }
    }

    /// An address of a file.
    pub fn url(&mut self, path: &str) -> String {
        let text = self.text(path, 1, 2_048);
        let is_url = Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !text.is_empty() && !is_url {
            self.violations.add(path, "is not a valid url");
        }
        text
    }

    /// A number in international digits.
    pub fn phone(&mut self, path: &str) -> String {
        let text = self.text(path, 1, 24);
        if !text.bytes().all(|digit| digit.is_ascii_digit()) {
            self.violations
                .add(path, "must be in international format, digits only");
        }
        text
    }

    /// Degrees.
    pub fn degrees(&mut self, path: &str, most: f64) -> f64 {
        match self.at(path).as_f64() {
            Some(degrees) if degrees.abs() <= most => degrees,
            Some(_) => {
                self.violations.add(path, format!("must be between -{most} and {most}"));
                0.0
            }
            None => {
                self.violations.add(path, "must not be null");
                0.0
            }
        }
    }

    /// How long a list is, which must have from `min` to `max` elements.
    pub fn list(&mut self, path: &str, min: usize, max: usize) -> usize {
        let length = self.at(path).as_array().map_or(0, Vec::len);
        if !(min..=max).contains(&length) {
            self.violations
                .add(path, format!("size must be between {min} and {max}"));
        }
        length.min(max)
    }
}
