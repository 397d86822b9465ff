//! An event of a conversation, as Meta writes it.

use crate::lenient;
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    pub(super) sender: Party,
    pub(super) timestamp: Option<i64>,
    pub(super) message: Option<Message>,
    pub(super) message_edit: Option<Edit>,
    pub(super) postback: Option<Postback>,
    pub(super) delivery: Option<Receipt>,
    pub(super) read: Option<Receipt>,
    pub(super) reaction: Option<Reaction>,
    pub(super) referral: Option<Referral>,
    pub(super) optin: Option<serde_json::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Party {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
    pub(super) text: Option<String>,
    pub(super) is_echo: bool,
    pub(super) is_deleted: bool,
    pub(super) is_unsupported: bool,
    pub(super) quick_reply: Option<QuickReply>,
    pub(super) reply_to: Option<ReplyTo>,
    pub(super) referral: Option<Referral>,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) attachments: Vec<Attachment>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct QuickReply {
    pub(super) payload: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ReplyTo {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Attachment {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) payload: Option<Payload>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Payload {
    pub(super) url: Option<String>,
    pub(super) title: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) sticker_id: Option<String>,
    pub(super) coordinates: Option<Coordinates>,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) struct Coordinates {
    pub(super) lat: f64,
    pub(super) long: f64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Edit {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
    pub(super) text: String,
    #[serde(rename = "num_edit")]
    pub(super) count: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Postback {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
    pub(super) title: Option<String>,
    pub(super) payload: Option<String>,
    pub(super) referral: Option<Referral>,
}

/// What was delivered or read: single messages, or all up to a moment.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Receipt {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) mids: Vec<String>,
    pub(super) watermark: Option<i64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reaction {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) mid: Option<String>,
    pub(super) action: String,
    pub(super) emoji: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Referral {
    #[serde(rename = "ref")]
    pub(super) reference: Option<String>,
    pub(super) source: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) ad_id: Option<String>,
}
