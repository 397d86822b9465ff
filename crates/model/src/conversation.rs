//! Conversations: who talks with a flow, and where it stands.

use crate::{ConversationId, FlowRef, Timestamp};
use serde::{Deserialize, Serialize};

/// A line of the list of conversations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationRow {
    /// Its id; later ones are larger.
    pub id: ConversationId,
    /// The peer's name, or id where it has none.
    pub peer: String,
    /// The peer's thread at the messenger.
    pub thread: String,
    /// The flow schema, if it is still there.
    pub flow: Option<FlowRef>,
    /// When it began.
    pub started_at: Timestamp,
    /// When something happened last.
    pub updated_at: Timestamp,
    /// When and why it ended.
    pub ended: Option<Ended>,
    /// How many messages of the peer the flow has seen.
    pub heard: u32,
    /// How many messages the flow has sent.
    pub said: u32,
}

/// The end of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Why, in one word: `flow_end`, `flow_err`, `peer_left`, `ended_by_user`.
    pub cause: String,
    /// Why, in a sentence.
    pub sentence: String,
}

/// One conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The line.
    pub row: ConversationRow,
    /// Where in the program it stands, such as `[3].if.then[0]`.
    pub path: Option<String>,
    /// What it waits for, in words.
    pub waits: Option<String>,
    /// Until when, if there is an end.
    pub until: Option<Timestamp>,
    /// Its variables by name, cut at 2,000 characters each.
    pub variables: Vec<(String, String)>,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    /// The newest first.
    pub rows: Vec<ConversationRow>,
    /// What `before` is for the next page, if there is one.
    pub next: Option<ConversationId>,
    /// How many are under way, up to 1,000.
    pub running: u64,
}
