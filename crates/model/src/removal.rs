//! What became of each object that was to be removed.

use serde::{Deserialize, Serialize};

/// The result for one object of a removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removal {
    /// The object's id.
    pub id: i64,
    /// Its name; empty when it was gone already.
    pub name: String,
    /// Why it is still there; `None` when it is gone.
    pub refused: Option<String>,
}
