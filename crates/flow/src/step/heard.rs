//! A message of the peer as a program sees it.

use super::Message;
use crate::run::{Attached, Contact, File, Origin};
use model::message::{Inbound, Part};
use serde::{Deserialize, Serialize};

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
    /// What a variable that takes a text from it knows of it.
    pub fn origin(&self, taken: &str) -> Origin {
        Origin::new(taken, &self.text, self.attached.as_deref().cloned())
    }

    /// How it is told in the history: its text, or the name of its file.
    pub fn told(&self) -> &str {
        match self.attached.as_deref() {
            Some(Attached::File(File { name, .. })) if self.text.is_empty() => name,
            _ => &self.text,
        }
    }

    /// About how much of a stored state it takes.
    pub fn bytes(&self) -> usize {
        self.text.len() + self.attached.as_deref().map_or(0, Attached::bytes)
    }
}

fn attached(part: &Part) -> Option<Attached> {
    let name = |text: Option<&String>| cut(text.cloned().unwrap_or_default(), LONGEST_NAME);
    match part {
        Part::Contact {
            name: whose, phones, ..
        } => Some(Attached::Contact(Contact {
            phone: name(phones.first()),
            name: name(Some(whose)),
        })),
        part => part.file().map(|file| {
            Attached::File(File {
                url: name(file.url.as_ref()),
                name: name(file.name.as_ref()),
                mime: name(file.mime.as_ref()),
                size: file.size,
            })
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
        let read = |path| silent.origin("").read("", path).map(std::borrow::Cow::into_owned);
        assert_eq!(read("type").as_deref(), Some("file"));
        assert_eq!(read("file.size").as_deref(), Some("7"));
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
        let origin = heard.origin("+1");
        assert_eq!(origin.read("+1", "contact.name").as_deref(), Some("Ann"));
    }

    #[test]
    fn a_text_without_end_is_cut_between_two_letters() {
        let heard = Heard::from(Inbound::of(Part::text("я".repeat(100_000))));
        assert_eq!(heard.text.len(), 65_536);
        let odd = Heard::from(Inbound::of(Part::text(format!("a{}", "я".repeat(100_000)))));
        assert_eq!(odd.text.len(), 65_535);
    }
}
