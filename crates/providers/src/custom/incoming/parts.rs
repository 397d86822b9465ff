//! What a message consists of.

use super::super::reading::{Object, Wrong};
use model::message::{FileRef, Part};

/// The most parts of a message.
const MOST: usize = 50;
/// The most phones of a contact.
const MOST_PHONES: usize = 20;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    Image,
    Video,
    Audio,
    Voice,
    Sticker,
    Document,
}

const MEDIA: &[(&str, Media)] = &[
    ("image", Media::Image),
    ("video", Media::Video),
    ("audio", Media::Audio),
    ("voice", Media::Voice),
    ("sticker", Media::Sticker),
    ("document", Media::Document),
];

/// Reads `data.parts`: one at least.
pub(super) fn read(data: &Object<'_>) -> Result<Vec<Part>, Wrong> {
    let parts = data.required("parts", |data, name| data.objects(name, MOST))?;
    if parts.is_empty() {
        return Err(data.wrong("parts", "a list of at least one part"));
    }
    parts.iter().map(part).collect()
}

/// A kind of a later version is no reason to refuse the words beside it.
fn part(part: &Object<'_>) -> Result<Part, Wrong> {
    let kind = part.required("kind", Object::line)?;
    Ok(match kind.as_str() {
        "text" => Part::Text {
            text: part.required("text", Object::text)?,
        },
        "file" => file(part)?,
        "location" => Part::Location {
            lat: part.required("lat", |part, name| part.number(name, -90.0..=90.0))?,
            lon: part.required("lon", |part, name| part.number(name, -180.0..=180.0))?,
            title: part.line("title")?,
            address: part.line("address")?,
            live: part.flag("live")?.unwrap_or_default(),
        },
        "contact" => Part::Contact {
            name: part.line("name")?.unwrap_or_default(),
            phones: part.required("phones", |part, name| part.lines(name, MOST_PHONES))?,
            vcard: part.text("vcard")?,
            is_self: part.flag("is_self")?.unwrap_or_default(),
        },
        "link" => Part::Link {
            url: part.required("url", Object::address)?,
            title: part.line("title")?,
        },
        "sticker" => Part::Sticker {
            file: part.address("url")?.map(|url| FileRef {
                url: Some(url),
                ..FileRef::default()
            }),
            emoji: part.line("emoji")?,
        },
        _ => Part::Unsupported { provider_type: kind },
    })
}

fn file(part: &Object<'_>) -> Result<Part, Wrong> {
    let file = FileRef {
        url: Some(part.required("url", Object::address)?),
        mime: part.line("mime")?,
        name: part.line("name")?,
        size: part.count("size")?,
        expires_at: part.moment("expires_at")?,
        ..FileRef::default()
    };
    let media = part.word("media", MEDIA)?;
    let caption = part.text("caption")?;
    let duration = part.count("duration")?;
    Ok(match media.unwrap_or_else(|| by_type(&file)) {
        Media::Voice if caption.is_none() => Part::Voice { file, duration },
        Media::Sticker => Part::Sticker {
            file: Some(file),
            emoji: None,
        },
        Media::Image => Part::Image { file, caption },
        Media::Video => Part::Video { file, caption },
        Media::Voice | Media::Audio => Part::Audio { file, caption },
        Media::Document => Part::Document { file, caption },
    })
}

/// A file as the piece that its media type says.
pub(in super::super) fn of_type(file: FileRef) -> Part {
    let caption = None;
    match by_type(&file) {
        Media::Image => Part::Image { file, caption },
        Media::Video => Part::Video { file, caption },
        Media::Audio => Part::Audio { file, caption },
        Media::Voice | Media::Sticker | Media::Document => Part::Document { file, caption },
    }
}

fn by_type(file: &FileRef) -> Media {
    let mime = file.mime.as_deref().unwrap_or_default().to_ascii_lowercase();
    match mime.split('/').next() {
        Some("image") => Media::Image,
        Some("video") => Media::Video,
        Some("audio") => Media::Audio,
        _ => Media::Document,
    }
}
