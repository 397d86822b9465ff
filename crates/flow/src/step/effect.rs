//! What a conversation wants done.

use crate::run::HttpRequest;
use model::message::{ChatAction, Outbound};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that the outside does for a conversation, in the order of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Tells the peer.
    Send(Outbound),
    /// Shows the peer what we do.
    Action(ChatAction),
    /// Calls over HTTP and answers with [`Event::HttpAnswered`](super::Event::HttpAnswered).
    CallHttp {
        /// The number of the call.
        number: u64,
        /// The call.
        request: HttpRequest,
    },
    /// Writes a line of the program's own.
    Log(String),
    /// A node could not do its work. The program went on behind it.
    Failed {
        /// The node.
        path: String,
        /// Why, in a sentence.
        why: String,
    },
    /// The conversation is over for the peer: nothing is sent any more. A call over HTTP may still follow.
    Close {
        /// Why.
        cause: Cause,
        /// What went wrong, if something did.
        why: Option<String>,
    },
    /// Waits. Always the last effect; it replaces what was waited for before.
    Wait {
        /// Whether a message ends the wait. One that comes while it doesn't is kept.
        message: bool,
        /// When [`Event::Time`](super::Event::Time) is due, in milliseconds since 1970.
        until: i64,
    },
}

/// Why a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The program came to its end.
    FlowEnd,
    /// A limit was reached, or the state does not fit its program.
    FlowErr,
    /// The peer left.
    PeerLeft,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FlowEnd => "flow_end",
            Self::FlowErr => "flow_err",
            Self::PeerLeft => "peer_left",
        })
    }
}
