//! A message as Meta writes it.

use crate::lenient;
use serde::Deserialize;

/// A message of any type; each type has its field.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    pub(super) id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) from: Option<String>,
    pub(super) from_user_id: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) timestamp: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) context: Option<Context>,
    pub(super) referral: Option<Referral>,
    pub(super) text: Option<Text>,
    pub(super) image: Option<Media>,
    pub(super) video: Option<Media>,
    pub(super) audio: Option<Media>,
    pub(super) document: Option<Media>,
    pub(super) sticker: Option<Media>,
    pub(super) location: Option<Location>,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) contacts: Vec<Card>,
    pub(super) interactive: Option<Interactive>,
    pub(super) button: Option<Button>,
    pub(super) reaction: Option<Reaction>,
    /// The key of a message without an id.
    #[serde(skip)]
    pub(super) fallback: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Context {
    pub(super) id: Option<String>,
    pub(super) forwarded: bool,
    pub(super) frequently_forwarded: bool,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Referral {
    #[serde(rename = "source_type")]
    pub(super) kind: Option<String>,
    #[serde(rename = "source_id", deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
    #[serde(rename = "source_url")]
    pub(super) url: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Text {
    pub(super) body: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Media {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
    pub(super) mime_type: Option<String>,
    pub(super) sha256: Option<String>,
    pub(super) caption: Option<String>,
    pub(super) filename: Option<String>,
    pub(super) voice: bool,
}

#[derive(Deserialize)]
pub(super) struct Location {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    #[serde(default)]
    pub(super) name: Option<String>,
    #[serde(default)]
    pub(super) address: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Card {
    pub(super) name: CardName,
    #[serde(deserialize_with = "lenient::each")]
    pub(super) phones: Vec<Phone>,
    pub(super) vcard: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CardName {
    pub(super) formatted_name: Option<String>,
    pub(super) first_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Phone {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) phone: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) wa_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Interactive {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) button_reply: Option<Choice>,
    pub(super) list_reply: Option<Choice>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) title: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Button {
    pub(super) text: Option<String>,
    pub(super) payload: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reaction {
    pub(super) message_id: String,
    pub(super) emoji: Option<String>,
}
