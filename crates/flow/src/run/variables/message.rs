//! What a variable knows of the message that its text was taken from.

use crate::run::print::text_of;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::borrow::Cow;

/// What a message carries besides its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Attached {
    /// A file.
    File(File),
    /// A contact.
    Contact(Contact),
}

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct File {
    /// Its address.
    pub url: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// A contact of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contact {
    /// Its phone.
    pub phone: String,
    /// Whose it is.
    pub name: String,
}

impl Attached {
    /// How much it holds, in bytes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::File(File { url, name, mime, .. }) => url.len() + name.len() + mime.len(),
            Self::Contact(Contact { phone, name }) => phone.len() + name.len(),
        }
    }
}

/// The message that a text was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is this text and nothing else, as most messages are.
    Itself,
    /// It is more.
    More(Box<More>),
}

/// What a message is besides the text that was taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct More {
    /// Its own text, if it is another one: of several messages that were joined it is the first.
    pub text: Option<String>,
    /// What was attached.
    pub attached: Option<Attached>,
}

/// The first steps of a path that lead into a message, never into the JSON of the text beside it.
const STEPS: [&str; 4] = ["type", "text", "file", "contact"];

impl Origin {
    /// The message from which a variable takes a text.
    pub fn new(taken: &str, own: &str, attached: Option<Attached>) -> Self {
        let text = (own != taken).then(|| own.to_owned());
        if text.is_none() && attached.is_none() {
            Self::Itself
        } else {
            Self::More(Box::new(More { text, attached }))
        }
    }

    /// What stands at a path into the message; none if the path does not lead into one.
    pub fn read<'a>(&'a self, taken: &'a str, path: &str) -> Option<Cow<'a, str>> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        if !STEPS.contains(&first) {
            return None;
        }
        let (text, attached) = match self {
            Self::Itself => (taken, None),
            Self::More(more) => (more.text.as_deref().unwrap_or(taken), more.attached.as_ref()),
        };
        Some(match (first, rest, attached) {
            ("type", None, attached) => Cow::Borrowed(match attached {
                None => "text",
                Some(Attached::File(_)) => "file",
                Some(Attached::Contact(_)) => "contact",
            }),
            ("text", None, _) => Cow::Borrowed(text),
            ("file", rest, Some(Attached::File(file))) => file.read(rest),
            ("contact", rest, Some(Attached::Contact(contact))) => contact.read(rest),
            _ => Cow::Borrowed(""),
        })
    }

    /// How much it holds besides the text, in bytes.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Itself => 0,
            Self::More(more) => {
                more.text.as_ref().map_or(0, String::len) + more.attached.as_ref().map_or(0, Attached::bytes)
            }
        }
    }
}

impl File {
    fn read(&self, path: Option<&str>) -> Cow<'_, str> {
        match path {
            None => text_of(&json!({"url": self.url, "name": self.name, "mime": self.mime, "size": self.size})).into(),
            Some("url") => Cow::Borrowed(&self.url),
            Some("name") => Cow::Borrowed(&self.name),
            Some("mime") => Cow::Borrowed(&self.mime),
            Some("size") => text_of(&self.size.map_or(Json::Null, Json::from)).into(),
            Some(_) => Cow::Borrowed(""),
        }
    }
}

impl Contact {
    fn read(&self, path: Option<&str>) -> Cow<'_, str> {
        match path {
            None => text_of(&json!({"phone": self.phone, "name": self.name})).into(),
            Some("phone") => Cow::Borrowed(&self.phone),
            Some("name") => Cow::Borrowed(&self.name),
            Some(_) => Cow::Borrowed(""),
        }
    }
}
