//! Pieces of a message, each as a message of its own.

use super::{CAPTION, TEXT};
use crate::{
    Piece,
    cutting::Measure,
    media,
    shape::{file_words, megabytes, note, piece, texts},
};
use model::message::{FileRef, Part};

/// The longest address of a file.
const ADDRESS: Measure = Measure::utf16(2_048);
/// The longest name of a document.
const FILE_NAME: usize = 240;

const PICTURES: &[&str] = &["image/jpeg", "image/png"];
const FILMS: &[&str] = &["video/mp4", "video/3gpp"];
const SOUNDS: &[&str] = &["audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"];
const STICKERS: &[&str] = &["image/webp"];

/// What a part becomes. A part that says nothing becomes nothing.
pub(super) fn pieces(part: &Part) -> Vec<Piece> {
    match part {
        Part::Text { text } => texts(text, TEXT),
        Part::Link { url, title } => match title.as_deref().map(str::trim) {
            Some(title) if !title.is_empty() => texts(&format!("{title}\n{url}"), TEXT),
            _ => texts(url, TEXT),
        },
        Part::Location { .. } => vec![piece(part.clone())],
        Part::Contact { name, phones, .. } => contact(part, name, phones),
        Part::Sticker { file: None, emoji } => match emoji.as_deref().map(str::trim) {
            Some(emoji) if !emoji.is_empty() => texts(emoji, TEXT),
            _ => in_words("[sticker]", "The sticker has no picture."),
        },
        Part::Image { file, .. }
        | Part::Video { file, .. }
        | Part::Audio { file, .. }
        | Part::Voice { file, .. }
        | Part::Document { file, .. }
        | Part::Sticker { file: Some(file), .. } => carried(part, file),
        Part::Unsupported { provider_type } => in_words(&format!("[{provider_type}]"), "WhatsApp can't carry this."),
        _ => in_words("[…]", "This version doesn't know what this is."),
    }
}

fn in_words(words: &str, why: &str) -> Vec<Piece> {
    let mut pieces = texts(words, TEXT);
    note(&mut pieces, why);
    pieces
}

fn contact(part: &Part, name: &str, phones: &[String]) -> Vec<Piece> {
    let named = [name].into_iter().chain(phones.iter().map(String::as_str));
    match named.map(str::trim).find(|word| !word.is_empty()) {
        Some(word) => {
            let mut part = part.clone();
            if let Part::Contact { name, .. } = &mut part {
                word.clone_into(name);
            }
            vec![piece(part)]
        }
        None => in_words("[contact]", "The contact has neither a name nor a phone."),
    }
}

fn carried(part: &Part, file: &FileRef) -> Vec<Piece> {
    let Some(url) = media::address(file) else {
        return in_words(&file_words(part), "The file has no address, so only its name was sent.");
    };
    if !ADDRESS.holds(url) || file.size.is_some_and(|size| size > megabytes(100)) {
        return in_words(
            &file_words(part),
            "WhatsApp carries files of at most 100 MB, so its address was sent.",
        );
    }
    let mime = media::mime(file);
    let is = |types: &[&str], most: u64| {
        let is_type = mime.is_empty() || types.contains(&mime.as_str());
        is_type && file.size.is_none_or(|size| size <= most)
    };
    match part {
        Part::Image { caption, .. } if !is(PICTURES, megabytes(5)) => {
            let why = "WhatsApp shows JPEG and PNG of at most 5 MB as pictures; this one was sent as a file.";
            as_document(file, caption.as_deref(), why)
        }
        Part::Video { caption, .. } if !is(FILMS, megabytes(16)) => {
            let why = "WhatsApp plays MP4 and 3GP of at most 16 MB; this video was sent as a file.";
            as_document(file, caption.as_deref(), why)
        }
        Part::Audio { caption, .. } if !is(SOUNDS, megabytes(16)) => {
            let why = "WhatsApp plays AAC, AMR, MP3, MP4 and OGG of at most 16 MB; this recording was sent as a file.";
            as_document(file, caption.as_deref(), why)
        }
        Part::Voice { .. } if !is(SOUNDS, megabytes(16)) => {
            let why = "WhatsApp plays AAC, AMR, MP3, MP4 and OGG of at most 16 MB; this recording was sent as a file.";
            as_document(file, None, why)
        }
        Part::Sticker { .. } if !is(STICKERS, megabytes(1) / 2) => {
            let image = Part::Image {
                file: file.clone(),
                caption: None,
            };
            let mut pieces = carried(&image, file);
            note(
                &mut pieces,
                "WhatsApp shows WebP of at most 500 KB as stickers; this one was sent as a picture.",
            );
            pieces
        }
        Part::Audio {
            caption: Some(caption), ..
        } => {
            let bare = Part::Audio {
                file: file.clone(),
                caption: None,
            };
            followed(
                bare,
                caption,
                "WhatsApp shows no words under a recording, so they followed as a message.",
            )
        }
        Part::Document { caption, .. } => document(file, caption.as_deref()),
        _ => captioned(part.clone()),
    }
}

fn as_document(file: &FileRef, caption: Option<&str>, why: &str) -> Vec<Piece> {
    let mut pieces = document(file, caption);
    if let Some(first) = pieces.first_mut() {
        first.notes.insert(0, why.to_owned());
    }
    pieces
}

/// A document with a name that is not too long.
fn document(file: &FileRef, caption: Option<&str>) -> Vec<Piece> {
    let mut file = file.clone();
    let mut notes = Vec::new();
    if let Some(name) = &mut file.name
        && let Some((end, _)) = name.char_indices().nth(FILE_NAME)
    {
        // What comes after the last dot says what the file is.
        let kind = name.rfind('.').map(|dot| name[dot..].to_owned());
        let kind = kind.filter(|kind| kind.chars().count() <= 16).unwrap_or_default();
        let end = name[..end]
            .char_indices()
            .rev()
            .nth(kind.chars().count())
            .map_or(end, |(at, _)| at);
        name.truncate(end);
        name.push_str(&kind);
        notes.push(format!("The name of the file was cut to {FILE_NAME} characters."));
    }
    let caption = caption.map(str::to_owned);
    let mut pieces = captioned(Part::Document { file, caption });
    if let Some(first) = pieces.first_mut() {
        first.notes.append(&mut notes);
    }
    pieces
}

/// A file with what is written under it, or before it if that is too long.
fn captioned(mut part: Part) -> Vec<Piece> {
    let (Part::Image { caption, .. } | Part::Video { caption, .. } | Part::Document { caption, .. }) = &mut part else {
        return vec![piece(part)];
    };
    let words = caption.take().map(|words| words.trim().to_owned());
    match words.filter(|words| !words.is_empty()) {
        Some(words) if !CAPTION.holds(&words) => {
            let why = format!(
                "WhatsApp shows at most {} characters under a file, so the words followed as a message.",
                CAPTION.limit
            );
            followed(part, &words, &why)
        }
        words => {
            *caption = words;
            vec![piece(part)]
        }
    }
}

fn followed(part: Part, words: &str, why: &str) -> Vec<Piece> {
    let words = texts(words, TEXT);
    let mut pieces = vec![piece(part)];
    if !words.is_empty() {
        note(&mut pieces, why);
        pieces.extend(words);
    }
    pieces
}
