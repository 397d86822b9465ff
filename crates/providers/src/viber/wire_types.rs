//! What Viber writes, as far as we read it. Every field may be missing or have another shape.

use crate::lenient::{Id, lenient};
use serde::Deserialize;

/// One event.
#[derive(Debug, Deserialize)]
pub(super) struct Callback {
    #[serde(default, deserialize_with = "lenient")]
    pub event: Option<String>,
    /// In milliseconds.
    #[serde(default, deserialize_with = "lenient")]
    pub timestamp: Option<i64>,
    /// A number of 64 bits; of the message that the event is about, if it is about one.
    #[serde(default, deserialize_with = "lenient")]
    pub message_token: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub user_id: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub user: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub sender: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    /// What the link carried that opened the conversation.
    #[serde(default, deserialize_with = "lenient")]
    pub context: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub subscribed: Option<bool>,
    /// Why a message failed.
    #[serde(default, deserialize_with = "lenient")]
    pub desc: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub id: Id,
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub avatar: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub country: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub language: Option<String>,
}

/// Any message; the fields of all kinds together.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Message {
    #[serde(default, rename = "type", deserialize_with = "lenient")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub media: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub file_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub file_size: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    pub size: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    pub sticker_id: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub location: Option<Location>,
    #[serde(default, deserialize_with = "lenient")]
    pub contact: Option<Contact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Location {
    pub lat: f64,
    pub lon: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "lenient")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub phone_number: Option<Id>,
}
