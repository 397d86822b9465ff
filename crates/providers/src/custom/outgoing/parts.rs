//! The pieces of a message as they are written.

use model::message::{FileRef, Outbound, Part};
use serde::Serialize;

/// A piece; what is not known of it is left out.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Piece<'a> {
    Text {
        text: &'a str,
    },
    File(File<'a>),
    Sticker {
        #[serde(skip_serializing_if = "Option::is_none")]
        url: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        emoji: Option<&'a str>,
    },
    Location {
        lat: f64,
        lon: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<&'a str>,
    },
    Contact {
        name: &'a str,
        phones: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        vcard: Option<&'a str>,
    },
    Link {
        url: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<&'a str>,
    },
}

/// Where a file is and what it is.
#[derive(Debug, Serialize)]
pub(super) struct File<'a> {
    media: &'static str,
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<u32>,
}

/// Where a file can be fetched from by somebody who knows nothing but its address.
pub(in super::super) fn address(file: &FileRef) -> Option<&str> {
    let is_address = |text: &&str| text.starts_with("https://") || text.starts_with("http://");
    file.url
        .as_deref()
        .or(Some(file.provider_ref.as_str()).filter(is_address))
}

/// The piece as it is written; none for what [`carried`] takes out.
pub(super) fn piece(part: &Part) -> Option<Piece<'_>> {
    match part {
        Part::Text { text } => Some(Piece::Text { text }),
        Part::Image { file, caption } => of_file("image", file, caption.as_deref(), None),
        Part::Video { file, caption } => of_file("video", file, caption.as_deref(), None),
        Part::Audio { file, caption } => of_file("audio", file, caption.as_deref(), None),
        Part::Document { file, caption } => of_file("document", file, caption.as_deref(), None),
        Part::Voice { file, duration } => of_file("voice", file, None, *duration),
        Part::Sticker { file, emoji } => Some(Piece::Sticker {
            url: file.as_ref().and_then(address),
            emoji: emoji.as_deref(),
        }),
        Part::Location {
            lat,
            lon,
            title,
            address,
            live: _,
        } => Some(Piece::Location {
            lat: *lat,
            lon: *lon,
            title: title.as_deref(),
            address: address.as_deref(),
        }),
        Part::Contact {
            name, phones, vcard, ..
        } => Some(Piece::Contact {
            name,
            phones,
            vcard: vcard.as_deref(),
        }),
        Part::Link { url, title } => Some(Piece::Link {
            url,
            title: title.as_deref(),
        }),
        _ => None,
    }
}

fn of_file<'a>(
    media: &'static str,
    file: &'a FileRef,
    caption: Option<&'a str>,
    duration: Option<u32>,
) -> Option<Piece<'a>> {
    Some(Piece::File(File {
        media,
        url: address(file)?,
        name: file.name.as_deref(),
        mime: file.mime.as_deref(),
        size: file.size,
        sha256: file.sha256.as_deref(),
        expires_at: file.expires_at.map(model::Timestamp::rfc3339),
        caption,
        duration,
    }))
}

/// The message with words in place of what has no form here, and a sentence for each.
pub(in super::super) fn carried(message: &Outbound) -> (Outbound, Vec<String>) {
    let mut notes = Vec::new();
    let parts = message.parts.iter().map(|part| {
        if piece(part).is_some() {
            return part.clone();
        }
        let (instead, note) = in_words(part);
        notes.push(note);
        Part::text(instead)
    });
    let parts = parts.collect();
    let message = Outbound {
        parts,
        ..message.clone()
    };
    (message, notes)
}

/// What is said in place of a file without an address, or of something that nobody knows, and a sentence about it.
pub(in super::super) fn in_words(part: &Part) -> (String, String) {
    let Some(file) = part.file() else {
        let note = "A part of the message has no form here; a placeholder was sent instead.";
        return ("[something that can’t be shown here]".to_owned(), note.to_owned());
    };
    let name = file.name.as_deref().unwrap_or("file");
    let words = part
        .words()
        .map_or_else(|| format!("[{name}]"), |words| format!("[{name}] {words}"));
    let note = format!("“{name}” has no address that it can be fetched from; its name was sent instead.");
    (words, note)
}
