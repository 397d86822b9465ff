//! Variables as they are stored.
//!
//! Most are a text alone. One that was taken from a message is a list: its text, and what the message is besides it, if
//! that is anything. Form 1 of a stored state had an object there, which is still read.

use super::message::{Attached, Contact, File, More, Origin};
use super::{Variable, Variables};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::OnceLock;

impl Serialize for Variables {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.named)
    }
}

impl Serialize for Variable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.origin {
            None => serializer.serialize_str(&self.text),
            Some(Origin::Itself) => [&self.text].serialize(serializer),
            Some(Origin::More(more)) => (&self.text, &more.text, &more.attached).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Variables {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Named)
    }
}

struct Named;

impl<'de> Visitor<'de> for Named {
    type Value = Variables;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("variables by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Variables, A::Error> {
        let mut variables = Variables::new();
        while let Some((name, variable)) = map.next_entry::<String, Variable>()? {
            variables.restore(&name, Some(variable));
        }
        Ok(variables)
    }
}

impl<'de> Deserialize<'de> for Variable {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(One)
    }
}

struct One;

impl<'de> Visitor<'de> for One {
    type Value = Variable;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a variable")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Variable, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Variable, E> {
        Ok(variable(text, None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Variable, A::Error> {
        let taken: String = list.next_element()?.ok_or_else(|| Error::invalid_length(0, &self))?;
        let Some(text) = list.next_element::<Option<String>>()? else {
            return Ok(variable(taken, Some(Origin::Itself)));
        };
        let attached = list.next_element()?.ok_or_else(|| Error::invalid_length(2, &self))?;
        let more = More { text, attached };
        Ok(variable(taken, Some(Origin::More(Box::new(more)))))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Variable, A::Error> {
        let FirstForm { text, message } = FirstForm::deserialize(MapAccessDeserializer::new(map))?;
        let attached = message
            .file
            .map(Attached::File)
            .or(message.contact.map(Attached::Contact));
        let origin = Origin::new(&text, &message.text, attached);
        Ok(variable(text, Some(origin)))
    }
}

fn variable(text: String, origin: Option<Origin>) -> Variable {
    Variable {
        text,
        origin,
        parsed: OnceLock::new(),
    }
}

/// A text and its message in form 1.
#[derive(serde::Deserialize)]
struct FirstForm {
    text: String,
    message: FirstMessage,
}

#[derive(serde::Deserialize)]
struct FirstMessage {
    text: String,
    file: Option<File>,
    contact: Option<Contact>,
}
