//! A message of the peer as a program sees it.

use super::Message;
use model::message::{Inbound, Part};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// The longest text that is taken from one message, in bytes. Messengers allow a tenth of it.
const LONGEST: usize = 65_536;

/// The longest name, address or media type that is taken from one message, in bytes.
const LONGEST_NAME: usize = 4_096;

/// What a message gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Heard {
    /// The text.
    #[serde(rename = "t")]
    pub text: String,
    /// What was attached.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub attached: Option<Box<Attached>>,
}

/// What a message carries besides its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Attached {
    /// A file.
    File {
        /// Its address.
        url: String,
        /// Its name.
        name: String,
        /// Its media type.
        mime: String,
        /// Its size in bytes.
        size: Option<u64>,
    },
    /// A contact.
    Contact {
        /// Its phone.
        phone: String,
        /// Whose it is.
        name: String,
    },
}

impl From<Message> for Heard {
    fn from(message: Message) -> Self {
        match message {
            Message::Inbound(inbound) => Self::from(inbound),
            Message::Button { payload, title } => {
                let text = if payload.is_empty() {
                    title.unwrap_or_default()
                } else {
                    payload
                };
                Self {
                    text: cut(text, LONGEST),
                    attached: None,
                }
            }
        }
    }
}

impl From<Inbound> for Heard {
    fn from(mut inbound: Inbound) -> Self {
        let attached = inbound.parts.iter().find_map(attached).map(Box::new);
        let text = match inbound.parts.as_mut_slice() {
            [Part::Text { text }] => std::mem::take(text),
            _ => inbound.words(),
        };
        Self {
            text: cut(text, LONGEST),
            attached,
        }
    }
}

impl Heard {
    /// What `${variable.type}`, `${variable.file.name}` and the like read.
    pub fn json(&self) -> Json {
        let mut fields = Map::new();
        let kind = match self.attached.as_deref() {
            None => "text",
            Some(Attached::File { .. }) => "file",
            Some(Attached::Contact { .. }) => "contact",
        };
        fields.insert("type".to_owned(), kind.into());
        fields.insert("text".to_owned(), self.text.as_str().into());
        match self.attached.as_deref() {
            None => {}
            Some(Attached::File { url, name, mime, size }) => {
                let mut file = Map::new();
                file.insert("url".to_owned(), url.as_str().into());
                file.insert("name".to_owned(), name.as_str().into());
                file.insert("mime".to_owned(), mime.as_str().into());
                file.insert("size".to_owned(), size.map_or(Json::Null, Json::from));
                fields.insert("file".to_owned(), Json::Object(file));
            }
            Some(Attached::Contact { phone, name }) => {
                let mut contact = Map::new();
                contact.insert("phone".to_owned(), phone.as_str().into());
                contact.insert("name".to_owned(), name.as_str().into());
                fields.insert("contact".to_owned(), Json::Object(contact));
            }
        }
        Json::Object(fields)
    }

    /// How it is told in the history: its text, or the name of its file.
    pub fn told(&self) -> &str {
        match self.attached.as_deref() {
            Some(Attached::File { name, .. }) if self.text.is_empty() => name,
            _ => &self.text,
        }
    }

    /// About how much of a stored state it takes.
    pub fn bytes(&self) -> usize {
        let attached = match self.attached.as_deref() {
            None => 0,
            Some(Attached::File { url, name, mime, .. }) => url.len() + name.len() + mime.len(),
            Some(Attached::Contact { phone, name }) => phone.len() + name.len(),
        };
        self.text.len() + attached
    }
}

fn attached(part: &Part) -> Option<Attached> {
    let name = |text: Option<&String>| cut(text.cloned().unwrap_or_default(), LONGEST_NAME);
    match part {
        Part::Contact {
            name: whose, phones, ..
        } => Some(Attached::Contact {
            phone: name(phones.first()),
            name: name(Some(whose)),
        }),
        part => part.file().map(|file| Attached::File {
            url: name(file.url.as_ref()),
            name: name(file.name.as_ref()),
            mime: name(file.mime.as_ref()),
            size: file.size,
        }),
    }
}

/// The text, without what goes beyond so many bytes.
pub(crate) fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::message::FileRef;

    fn file(caption: Option<&str>) -> Inbound {
        let file = FileRef {
            url: Some("https://a.example/1".into()),
            name: Some("a.pdf".into()),
            mime: Some("application/pdf".into()),
            size: Some(7),
            ..FileRef::default()
        };
        Inbound::of(Part::Document {
            file,
            caption: caption.map(str::to_owned),
        })
    }

    #[test]
    fn rule_25_a_text_gives_itself_and_a_button_what_it_answers() {
        assert_eq!(Heard::from(Inbound::of(Part::text(" a "))).text, " a ");
        let button = |payload: &str| Message::Button {
            payload: payload.into(),
            title: Some("Yes".into()),
        };
        assert_eq!(Heard::from(button("ok")).text, "ok");
        assert_eq!(Heard::from(button("")).text, "Yes");
    }

    #[test]
    fn rule_25_a_file_gives_its_caption_or_nothing() {
        assert_eq!(Heard::from(file(Some("here"))).text, "here");
        let silent = Heard::from(file(None));
        assert_eq!(silent.text, "");
        assert_eq!(silent.told(), "a.pdf");
        assert_eq!(silent.json()["type"], "file");
        assert_eq!(silent.json()["file"]["size"], 7);
    }

    #[test]
    fn rule_25_a_contact_gives_its_phone() {
        let contact = Part::Contact {
            name: "Ann".into(),
            phones: vec!["+1".into()],
            vcard: None,
            is_self: false,
        };
        let heard = Heard::from(Inbound::of(contact));
        assert_eq!(heard.text, "+1");
        assert_eq!(heard.json()["contact"]["name"], "Ann");
    }

    #[test]
    fn a_text_without_end_is_cut_between_two_letters() {
        let heard = Heard::from(Inbound::of(Part::text("я".repeat(100_000))));
        assert_eq!(heard.text.len(), 65_536);
        let odd = Heard::from(Inbound::of(Part::text(format!("a{}", "я".repeat(100_000)))));
        assert_eq!(odd.text.len(), 65_535);
    }
}
