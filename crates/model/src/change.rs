//! What open pages hear when somebody else changes something.

use crate::{Action, Section};
use serde::{Deserialize, Serialize};

/// One object was changed; carries no content, whoever hears it asks for what it may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// In which section.
    pub section: Section,
    /// The object's id.
    pub id: i64,
    /// What happened to it.
    pub action: Action,
}
