//! What a run tells about each of its steps, for people who try a program.

use serde::{Deserialize, Serialize};

/// Bytes of a value that are worth telling.
const LONGEST: usize = 500;

/// Changes of one node that are worth telling.
const MOST: usize = 50;

/// One step of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceLine {
    /// The node: `[3].if.then[0].sendText`, in a called flow after `flow 60 `.
    pub path: String,
    /// The node's name.
    pub node: String,
    /// What it did, in a short sentence.
    pub did: String,
    /// The variables that it wrote or removed.
    pub changed: Vec<VariableChange>,
    /// Why it could not do its work, in a sentence.
    pub failed: Option<String>,
}

/// A variable before and after a step. Long texts are cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VariableChange {
    /// Its name, or the path that was written.
    pub name: String,
    /// What it was.
    pub before: String,
    /// What it is now.
    pub after: String,
}

impl TraceLine {
    /// Adds a change, unless there are too many already.
    pub(crate) fn changed(&mut self, name: &str, before: &str, after: &str) {
        if self.changed.len() < MOST {
            self.changed.push(VariableChange {
                name: short(name),
                before: short(before),
                after: short(after),
            });
        }
    }
}

/// A text for people: its beginning, if it is long.
pub(crate) fn short(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut short = text[..text.floor_char_boundary(LONGEST)].to_owned();
    short.push('…');
    short
}
