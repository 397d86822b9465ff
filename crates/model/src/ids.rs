//! Identifiers: one type for each kind of object, so that they can't be mixed up.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("Identifies ", $what, "; given by the database, positive, never reused.")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(GatewayId, "a chat gateway");
id!(FlowId, "a flow schema");
id!(UserId, "a user");
id!(RoleId, "a role");
id!(DeliveryId, "an entry of the log of deliveries");
id!(ConversationId, "a conversation");

/// Counts the saves of an object; a save names the version it was made from, so that none is overwritten unseen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Version(pub i64);

impl Version {
    /// The version of an object that was just created.
    pub const FIRST: Self = Self(1);

    /// The version after one more save.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
