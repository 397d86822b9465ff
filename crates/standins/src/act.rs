//! What a peer can do.

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something that a peer does. A messenger that has no such thing says so: [`crate::Cannot`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Act {
    /// Writes.
    Text {
        /// What.
        text: String,
        /// The message that is answered.
        #[serde(default)]
        reply_to: Option<String>,
    },
    /// Sends a picture.
    Image(Upload),
    /// Sends a film.
    Video(Upload),
    /// Sends music.
    Audio(Upload),
    /// Speaks.
    Voice(Upload),
    /// Sends another file.
    Document(Upload),
    /// Sends a sticker.
    Sticker(Upload),
    /// Shows a place.
    Location {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// What the place is called.
        #[serde(default)]
        title: Option<String>,
        /// Its postal address.
        #[serde(default)]
        address: Option<String>,
    },
    /// Shares a contact.
    Contact {
        /// Whose.
        name: String,
        /// Its number.
        phone: String,
        /// Whether it is the peer's own.
        #[serde(default)]
        own: bool,
    },
    /// Shares a link.
    Link {
        /// Where it leads.
        url: String,
    },
    /// Tells a button's payload, whether or not there is such a button.
    Button {
        /// What is written on it.
        title: String,
        /// What it tells.
        payload: String,
    },
    /// Changes a message.
    Edit {
        /// Which.
        id: String,
        /// What it says now.
        text: String,
    },
    /// Takes a message back.
    Delete {
        /// Which.
        id: String,
    },
    /// Marks a message with an emoji.
    React {
        /// Which.
        id: String,
        /// With what; empty takes the mark off.
        emoji: String,
    },
    /// Opens the chat by a link.
    Start {
        /// What the link carries.
        #[serde(default)]
        payload: Option<String>,
    },
    /// Allows the account to write.
    Subscribe,
    /// Forbids it.
    Unsubscribe,
    /// Begins or ends to type.
    Typing {
        /// Whether it begins.
        on: bool,
    },
    /// Ends the conversation.
    Close,
    /// Sends a message of a kind that the account can't be shown.
    Unsupported,
    /// Does something that was invented after the product was made.
    Unknown,
}

/// A file that a peer sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Upload {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// What is in it; base64 in JSON.
    #[serde(serialize_with = "coded", deserialize_with = "decoded")]
    pub bytes: Bytes,
    /// The size that the messenger tells, if it shall differ.
    pub size: Option<u64>,
    /// What is written under it; on a sticker its emoji.
    pub caption: Option<String>,
}

impl Upload {
    /// A file.
    #[must_use]
    pub fn new(name: &str, mime: &str, bytes: impl Into<Bytes>) -> Self {
        Self {
            name: name.to_owned(),
            mime: mime.to_owned(),
            bytes: bytes.into(),
            size: None,
            caption: None,
        }
    }

    /// With words under it.
    #[must_use]
    pub fn captioned(mut self, caption: &str) -> Self {
        self.caption = Some(caption.to_owned());
        self
    }

    /// With another size than it has.
    #[must_use]
    pub fn of_size(mut self, size: u64) -> Self {
        self.size = Some(size);
        self
    }
}

impl Act {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            reply_to: None,
        }
    }

    /// What it is called in JSON.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Image(_) => "image",
            Self::Video(_) => "video",
            Self::Audio(_) => "audio",
            Self::Voice(_) => "voice",
            Self::Document(_) => "document",
            Self::Sticker(_) => "sticker",
            Self::Location { .. } => "location",
            Self::Contact { .. } => "contact",
            Self::Link { .. } => "link",
            Self::Button { .. } => "button",
            Self::Edit { .. } => "edit",
            Self::Delete { .. } => "delete",
            Self::React { .. } => "react",
            Self::Start { .. } => "start",
            Self::Subscribe => "subscribe",
            Self::Unsubscribe => "unsubscribe",
            Self::Typing { .. } => "typing",
            Self::Close => "close",
            Self::Unsupported => "unsupported",
            Self::Unknown => "unknown",
        }
    }
}

fn coded<S: Serializer>(bytes: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
}

fn decoded<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD
        .decode(text)
        .map(Bytes::from)
        .map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_act_is_named_as_in_json() {
        let acts = [
            Act::text("a"),
            Act::Image(Upload::new("a.png", "image/png", &b"\x00\xff"[..])),
            Act::Subscribe,
            Act::Typing { on: true },
        ];
        for act in acts {
            let json = serde_json::to_value(&act).unwrap();
            assert_eq!(json["kind"], act.name());
            let read: Act = serde_json::from_value(json).unwrap();
            assert_eq!(read.name(), act.name());
            if let (Act::Image(read), Act::Image(written)) = (read, act) {
                assert_eq!(read.bytes, written.bytes);
            }
        }
    }
}
