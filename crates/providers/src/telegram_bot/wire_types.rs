//! What Telegram writes, as far as we read it. Every field may be missing or have another shape.

#![expect(clippy::struct_field_names, reason = "the names are Telegram's")]

use crate::lenient::{Id, each, lenient};
use serde::Deserialize;
use serde_json::value::RawValue;

/// One event; exactly one of the fields beside the id is there.
#[derive(Debug, Deserialize)]
pub(super) struct Update {
    #[serde(default, deserialize_with = "lenient")]
    pub update_id: Option<Id>,
    #[serde(default)]
    pub message: Option<Box<RawValue>>,
    #[serde(default)]
    pub edited_message: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "lenient")]
    pub callback_query: Option<CallbackQuery>,
    #[serde(default, deserialize_with = "lenient")]
    pub my_chat_member: Option<MemberChange>,
    #[serde(default, deserialize_with = "lenient")]
    pub message_reaction: Option<ReactionChange>,
}

/// Somebody marked a message, or took marks off. Telegram tells bots that are administrators.
#[derive(Debug, Deserialize)]
pub(super) struct ReactionChange {
    pub chat: Chat,
    pub message_id: Id,
    #[serde(default, deserialize_with = "lenient")]
    pub user: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub actor_chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub date: Option<i64>,
    #[serde(default, deserialize_with = "each")]
    pub old_reaction: Vec<Reaction>,
    #[serde(default, deserialize_with = "each")]
    pub new_reaction: Vec<Reaction>,
}

/// One mark; only those of a common emoji have one.
#[derive(Debug, PartialEq, Deserialize)]
pub(super) struct Reaction {
    #[serde(default, deserialize_with = "lenient")]
    pub emoji: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub custom_emoji_id: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub id: Id,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub username: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub language_code: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Chat {
    pub id: Id,
    #[serde(default, rename = "type", deserialize_with = "lenient")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub username: Option<String>,
}

/// A message: where, when and by whom; and what it consists of.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    #[serde(default, deserialize_with = "lenient")]
    pub message_id: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub edit_date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub from: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub sender_chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub reply_to_message: Option<MessageRef>,
    #[serde(default, deserialize_with = "lenient")]
    pub media_group_id: Option<Id>,
    #[serde(default)]
    pub forward_origin: Option<Box<RawValue>>,
    /// What older Bot API servers write in place of `forward_origin`.
    #[serde(default)]
    pub forward_date: Option<Box<RawValue>>,
    #[serde(default, deserialize_with = "lenient")]
    pub reply_markup: Option<ReplyMarkup>,
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub caption: Option<String>,
    #[serde(default, deserialize_with = "each")]
    pub photo: Vec<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub video: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub video_note: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub animation: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub voice: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub audio: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub document: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub sticker: Option<File>,
    #[serde(default, deserialize_with = "lenient")]
    pub location: Option<Location>,
    #[serde(default, deserialize_with = "lenient")]
    pub venue: Option<Venue>,
    #[serde(default, deserialize_with = "lenient")]
    pub contact: Option<Contact>,
}

/// A message of which only the id counts.
#[derive(Debug, Deserialize)]
pub(super) struct MessageRef {
    pub message_id: Id,
}

/// Any file; the fields of all kinds together.
#[derive(Debug, Deserialize)]
pub(super) struct File {
    pub file_id: String,
    #[serde(default, deserialize_with = "lenient")]
    pub width: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    pub height: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    pub duration: Option<u32>,
    #[serde(default, deserialize_with = "lenient")]
    pub file_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub mime_type: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub file_size: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    pub emoji: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_animated: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_video: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Location {
    pub latitude: f64,
    pub longitude: f64,
    #[serde(default, deserialize_with = "lenient")]
    pub live_period: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Venue {
    pub location: Location,
    #[serde(default, deserialize_with = "lenient")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub address: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Contact {
    #[serde(default, deserialize_with = "lenient")]
    pub phone_number: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub user_id: Option<Id>,
    #[serde(default, deserialize_with = "lenient")]
    pub vcard: Option<String>,
}

/// A button under a message was pressed.
#[derive(Debug, Deserialize)]
pub(super) struct CallbackQuery {
    #[serde(default, deserialize_with = "lenient")]
    pub id: Option<Id>,
    pub from: User,
    #[serde(default, deserialize_with = "lenient")]
    pub message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub inline_message_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub data: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReplyMarkup {
    #[serde(default, deserialize_with = "each")]
    pub inline_keyboard: Vec<Vec<InlineButton>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct InlineButton {
    #[serde(default, deserialize_with = "lenient")]
    pub text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub callback_data: Option<String>,
}

/// What the bot is in a chat has changed.
#[derive(Debug, Deserialize)]
pub(super) struct MemberChange {
    pub chat: Chat,
    #[serde(default, deserialize_with = "lenient")]
    pub from: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub old_chat_member: Option<Member>,
    #[serde(default, deserialize_with = "lenient")]
    pub new_chat_member: Option<Member>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Member {
    #[serde(default, deserialize_with = "lenient")]
    pub status: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub is_member: Option<bool>,
}
