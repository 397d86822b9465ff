//! What a message of Viber consists of.

use super::wire_types::Message;
use crate::media;
use model::{
    Timestamp,
    message::{FileRef, Part},
};
use std::time::Duration;

/// So long Viber keeps a file.
const KEPT: Duration = Duration::from_hours(1);
/// The extensions of recordings, which come as files.
const RECORDINGS: [&str; 9] = ["aac", "amr", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"];

/// The parts of a message that was sent at some time; never none.
pub(super) fn parts(message: &Message, at: Timestamp) -> Vec<Part> {
    let words = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let caption = words(&message.text);
    let file = file(message, at);
    let kind = message.kind.as_deref().unwrap_or_default();
    let part = match (kind, file) {
        ("text", _) => message.text.as_ref().map(Part::text),
        ("picture", Some(file)) => Some(Part::Image { file, caption }),
        ("video", Some(file)) => Some(Part::Video { file, caption }),
        ("file", Some(file)) if is_recording(&file) => Some(Part::Audio { file, caption }),
        ("file", Some(file)) => Some(Part::Document { file, caption }),
        ("sticker", file) => Some(sticker(message, file)),
        ("url", _) => message.media.clone().map(|url| Part::Link { url, title: caption }),
        ("location", _) => message.location.as_ref().map(|place| Part::Location {
            lat: place.lat,
            lon: place.lon,
            title: None,
            address: None,
            live: false,
        }),
        ("contact", _) => message.contact.as_ref().map(|contact| Part::Contact {
            name: contact.name.clone().unwrap_or_default(),
            phones: contact.phone_number.iter().map(|phone| phone.0.clone()).collect(),
            vcard: None,
            // Whoever shares a phone may share anybody's; Viber does not say whose it is.
            is_self: false,
        }),
        _ => None,
    };
    vec![part.unwrap_or_else(|| Part::Unsupported {
        provider_type: kind.to_owned(),
    })]
}

fn file(message: &Message, at: Timestamp) -> Option<FileRef> {
    let url = message.media.clone().filter(|url| !url.is_empty())?;
    Some(FileRef {
        provider_ref: url.clone(),
        url: Some(url),
        name: message.file_name.clone().filter(|name| !name.is_empty()),
        size: message.file_size.or(message.size).filter(|size| *size > 0),
        expires_at: Some(at.after(KEPT)),
        ..FileRef::default()
    })
}

fn sticker(message: &Message, file: Option<FileRef>) -> Part {
    let by_number = message.sticker_id.as_ref().map(|id| FileRef {
        provider_ref: id.0.clone(),
        ..FileRef::default()
    });
    Part::Sticker {
        file: file.or(by_number),
        emoji: None,
    }
}

fn is_recording(file: &FileRef) -> bool {
    let extension = media::name(file).and_then(|name| media::extension(&name));
    extension.is_some_and(|extension| RECORDINGS.contains(&extension.as_str()))
}
