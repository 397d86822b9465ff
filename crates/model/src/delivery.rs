//! The log of what came in through a gateway and went out.

use crate::{
    ConversationId, DeliveryId, Timestamp,
    message::{InboundEvent, Outbound, ProviderError},
};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Which way a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the peer to us.
    In,
    /// From us to the peer.
    Out,
}

impl Way {
    /// The word in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }
}

macro_rules! results {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $label:literal;)+) => {
        /// How far a message came.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum DeliveryResult {
            $($(#[$doc])* $name,)+
        }

        impl DeliveryResult {
            /// Every result.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in the database and in URLs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// The word for people.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)+ }
            }
        }
    };
}

results! {
    /// It is stored and waits for its turn in the flow.
    Received = "received", "received";
    /// The flow has seen it.
    Processed = "processed", "processed";
    /// It means nothing to a flow: a receipt, or a kind that nobody knows.
    Noted = "noted", "noted";
    /// No flow has seen it: a new conversation, because the gateway is disabled, or a message of files that are not taken.
    Refused = "refused", "refused";
    /// It could not be processed, again and again.
    Dead = "dead", "not processed";
    /// It waits for its turn to be sent.
    Queued = "queued", "queued";
    /// It is being sent.
    Sending = "sending", "being sent";
    /// The messenger took it.
    Sent = "sent", "sent";
    /// It reached the peer's device.
    Delivered = "delivered", "delivered";
    /// The peer saw it.
    Read = "read", "read";
    /// The messenger refused it for good.
    Failed = "failed", "failed";
    /// The answer was lost: nobody knows whether the messenger took it.
    Ambiguous = "ambiguous", "ambiguous";
    /// It was tried for too long.
    Expired = "expired", "expired";
}

impl DeliveryResult {
    /// Whether "Send again" makes sense.
    #[must_use]
    pub const fn can_be_sent_again(self) -> bool {
        matches!(self, Self::Failed | Self::Ambiguous | Self::Expired)
    }

    /// Whether "Process again" makes sense.
    #[must_use]
    pub const fn can_be_processed_again(self) -> bool {
        matches!(self, Self::Dead | Self::Refused)
    }
}

/// What was written is no result.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no result of a delivery")]
pub struct UnknownResult(String);

impl FromStr for DeliveryResult {
    type Err = UnknownResult;

    fn from_str(text: &str) -> Result<Self, UnknownResult> {
        let found = Self::ALL.iter().copied().find(|result| result.code() == text);
        found.ok_or_else(|| UnknownResult(text.to_owned()))
    }
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryRow {
    /// Its id; later ones are larger.
    pub id: DeliveryId,
    /// Which way it went.
    pub way: Way,
    /// When it was stored.
    pub at: Timestamp,
    /// What it is: `message`, `postback`, `status`, `text`, `image` …
    pub kind: String,
    /// What it says, cut at 200 characters.
    pub summary: String,
    /// The peer's name, or id where it has none.
    pub peer: String,
    /// How far it came.
    pub result: DeliveryResult,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next.
    pub next_try_at: Option<Timestamp>,
}

/// One entry of the log with everything that is known of it; without secrets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The line.
    pub row: DeliveryRow,
    /// When it came to its result.
    pub done_at: Option<Timestamp>,
    /// By which repetitions are known.
    pub key: String,
    /// The peer's thread at the messenger.
    pub thread: String,
    /// What the messenger calls the message.
    pub external_id: Option<String>,
    /// The conversation that it belongs to.
    pub conversation: Option<ConversationId>,
    /// What came.
    pub event: Option<InboundEvent>,
    /// What goes out.
    pub message: Option<Outbound>,
    /// What the messenger could not carry and what stands in its place.
    pub notes: Vec<String>,
    /// Why it failed, or what stands in its way.
    pub error: Option<ProviderError>,
    /// The request as it came, while it is kept; or the exchanges with the messenger, as JSON.
    pub exchange: Option<String>,
}

/// What the log is asked for, as it stands in the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DeliveryQuery {
    /// `in`, `out`, or empty for both.
    pub way: String,
    /// The code of a result; `trouble` for everything that somebody has to look at; empty for all.
    pub result: String,
    /// The peer's thread; empty for all.
    pub thread: String,
    /// The id of the entry before the page: entries run from the newest to the oldest.
    pub before: String,
}

/// A page of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryPage {
    /// The newest first.
    pub rows: Vec<DeliveryRow>,
    /// What `before` is for the next page, if there is one.
    pub next: Option<DeliveryId>,
    /// How many entries need somebody, up to 1,000.
    pub trouble: u64,
}
