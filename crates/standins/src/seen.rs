//! What stands in a chat, as its peer sees it.

use serde::Serialize;

/// A message in a chat.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Seen {
    /// Counts the messages of the chat, from 1.
    pub number: u64,
    /// Its id at the messenger.
    pub id: String,
    /// Whether the peer wrote it.
    pub mine: bool,
    /// `text`, `image`, `video`, `audio`, `voice`, `document`, `sticker`, `location`, `contact`, `link` or `template`.
    pub kind: &'static str,
    /// Its words or its caption.
    pub text: String,
    /// Its file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<SeenFile>,
    /// Degrees north and east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<(f64, f64)>,
    /// The message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Its buttons by rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Vec<Button>>,
    /// Whether the buttons are part of the message; if not, they stand where the peer types, until something replaces them.
    pub inline: bool,
    /// Whether it was changed since.
    pub edited: bool,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// The message as the messenger would show it to the account's owner.
    #[serde(skip)]
    pub(crate) raw: Box<str>,
}

/// A file in a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SeenFile {
    /// Where it can be fetched.
    pub url: String,
    /// Its name.
    pub name: String,
    /// Its media type; empty if nobody said.
    pub mime: String,
    /// Its size in bytes, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
}

/// A button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Button {
    /// What is written on it.
    pub title: String,
    /// What happens when it is pressed.
    #[serde(flatten)]
    pub press: Press,
}

/// What a button does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "press", rename_all = "snake_case")]
pub enum Press {
    /// It tells the account its payload.
    Payload {
        /// What is told.
        payload: String,
    },
    /// It is written and told at once: a quick reply of Messenger.
    QuickReply {
        /// What is told.
        payload: String,
    },
    /// A row of a list was chosen.
    Row {
        /// What is told.
        payload: String,
    },
    /// It writes for the peer.
    Text {
        /// What is written.
        text: String,
    },
    /// It opens a page.
    Url {
        /// Which.
        url: String,
    },
    /// It does nothing.
    Nothing,
    /// It shares the peer's phone.
    Phone,
    /// It shares where the peer is.
    Location,
}

impl Seen {
    /// The words on its buttons, in order.
    #[must_use]
    pub fn titles(&self) -> Vec<&str> {
        self.buttons
            .iter()
            .flatten()
            .map(|button| button.title.as_str())
            .collect()
    }
}
