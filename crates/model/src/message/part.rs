//! The pieces that a message consists of.

use serde::{Deserialize, Serialize};

/// A piece of a message, incoming or outgoing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Part {
    /// Words.
    Text {
        /// Plain text.
        text: String,
    },
    /// A picture.
    Image {
        /// Where it is.
        file: FileRef,
        /// What is written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A film.
    Video {
        /// Where it is.
        file: FileRef,
        /// What is written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Music or another recording.
    Audio {
        /// Where it is.
        file: FileRef,
        /// What is written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// Speech recorded for this message.
    Voice {
        /// Where it is.
        file: FileRef,
        /// Its length in seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<u32>,
    },
    /// Any other file.
    Document {
        /// Where it is.
        file: FileRef,
        /// What is written under it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// A sticker.
    Sticker {
        /// Its picture, where the messenger gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<FileRef>,
        /// The emoji that it stands for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<String>,
    },
    /// A place on the map.
    Location {
        /// Degrees north.
        lat: f64,
        /// Degrees east.
        lon: f64,
        /// The place's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Its postal address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        /// Whether it moves with the peer.
        #[serde(default)]
        live: bool,
    },
    /// A shared contact.
    Contact {
        /// Whose.
        #[serde(default)]
        name: String,
        /// Its phone numbers as the messenger gives them.
        #[serde(default)]
        phones: Vec<String>,
        /// The card that it came as.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        vcard: Option<String>,
        /// Whether the messenger vouches that it is the peer's own.
        #[serde(default)]
        is_self: bool,
    },
    /// A shared link.
    Link {
        /// Where it leads.
        url: String,
        /// What the page is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
    },
    /// Something that the provider gives no meaning to.
    Unsupported {
        /// What the messenger calls it.
        #[serde(default)]
        provider_type: String,
    },
    /// A kind of piece that this version does not know.
    #[serde(other)]
    Unknown,
}

impl Part {
    /// A piece of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }

    /// The file of a picture, film, recording, document or sticker.
    #[must_use]
    pub fn file(&self) -> Option<&FileRef> {
        match self {
            Self::Image { file, .. }
            | Self::Video { file, .. }
            | Self::Audio { file, .. }
            | Self::Voice { file, .. }
            | Self::Document { file, .. } => Some(file),
            Self::Sticker { file, .. } => file.as_ref(),
            Self::Text { .. }
            | Self::Location { .. }
            | Self::Contact { .. }
            | Self::Link { .. }
            | Self::Unsupported { .. }
            | Self::Unknown => None,
        }
    }

    /// What the piece says in words: a text, a caption, the first phone of a contact, the address of a link, a map's
    /// link for a place, a sticker's emoji; nothing for the rest.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::Text { text } => Some(text.clone()),
            Self::Image { caption, .. }
            | Self::Video { caption, .. }
            | Self::Audio { caption, .. }
            | Self::Document { caption, .. } => caption.clone(),
            Self::Sticker { emoji, .. } => emoji.clone(),
            Self::Location { lat, lon, .. } => Some(format!("https://www.google.com/maps?q={lat},{lon}")),
            Self::Contact { phones, .. } => phones.first().cloned(),
            Self::Link { url, .. } => Some(url.clone()),
            Self::Voice { .. } | Self::Unsupported { .. } | Self::Unknown => None,
        }
    }
}

/// Where a file is and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileRef {
    /// What the messenger calls it: an id, or an address that may expire.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub provider_ref: String,
    /// An address that it can be fetched from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its SHA-256 in lower-case hexadecimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// When the address ends to work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<crate::Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_read_back_as_it_was_written() {
        let pieces = vec![
            Part::text("hi"),
            Part::Document {
                file: FileRef {
                    name: Some("a.pdf".into()),
                    ..FileRef::default()
                },
                caption: None,
            },
            Part::Location {
                lat: 50.45,
                lon: 30.52,
                title: None,
                address: None,
                live: false,
            },
            Part::Contact {
                name: "Ann".into(),
                phones: vec!["1".into()],
                vcard: None,
                is_self: true,
            },
        ];
        let json = serde_json::to_string(&pieces).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Part>>(&json).unwrap(), pieces);
    }

    #[test]
    fn a_kind_of_piece_that_nobody_knows_is_unknown() {
        let piece: Part = serde_json::from_str(r#"{"type":"hologram","file":{}}"#).unwrap();
        assert_eq!(piece, Part::Unknown);
        let piece: Part = serde_json::from_str(r#"{"type":"contact","later":1}"#).unwrap();
        assert_eq!(piece.words(), None);
    }

    #[test]
    fn a_place_says_where_it_is_by_a_link() {
        let place = Part::Location {
            lat: 50.5,
            lon: -30.0,
            title: None,
            address: None,
            live: false,
        };
        assert_eq!(place.words().as_deref(), Some("https://www.google.com/maps?q=50.5,-30"));
    }
}
