//! Insertion of variables and globals into the texts of a node.

use crate::Template;
use crate::program::{Number, Value};
use crate::run::Variables;
use crate::template::Part;
use serde_json::Value as Json;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Texts that every conversation of an installation reads, by name.
pub type Globals = BTreeMap<String, String>;

/// Where insertions are looked up while one node does its work.
#[derive(Debug)]
pub struct Scope<'a> {
    /// Of the conversation.
    pub variables: &'a Variables,
    /// Of the installation.
    pub globals: &'a Globals,
    room: Cell<usize>,
}

/// A text is not the number that a node needs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no number")]
pub struct NotANumber(pub String);

/// Bytes that may be inserted through one [`Scope`]: far more than all variables may hold, far less than a machine has.
const ROOM: usize = 4 << 20;

/// The letters of a [`NotANumber`] that are worth repeating.
const REPEATED: usize = 40;

impl<'a> Scope<'a> {
    /// A scope for one node. Make a new one for the next.
    #[must_use]
    pub fn new(variables: &'a Variables, globals: &'a Globals) -> Self {
        Self {
            variables,
            globals,
            room: Cell::new(ROOM),
        }
    }

    /// Whether more was to be inserted than there is room for (4 MiB a node). The texts were cut; the run must end.
    #[must_use]
    pub fn is_overfull(&self) -> bool {
        self.room.get() == 0
    }

    /// The text of a variable, or of a global, as an insertion reads it.
    pub(crate) fn part<'b>(&'b self, part: &'b Part) -> Cow<'b, str> {
        let (text, uri) = match part {
            Part::Text(text) => return Cow::Borrowed(text),
            Part::Variable { path, uri } => (self.variables.text(path), *uri),
            Part::Global { name, uri } => (
                Cow::Borrowed(self.globals.get(&**name).map_or("", String::as_str)),
                *uri,
            ),
        };
        let text = if uri { Cow::Owned(encode(&text)) } else { text };
        self.take(text)
    }

    /// Cuts a text down to the room that is left.
    fn take<'b>(&self, text: Cow<'b, str>) -> Cow<'b, str> {
        let room = self.room.get();
        if text.len() < room {
            self.room.set(room - text.len());
            return text;
        }
        self.room.set(0);
        let end = text.floor_char_boundary(room);
        Cow::Owned(text[..end].to_owned())
    }
}

/// The text with its insertions. Inserted text is never looked at again.
#[must_use]
pub fn insert(template: &Template, scope: &Scope) -> String {
    match template.parts.as_slice() {
        [] => String::new(),
        [part] => scope.part(part).into_owned(),
        parts => {
            let mut text = String::new();
            for part in parts {
                text.push_str(&scope.part(part));
            }
            text
        }
    }
}

/// The number, as written or after insertion; the empty text is 0.
///
/// # Errors
///
/// If the text is no finite number.
pub fn number(number: &Number, scope: &Scope) -> Result<f64, NotANumber> {
    let template = match number {
        Number::Literal(number) => return Ok(*number),
        Number::Text(template) => template,
    };
    let text = insert(template, scope);
    if text.is_empty() {
        return Ok(0.0);
    }
    let trimmed = text.trim();
    let plain = trimmed
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    match trimmed.parse::<f64>() {
        Ok(number) if plain && number.is_finite() => Ok(number),
        _ => Err(NotANumber(text.chars().take(REPEATED).collect())),
    }
}

/// The value with insertions in all its texts, however deep.
#[must_use]
pub fn value(value: &Value, scope: &Scope) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => json_number(*number),
        Value::Text(template) => Json::String(insert(template, scope)),
        Value::List(values) => values.iter().map(|item| self::value(item, scope)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(key, field)| (key.to_string(), self::value(field, scope)))
            .collect(),
    }
}

/// A number of a JSON value; whole numbers have no fraction. What JSON has no number for is null.
pub(crate) fn json_number(number: f64) -> Json {
    /// Below 2⁵³ every whole number is exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2⁵³")]
        return Json::from(number as i64);
    }
    serde_json::Number::from_f64(number).map_or(Json::Null, Json::Number)
}

/// The text that a variable takes for a value: a text as it is, a number as JavaScript prints it, null as the empty
/// text, an object or a list as compact JSON.
#[must_use]
pub fn text_of(value: &Json) -> String {
    crate::run::print::text_of(value)
}

/// Percent-encodes as `encodeURIComponent` does.
#[must_use]
pub fn encode(text: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'!')
        .remove(b'~')
        .remove(b'*')
        .remove(b'\'')
        .remove(b'(')
        .remove(b')');
    utf8_percent_encode(text, COMPONENT).to_string()
}

#[cfg(test)]
mod tests;
