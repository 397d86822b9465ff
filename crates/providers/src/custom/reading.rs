//! Reads JSON that a customer's system wrote, and says in words which field is wrong.
//!
//! Fields that are not known are passed over; one that is null or blank counts as missing.

use jiff::Timestamp as Moment;
use model::Timestamp;
use serde_json::{Map, Value};
use std::{fmt, ops::RangeInclusive};

/// The longest id, in characters.
const ID: usize = 256;
/// The longest name or other line of text, in characters.
pub(super) const LINE: usize = 1_024;
/// The longest text, in characters; a body ends before it.
pub(super) const TEXT: usize = 256 * 1_024;
/// The longest address, in characters.
const ADDRESS: usize = 8_192;

/// What is wrong with a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    /// Where: `data.parts[0].url`; empty for the whole.
    pub(super) field: String,
    /// A sentence.
    pub(super) message: String,
}

/// An object and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Object<'j> {
    path: String,
    members: &'j Map<String, Value>,
}

impl<'j> Object<'j> {
    /// The object that a whole body is.
    pub(super) fn root(value: &'j Value) -> Result<Self, Wrong> {
        Self::at(String::new(), value)
    }

    fn at(path: String, value: &'j Value) -> Result<Self, Wrong> {
        match value {
            Value::Object(members) => Ok(Self { path, members }),
            _ => Err(wrong(path, "an object")),
        }
    }

    /// What a member must not be missing.
    pub(super) fn required<T>(
        &self,
        name: &str,
        read: impl FnOnce(&Self, &str) -> Result<Option<T>, Wrong>,
    ) -> Result<T, Wrong> {
        read(self, name)?.ok_or_else(|| self.missing(name))
    }

    /// An object.
    pub(super) fn object(&self, name: &str) -> Result<Option<Self>, Wrong> {
        self.member(name)
            .map(|value| Self::at(self.path(name), value))
            .transpose()
    }

    /// The objects of a list.
    pub(super) fn objects(&self, name: &str, most: usize) -> Result<Option<Vec<Self>>, Wrong> {
        let Some(items) = self.items(name, most)? else {
            return Ok(None);
        };
        let objects = items
            .iter()
            .enumerate()
            .map(|(index, item)| Self::at(format!("{}[{index}]", self.path(name)), item));
        objects.collect::<Result<Vec<_>, _>>().map(Some)
    }

    /// The lines of a list.
    pub(super) fn lines(&self, name: &str, most: usize) -> Result<Option<Vec<String>>, Wrong> {
        let Some(items) = self.items(name, most)? else {
            return Ok(None);
        };
        let line = |(index, item): (usize, &Value)| match item {
            Value::String(text) if is_line(text, LINE) => Ok(text.clone()),
            _ => Err(wrong(format!("{}[{index}]", self.path(name)), "a line of text")),
        };
        items.iter().enumerate().map(line).collect::<Result<_, _>>().map(Some)
    }

    fn items(&self, name: &str, most: usize) -> Result<Option<&'j [Value]>, Wrong> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::Array(items)) if items.len() <= most => Ok(Some(items)),
            Some(_) => Err(self.wrong(name, format_args!("a list of at most {most}"))),
        }
    }

    /// An id: text, or a whole number.
    pub(super) fn id(&self, name: &str) -> Result<Option<String>, Wrong> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) if is_line(text, ID) => Ok(Some(text.clone())),
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => Ok(Some(number.to_string())),
            Some(_) => Err(self.wrong(name, format_args!("text of at most {ID} characters on one line"))),
        }
    }

    /// One line of text.
    pub(super) fn line(&self, name: &str) -> Result<Option<String>, Wrong> {
        match self.text(name)? {
            Some(text) if !is_line(&text, LINE) => {
                Err(self.wrong(name, format_args!("text of at most {LINE} characters on one line")))
            }
            text => Ok(text),
        }
    }

    /// Text of any number of lines.
    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Wrong> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            // No database keeps a zero in a text, and nobody means one.
            Some(Value::String(text)) if text.chars().count() <= TEXT => Ok(Some(text.replace('\0', ""))),
            Some(_) => Err(self.wrong(name, "text")),
        }
    }

    /// On or off.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Wrong> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(name, "true or false")),
        }
    }

    /// A number that is counted.
    pub(super) fn count<T: TryFrom<u64>>(&self, name: &str) -> Result<Option<T>, Wrong> {
        let Some(value) = self.member(name) else {
            return Ok(None);
        };
        let count = value.as_u64().and_then(|count| T::try_from(count).ok());
        count
            .map(Some)
            .ok_or_else(|| self.wrong(name, "a whole number, 0 or more"))
    }

    /// A number in a range.
    pub(super) fn number(&self, name: &str, range: RangeInclusive<f64>) -> Result<Option<f64>, Wrong> {
        let Some(value) = self.member(name) else {
            return Ok(None);
        };
        let number = value.as_f64().filter(|number| range.contains(number));
        number
            .map(Some)
            .ok_or_else(|| self.wrong(name, format_args!("a number from {} to {}", range.start(), range.end())))
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Wrong> {
        let Some(value) = self.member(name) else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| value.as_str() == Some(word));
        found.map(|(_, meaning)| Some(*meaning)).ok_or_else(|| {
            let words: Vec<_> = words.iter().map(|(word, _)| *word).collect();
            self.wrong(name, format_args!("one of: {}", words.join(", ")))
        })
    }

    /// A full address.
    pub(super) fn address(&self, name: &str) -> Result<Option<String>, Wrong> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        let parsed = url::Url::parse(&text).ok();
        let fits = parsed.is_some_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if fits && text.chars().count() <= ADDRESS {
            Ok(Some(text))
        } else {
            Err(self.wrong(name, "a full address that begins with https://"))
        }
    }

    /// A moment.
    pub(super) fn moment(&self, name: &str) -> Result<Option<Timestamp>, Wrong> {
        let Some(value) = self.member(name) else {
            return Ok(None);
        };
        let moment = value.as_str().and_then(|text| text.parse::<Moment>().ok());
        moment
            .map(|moment| Some(Timestamp(moment.as_millisecond())))
            .ok_or_else(|| self.wrong(name, "a time such as 2026-10-01T12:00:00Z"))
    }

    /// Every member that is text, a number, true or false, as text.
    pub(super) fn plain(&self, most: usize) -> Result<Vec<(String, String)>, Wrong> {
        if self.members.len() > most {
            return Err(wrong(
                self.path.clone(),
                format_args!("an object of at most {most} members"),
            ));
        }
        let plain = |(name, value): (&String, &Value)| {
            let text = match value {
                Value::Null => return Ok(None),
                Value::String(text) => text.replace('\0', ""),
                Value::Bool(_) | Value::Number(_) => value.to_string(),
                Value::Array(_) | Value::Object(_) => return Err(self.wrong(name, "text, a number, true or false")),
            };
            if is_line(name, LINE) && text.chars().count() <= LINE {
                Ok(Some((name.clone(), text)))
            } else {
                Err(self.wrong(name, format_args!("of at most {LINE} characters")))
            }
        };
        self.members
            .iter()
            .filter_map(|member| plain(member).transpose())
            .collect()
    }

    /// That a field is not there.
    pub(super) fn missing(&self, name: &str) -> Wrong {
        let field = self.path(name);
        Wrong {
            message: format!("“{field}” is missing or empty."),
            field,
        }
    }

    /// That a field is something else than it has to be.
    pub(super) fn wrong(&self, name: &str, expected: impl fmt::Display) -> Wrong {
        wrong(self.path(name), expected)
    }

    fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    fn member(&self, name: &str) -> Option<&'j Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }
}

fn wrong(field: String, expected: impl fmt::Display) -> Wrong {
    let message = if field.is_empty() {
        format!("The body has to be {expected}.")
    } else {
        format!("“{field}” has to be {expected}.")
    };
    Wrong { field, message }
}

fn is_line(text: &str, max: usize) -> bool {
    text.chars().count() <= max && !text.chars().any(char::is_control)
}
