//! How a gateway stands at its messenger.

use model::{
    Timestamp,
    message::{InboundEvent, ProviderError},
};

/// How events come from a messenger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It calls us.
    Webhook,
    /// We ask it again and again.
    Polling,
}

/// What came of announcing a gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Connected {
    /// Who we are there, such as `@shop_bot`; empty if the messenger doesn't say.
    pub identity: String,
    /// What the administrator has to do at the messenger by hand, in a sentence; empty if nothing.
    pub to_do: String,
}

/// Why a gateway could not be announced.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The messenger sends its events elsewhere. Nothing was changed.
    #[error("the messenger sends its events to {url}")]
    Elsewhere {
        /// Where, without a query.
        url: String,
    },
    /// The messenger can't reach our callback URL, and never could as it is.
    #[error("{0}")]
    PublicUrl(String),
    /// The messenger refuses, or does not answer.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// What a look at the messenger shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Who we are there.
    pub identity: String,
    /// Where its events go.
    pub registration: Registration,
    /// How many events wait there for us.
    pub pending: Option<u64>,
    /// What went wrong the last time that it called us, in its own words.
    pub last_error: Option<(Timestamp, String)>,
    /// As [`Connected::to_do`]. Where the messenger does not say whether it is done, it is told until an event comes.
    pub to_do: String,
}

/// Where a messenger sends its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Registration {
    /// To us.
    Here,
    /// Nowhere.
    Missing,
    /// To somebody else.
    Elsewhere {
        /// Where, without a query.
        url: String,
    },
    /// The messenger doesn't say.
    Unknown,
}

/// What a messenger had for us when it was asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polled {
    /// What happened, in order.
    pub events: Vec<InboundEvent>,
    /// Where to go on asking, once the events are safe.
    pub next: Option<String>,
}
