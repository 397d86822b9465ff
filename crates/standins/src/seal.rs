//! How genuine an event is that we send.

use serde::{Deserialize, Serialize};

/// What the proof of an event looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seal {
    /// As the messenger makes it.
    #[default]
    Genuine,
    /// Made with another secret.
    Forged,
    /// None.
    Missing,
    /// Right, but an hour old; where the proof carries no time it is a genuine one.
    Stale,
}
