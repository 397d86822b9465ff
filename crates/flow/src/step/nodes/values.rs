//! `set` and `unSet`.

use crate::Template;
use crate::program::Value;
use crate::run::insert::{insert, value};
use crate::step::walk::{Go, Stop, Walk};
use serde_json::Value as Json;

impl Walk<'_, '_, '_> {
    pub(super) fn set(&mut self, values: &[(Template, Value)]) -> Result<Go, Stop> {
        if let [(name, content)] = values {
            let (name, content) = self.with(|scope| (insert(name, scope), value(content, scope)))?;
            self.write(&name, content)?;
        } else {
            let all: Vec<(String, Json)> = self.with(|scope| {
                values
                    .iter()
                    .map(|(name, content)| (insert(name, scope), value(content, scope)))
                    .collect()
            })?;
            self.write_all(all)?;
        }
        self.say(|| "set".to_owned());
        Ok(Go::Next)
    }

    pub(super) fn unset(&mut self, names: &[Template]) -> Result<Go, Stop> {
        let names: Vec<String> = self.with(|scope| names.iter().map(|name| insert(name, scope)).collect())?;
        for name in &names {
            self.remove(name);
        }
        self.say(|| "removed".to_owned());
        Ok(Go::Next)
    }
}
