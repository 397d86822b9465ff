//! What happens to a conversation.

use crate::run::HttpAnswer;
use model::message::Inbound;
use std::fmt;

/// Something that takes a conversation on.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The first message. Only a state that is new takes it.
    Start {
        /// What the peer said.
        message: Message,
        /// What the program knows from the start, by name: `uuid`, `gateway_id`, …, and what the gateway put on the
        /// first message. `start_message` is made here.
        variables: Vec<(String, String)>,
    },
    /// A further message.
    Message(Message),
    /// Time has passed: what is due by now happens.
    Time,
    /// An HTTP call came to its end.
    HttpAnswered {
        /// The number of the call, as its effect gave it. Any other call than the one that is waited for is passed over.
        number: u64,
        /// What came back.
        result: Result<HttpAnswer, HttpFailure>,
    },
    /// The peer has gone.
    PeerLeft,
}

/// What a peer says.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A message.
    Inbound(Inbound),
    /// A button, pressed.
    Button {
        /// What the button answers.
        payload: String,
        /// What is written on it.
        title: Option<String>,
    },
}

impl From<Inbound> for Message {
    fn from(inbound: Inbound) -> Self {
        Self::Inbound(inbound)
    }
}

/// Why an HTTP call has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpFailure {
    /// Nothing came in time.
    Timeout,
    /// Nobody answers at that address.
    Refused,
    /// The answer is larger than what is taken.
    TooLarge,
    /// The address may not be called from here, or something else is in the way; in words.
    Other(String),
}

impl fmt::Display for HttpFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Timeout => "no answer came in time",
            Self::Refused => "nobody answers at that address",
            Self::TooLarge => "the answer is too large",
            Self::Other(why) => why,
        })
    }
}
