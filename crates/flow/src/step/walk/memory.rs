//! What a run writes down: variables, kept messages, the history.

use super::{Stop, Walk};
use crate::run::insert::text_of;
use crate::run::{Origin, Unwritable, Variables};
use crate::step::heard::Heard;
use crate::step::history::Side;
use crate::step::limits::{KEPT, KEPT_BYTES, VARIABLES};
use serde_json::Value as Json;

impl Walk<'_, '_, '_> {
    /// Begins a conversation with room for what its first message brings.
    pub fn begin(&mut self) {
        self.state.variables = Variables::new();
    }

    /// Writes a variable before the program runs. A name that cannot be one is passed over.
    ///
    /// # Errors
    ///
    /// If there is no room; the conversation has ended then.
    pub fn give(&mut self, name: &str, text: String) -> Result<(), ()> {
        match self.change(text.len() + name.len(), |variables| variables.write(name, text)) {
            Ok(()) | Err(Stop::Failed(_)) => Ok(()),
            Err(Stop::Limit(why)) => {
                self.limit(why);
                Err(())
            }
        }
    }

    /// Writes the first message.
    pub fn give_message(&mut self, name: &str, text: String, origin: Origin) {
        let size = text.len() + name.len() + origin.bytes();
        if let Err(Stop::Limit(why)) = self.change(size, |variables| variables.write_message(name, text, origin)) {
            self.limit(why);
        }
    }

    /// Writes a variable, or at a path into the JSON of one.
    pub fn write(&mut self, path: &str, value: Json) -> Result<(), Stop> {
        let told = self
            .line
            .is_some()
            .then(|| (self.state.variables.text(path).into_owned(), text_of(&value)));
        let size = size(&value) + path.len();
        self.change(size, |variables| variables.write_json(path, value))?;
        if let (Some(line), Some((before, after))) = (&mut self.line, told) {
            line.changed(path, &before, &after);
        }
        Ok(())
    }

    /// Writes all, or none if one cannot be written.
    pub fn write_all(&mut self, values: Vec<(String, Json)>) -> Result<(), Stop> {
        let told: Option<Vec<_>> = self.line.is_some().then(|| {
            let told = values.iter().map(|(path, value)| {
                (
                    path.clone(),
                    self.state.variables.text(path).into_owned(),
                    text_of(value),
                )
            });
            told.collect()
        });
        let size = values.iter().map(|(path, value)| path.len() + size(value)).sum();
        self.change(size, |variables| variables.write_all(values))?;
        if let (Some(line), Some(told)) = (&mut self.line, told) {
            for (path, before, after) in told {
                line.changed(&path, &before, &after);
            }
        }
        Ok(())
    }

    /// Writes what a `recvMessage` took.
    pub fn write_message(&mut self, name: &str, text: String, origin: Origin) -> Result<(), Stop> {
        if self.line.is_some() {
            let before = self.state.variables.text(name).into_owned();
            if let Some(line) = &mut self.line {
                line.changed(name, &before, &text);
            }
        }
        let size = text.len() + name.len() + origin.bytes();
        self.change(size, |variables| variables.write_message(name, text, origin))
    }

    /// Removes a variable, or by a path a key of an object.
    pub fn remove(&mut self, path: &str) {
        if self.line.is_some() {
            let before = self.state.variables.text(path).into_owned();
            if let Some(line) = &mut self.line {
                line.changed(path, &before, "");
            }
        }
        self.state.variables.remove(path);
    }

    /// Changes the variables by about so many bytes. Where the limit is near, a copy is changed first.
    fn change(
        &mut self,
        size: usize,
        change: impl FnOnce(&mut Variables) -> Result<(), Unwritable>,
    ) -> Result<(), Stop> {
        let variables = &mut self.state.variables;
        // Inside JSON a letter may take six bytes.
        if variables.bytes() + 6 * size + 1_024 <= VARIABLES {
            return Ok(change(variables)?);
        }
        let mut trial = variables.clone();
        change(&mut trial)?;
        if trial.bytes() > VARIABLES {
            return Err(Stop::Limit(format!("more than {} KiB of variables", VARIABLES / 1024)));
        }
        *variables = trial;
        Ok(())
    }

    /// Keeps a message for the next `recvMessage`, unless there are too many already.
    pub fn keep(&mut self, message: Heard) {
        let kept = &mut self.state.kept;
        let bytes: usize = kept.iter().map(Heard::bytes).sum();
        if kept.len() < KEPT && bytes + message.bytes() <= KEPT_BYTES {
            kept.push_back(message);
        }
    }

    /// Remembers what was said, if a program may ask for it.
    pub fn remember(&mut self, side: Side, text: &str) {
        if self.programs.keeps_history() {
            self.state.history.add(side, text);
        }
    }
}

/// About how many bytes a value takes as text.
fn size(value: &Json) -> usize {
    match value {
        Json::Null | Json::Bool(_) => 5,
        Json::Number(_) => 24,
        Json::String(text) => text.len() + 2,
        Json::Array(values) => values.iter().map(|value| size(value) + 1).sum::<usize>() + 2,
        Json::Object(fields) => {
            fields
                .iter()
                .map(|(key, value)| key.len() + size(value) + 4)
                .sum::<usize>()
                + 2
        }
    }
}
