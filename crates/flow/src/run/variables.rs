//! The variables of a conversation. Each is text; a path reads and writes the JSON that the text is.

mod message;
mod stored;

pub(crate) use message::{Attached, Contact, File, Origin};

use crate::run::path;
use crate::run::print::{compact, text_of};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What a conversation knows, by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variables {
    named: BTreeMap<String, Variable>,
    bytes: usize,
}

/// One variable: a text, and the message it was taken from.
#[derive(Clone, Debug, Default)]
struct Variable {
    text: String,
    origin: Option<Origin>,
    /// The JSON that the text is, once it was asked for.
    parsed: OnceLock<Option<Json>>,
}

/// A name that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// No name, or a path that begins with a dot.
    #[error("a variable needs a name")]
    NoName,
    /// A part of the path is neither an object nor a list.
    #[error("“{0}” cannot be written: “{1}” is neither an object nor a list")]
    NoObject(String, String),
    /// An element of a list that isn't there.
    #[error("“{0}” cannot be written: the list has no element “{1}”")]
    NoElement(String, String),
    /// A path with more steps than JSON can be read back from.
    #[error("a name of more than {MOST_STEPS} parts cannot be written")]
    TooDeep,
}

/// The most steps of a path that is written.
const MOST_STEPS: usize = 100;

impl Variables {
    /// No variables.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The text at a path as `${path}` reads it; empty if there is nothing.
    #[must_use]
    pub fn text(&self, path: &str) -> Cow<'_, str> {
        let Some((name, steps)) = path.split_once('.') else {
            return Cow::Borrowed(self.named.get(path).map_or("", |variable| variable.text.as_str()));
        };
        let Some(variable) = self.named.get(name) else {
            return Cow::Borrowed("");
        };
        let of_message = variable
            .origin
            .as_ref()
            .and_then(|origin| origin.read(&variable.text, steps));
        if let Some(text) = of_message {
            return text;
        }
        match variable.json().and_then(|root| path::find(root, steps)) {
            None => Cow::Borrowed(""),
            Some(Cow::Borrowed(Json::String(text))) => Cow::Borrowed(text),
            Some(value) => Cow::Owned(text_of(&value)),
        }
    }

    /// Writes a text.
    ///
    /// # Errors
    ///
    /// See [`Unwritable`]; nothing has changed then.
    pub fn write(&mut self, path: &str, text: String) -> Result<(), Unwritable> {
        self.write_json(path, Json::String(text))
    }

    /// Writes a value: a variable takes its text, a path into a variable's JSON the value as it is. Missing variables
    /// and objects on the way are made; the elements of a list must be there. An empty variable counts as missing.
    ///
    /// # Errors
    ///
    /// See [`Unwritable`]; nothing has changed then.
    pub fn write_json(&mut self, path: &str, value: Json) -> Result<(), Unwritable> {
        let Some((name, steps)) = path.split_once('.') else {
            let text = if let Json::String(text) = value {
                text
            } else {
                text_of(&value)
            };
            return self.put(
                path,
                Variable {
                    text,
                    ..Variable::default()
                },
            );
        };
        if steps.split('.').count() > MOST_STEPS {
            return Err(Unwritable::TooDeep);
        }
        let old = self.named.get(name);
        let root = match old {
            Some(old) if !old.text.is_empty() => old.json().cloned(),
            _ => Some(Json::Object(serde_json::Map::new())),
        };
        let no_object = || Unwritable::NoObject(path.to_owned(), name.to_owned());
        let mut root = root.ok_or_else(no_object)?;
        path::write(&mut root, path, steps, value)?;
        let text = compact(&root);
        self.put(
            name,
            Variable {
                text,
                origin: None,
                parsed: OnceLock::from(Some(root)),
            },
        )
    }

    /// Writes all, or none if one cannot be written.
    ///
    /// # Errors
    ///
    /// The first that cannot be written.
    pub fn write_all(&mut self, values: Vec<(String, Json)>) -> Result<(), Unwritable> {
        let mut before: BTreeMap<String, Option<Variable>> = BTreeMap::new();
        for (path, value) in values {
            let name = path.split('.').next().unwrap_or_default();
            if !before.contains_key(name) {
                before.insert(name.to_owned(), self.named.get(name).cloned());
            }
            if let Err(error) = self.write_json(&path, value) {
                for (name, variable) in before {
                    self.restore(&name, variable);
                }
                return Err(error);
            }
        }
        Ok(())
    }

    /// Removes a variable, or by a path a key of an object. What isn't there is no error.
    pub fn remove(&mut self, path: &str) {
        let Some((name, steps)) = path.split_once('.') else {
            self.restore(path, None);
            return;
        };
        let Some(mut root) = self.named.get(name).and_then(Variable::json).cloned() else {
            return;
        };
        if path::remove(&mut root, steps) {
            let text = compact(&root);
            self.restore(
                name,
                Some(Variable {
                    text,
                    origin: None,
                    parsed: OnceLock::from(Some(root)),
                }),
            );
        }
    }

    /// Writes a received text together with its message, whose parts are read by a path until the variable is written
    /// again. A name that is a path takes the text alone.
    ///
    /// # Errors
    ///
    /// See [`Unwritable`]; nothing has changed then.
    pub(crate) fn write_message(&mut self, name: &str, text: String, origin: Origin) -> Result<(), Unwritable> {
        if name.contains('.') {
            return self.write(name, text);
        }
        self.put(
            name,
            Variable {
                text,
                origin: Some(origin),
                parsed: OnceLock::new(),
            },
        )
    }

    /// How much all of them hold, names included. Kept, not counted.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Names and texts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.named
            .iter()
            .map(|(name, variable)| (name.as_str(), variable.text.as_str()))
    }

    fn put(&mut self, name: &str, variable: Variable) -> Result<(), Unwritable> {
        if name.is_empty() {
            return Err(Unwritable::NoName);
        }
        let size = variable.bytes();
        if let Some(old) = self.named.get_mut(name) {
            self.bytes = self.bytes + size - old.bytes();
            *old = variable;
        } else {
            self.bytes += name.len() + size;
            self.named.insert(name.to_owned(), variable);
        }
        Ok(())
    }

    fn restore(&mut self, name: &str, variable: Option<Variable>) {
        if let Some(old) = self.named.remove(name) {
            self.bytes -= name.len() + old.bytes();
        }
        if let Some(variable) = variable {
            self.bytes += name.len() + variable.bytes();
            self.named.insert(name.to_owned(), variable);
        }
    }
}

impl Variable {
    fn json(&self) -> Option<&Json> {
        self.parsed
            .get_or_init(|| serde_json::from_str(&self.text).ok())
            .as_ref()
    }

    fn bytes(&self) -> usize {
        self.text.len() + self.origin.as_ref().map_or(0, Origin::bytes)
    }
}

impl PartialEq for Variable {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.origin == other.origin
    }
}

#[cfg(test)]
mod tests;
