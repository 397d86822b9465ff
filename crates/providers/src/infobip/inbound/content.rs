//! What a message of a peer consists of.

use crate::lenient::{self, filled};
use model::message::{FileRef, Inbound, InboundKind, Part};
use serde::Deserialize;

/// A message of any type; each type has some of the fields.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
    url: Option<String>,
    caption: Option<String>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    name: Option<String>,
    address: Option<String>,
    #[serde(deserialize_with = "lenient::each")]
    contacts: Vec<Contact>,
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
    title: Option<String>,
    payload: Option<String>,
    emoji: Option<String>,
    action: Option<String>,
    malware: Option<String>,
    context: Option<Context>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Context {
    #[serde(deserialize_with = "lenient::text")]
    id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Contact {
    name: Name,
    #[serde(deserialize_with = "lenient::each")]
    phones: Vec<Phone>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Name {
    #[serde(rename = "formattedName")]
    whole: Option<String>,
    #[serde(rename = "firstName")]
    first: Option<String>,
    #[serde(rename = "lastName")]
    last: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Phone {
    #[serde(deserialize_with = "lenient::text")]
    phone: Option<String>,
}

impl Message {
    /// Reads a message; one with a field of the wrong kind keeps its type alone, and is unsupported.
    pub(super) fn read(value: serde_json::Value) -> Self {
        let kind = value
            .get("type")
            .and_then(|kind| kind.as_str())
            .unwrap_or("UNKNOWN")
            .to_owned();
        serde_json::from_value(value).unwrap_or(Self {
            kind,
            ..Self::default()
        })
    }

    /// What the message means; `id` is its own.
    pub(super) fn into_kind(self, id: String) -> InboundKind {
        let context = self.context.as_ref().and_then(|context| context.id.clone());
        match self.kind.as_str() {
            "BUTTON" => InboundKind::Postback {
                payload: self.payload.or_else(|| self.text.clone()).unwrap_or_default(),
                title: self.text,
                origin_external_id: context,
            },
            "INTERACTIVE_BUTTON_REPLY" | "INTERACTIVE_LIST_REPLY" => InboundKind::Postback {
                payload: self.id.or_else(|| self.title.clone()).unwrap_or_default(),
                title: self.title,
                origin_external_id: context,
            },
            "REACTION" => {
                let emoji = filled(self.emoji.as_deref());
                InboundKind::Reaction {
                    external_id: context.unwrap_or_default(),
                    removed: emoji.is_none() || self.action.as_deref().is_some_and(|action| action != "REACT"),
                    emoji,
                }
            }
            _ => InboundKind::Message(Inbound {
                external_id: id,
                reply_to: context,
                parts: self.parts(),
                ..Inbound::default()
            }),
        }
    }

    fn parts(self) -> Vec<Part> {
        let caption = filled(self.caption.as_deref());
        let part = match (self.kind.as_str(), &self.url) {
            ("TEXT", _) => Part::text(self.text.unwrap_or_default()),
            ("IMAGE", Some(url)) => Part::Image {
                file: file(url),
                caption,
            },
            ("VIDEO", Some(url)) => Part::Video {
                file: file(url),
                caption,
            },
            ("AUDIO", Some(url)) => Part::Audio {
                file: file(url),
                caption,
            },
            ("VOICE", Some(url)) => Part::Voice {
                file: file(url),
                duration: None,
            },
            // The name of a document comes as its caption.
            ("DOCUMENT", Some(url)) => Part::Document {
                file: FileRef {
                    name: caption,
                    ..file(url)
                },
                caption: None,
            },
            ("STICKER", Some(url)) => Part::Sticker {
                file: Some(file(url)),
                emoji: None,
            },
            ("LOCATION", _) => match (self.latitude, self.longitude) {
                (Some(lat), Some(lon)) => Part::Location {
                    lat,
                    lon,
                    title: filled(self.name.as_deref()),
                    address: filled(self.address.as_deref()),
                    live: false,
                },
                _ => unsupported(self.kind),
            },
            ("CONTACT", _) if !self.contacts.is_empty() => {
                return self.contacts.into_iter().map(Contact::into_part).collect();
            }
            // Infobip found malware in the file, so nobody fetches it.
            ("INFECTED_CONTENT", _) => match filled(self.malware.as_deref()) {
                Some(malware) => unsupported(format!("INFECTED_CONTENT: {malware}")),
                None => unsupported(self.kind),
            },
            _ => unsupported(self.kind),
        };
        vec![part]
    }
}

/// The file is fetched from this address with the account's key, so it is no address for others.
fn file(url: &str) -> FileRef {
    FileRef {
        provider_ref: url.to_owned(),
        ..FileRef::default()
    }
}

fn unsupported(provider_type: String) -> Part {
    Part::Unsupported { provider_type }
}

impl Contact {
    fn into_part(self) -> Part {
        let parts = [self.name.first.as_deref(), self.name.last.as_deref()];
        let name: Vec<_> = parts
            .into_iter()
            .flatten()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        Part::Contact {
            name: filled(self.name.whole.as_deref()).unwrap_or_else(|| name.join(" ")),
            phones: self.phones.into_iter().filter_map(|phone| phone.phone).collect(),
            vcard: None,
            is_self: false,
        }
    }
}
