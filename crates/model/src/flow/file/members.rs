//! The members of a file's object, each as it stands in the file.

use super::{FORMAT, FlowFileError, FlowKind};
use crate::flow::place;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// Every member in its order. `null` is read as if the member were not there: the original writes it for an empty list.
pub(super) struct Members<'a> {
    file: &'a str,
    members: Vec<(String, &'a RawValue)>,
}

impl<'a> Members<'a> {
    /// Takes an object apart.
    pub(super) fn parse(file: &'a str) -> Result<Self, FlowFileError> {
        let Pairs(members) =
            serde_json::from_str(file).map_err(|error| FlowFileError::Syntax(place::in_words(file, &error)))?;
        Ok(Self { file, members })
    }

    /// The whole file.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// A member's text in the file. One that is there twice is refused: nobody could say which of them is meant.
    pub(super) fn get(&self, key: &str) -> Result<Option<&'a str>, FlowFileError> {
        let mut found = self.members.iter().filter(|(known, _)| known == key);
        let first = found.next().map(|(_, value)| value.get());
        if let Some((_, second)) = found.next() {
            return Err(self.wrong(second.get(), format!("“{key}” is here for a second time")));
        }
        Ok(first.filter(|value| *value != "null"))
    }

    /// Whether the file says that it has the format that is read.
    pub(super) fn format(&self, key: &str) -> Result<bool, FlowFileError> {
        let Some(value) = self.get(key)? else { return Ok(false) };
        match self.read(key, value, "the number of a format")? {
            FORMAT => Ok(true),
            other => Err(FlowFileError::Newer(other)),
        }
    }

    /// A text; empty if it isn't there.
    pub(super) fn text(&self, key: &str) -> Result<String, FlowFileError> {
        let value = self.get(key)?;
        value.map_or(Ok(String::new()), |value| self.read(key, value, "a text"))
    }

    /// A list of texts; empty if it isn't there.
    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, FlowFileError> {
        let value = self.get(key)?;
        value.map_or(Ok(Vec::new()), |value| self.read(key, value, "a list of texts"))
    }

    /// How the flow schema is edited; as code, if nothing is said.
    pub(super) fn kind(&self, key: &str) -> Result<FlowKind, FlowFileError> {
        let value = self.get(key)?;
        let expected = "“code” or “diagram”";
        value.map_or(Ok(FlowKind::Code), |value| self.read(key, value, expected))
    }

    fn read<T: DeserializeOwned>(&self, key: &str, value: &str, expected: &str) -> Result<T, FlowFileError> {
        serde_json::from_str(value).map_err(|_| self.wrong(value, format!("“{key}” must be {expected}")))
    }

    fn wrong(&self, part: &str, what: String) -> FlowFileError {
        FlowFileError::at(self.file, part, what)
    }
}

/// An object's members, doubles too.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
