//! What a file is, by its content, and whether it is taken.
//!
//! Programs are refused: by what they begin with, and by the extension that makes a system run them. Nothing is looked into
//! but the kinds of archive that are programs themselves.

mod table;

use super::name::extension;
use model::message::{FileRef, Part};
use table::{MAGIC, OFFICE, PROGRAMS, RUN_BY_NAME, SHOWN, TEXTS};

/// So much of a text is looked at to tell what kind of text it is.
const LOOKED_AT: usize = 1_024;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind {
    /// Its media type.
    pub mime: &'static str,
    /// The extensions that fit it, the usual one first; none where any does.
    pub extensions: &'static [&'static str],
}

const fn kind(mime: &'static str, extensions: &'static [&'static str]) -> Kind {
    Kind { mime, extensions }
}

/// A file of a kind that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("programs are not taken")]
pub(crate) struct Refused;

impl Kind {
    /// What a file with this content and this name is.
    ///
    /// # Errors
    ///
    /// [`Refused`], when it is a program.
    pub fn of(bytes: &[u8], name: &str) -> Result<Self, Refused> {
        let extension = extension(name).unwrap_or_default();
        if RUN_BY_NAME.contains(&extension.as_str()) {
            return Err(Refused);
        }
        if let Some(text) = text(bytes) {
            return of_text(text, &extension);
        }
        if PROGRAMS.iter().any(|magic| bytes.starts_with(magic)) {
            return Err(Refused);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return of_archive(bytes, &extension);
        }
        Ok(of_binary(bytes, &extension))
    }
}

/// The content, if it is text.
fn text(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_strange = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\x0c' | '\x1b');
    (!text.is_empty() && !text.contains(is_strange)).then_some(text)
}

fn of_text(text: &str, extension: &str) -> Result<Kind, Refused> {
    let text = text.trim_start_matches('\u{feff}');
    if text.starts_with("#!") {
        return Err(Refused);
    }
    if text.starts_with("%PDF-") {
        return Ok(kind("application/pdf", &["pdf"]));
    }
    if text.starts_with("{\\rtf") {
        return Ok(kind("application/rtf", &["rtf", "doc"]));
    }
    let begins = text[..text.floor_char_boundary(LOOKED_AT.min(text.len()))].to_ascii_lowercase();
    let begins = begins.trim_start();
    if begins.starts_with('<') {
        let has = |tag: &str| begins.contains(tag);
        if has("<svg") {
            return Ok(kind("image/svg+xml", &["svg"]));
        }
        if [
            "<!doctype html",
            "<html",
            "<head",
            "<body",
            "<script",
            "<iframe",
            "<a ",
            "<img",
        ]
        .into_iter()
        .any(has)
        {
            return Ok(kind("text/html", &["html", "htm", "xhtml"]));
        }
        if begins.starts_with("<?xml") {
            return Ok(kind("application/xml", &["xml", "gpx", "kml", "fb2"]));
        }
    }
    let named = TEXTS.iter().find(|(known, _)| *known == extension);
    Ok(kind(named.map_or("text/plain", |(_, mime)| mime), &[]))
}

/// What looks like a ZIP is one, a document of an office, or a program.
fn of_archive(bytes: &[u8], extension: &str) -> Result<Kind, Refused> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if holds(b"META-INF/MANIFEST.MF") || holds(b"AndroidManifest.xml") || holds(b"Payload/") && holds(b".app/") {
        return Err(Refused);
    }
    let named = OFFICE.iter().find(|(known, _)| *known == extension);
    Ok(match named {
        Some((_, mime)) if holds(b"[Content_Types].xml") || holds(b"mimetype") => kind(mime, &[]),
        _ => kind("application/zip", &[]),
    })
}

fn of_binary(bytes: &[u8], extension: &str) -> Kind {
    let holds = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if holds(0, b"RIFF") {
        return match bytes.get(8..12) {
            Some(b"WEBP") => kind("image/webp", &["webp"]),
            Some(b"WAVE") => kind("audio/wav", &["wav"]),
            Some(b"AVI ") => kind("video/x-msvideo", &["avi"]),
            _ => UNKNOWN,
        };
    }
    if holds(4, b"ftyp") {
        return of_brand(bytes.get(8..12).unwrap_or_default(), extension);
    }
    if holds(0, b"\x1aE\xdf\xa3") {
        let is_webm = bytes[..bytes.len().min(64)].windows(4).any(|window| window == b"webm");
        return if is_webm {
            kind("video/webm", &["webm", "weba"])
        } else {
            kind("video/x-matroska", &["mkv", "mka"])
        };
    }
    if holds(0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return match extension {
            "doc" | "dot" => kind("application/msword", &[]),
            "xls" => kind("application/vnd.ms-excel", &[]),
            "ppt" => kind("application/vnd.ms-powerpoint", &[]),
            _ => kind("application/x-ole-storage", &[]),
        };
    }
    // A frame of MPEG audio: eleven bits, then a version and a layer that are not reserved.
    if let [0xff, second, ..] = *bytes {
        match second {
            0xf1 | 0xf9 => return kind("audio/aac", &["aac"]),
            0xe2 | 0xe3 | 0xf2 | 0xf3 | 0xfa | 0xfb => return kind("audio/mpeg", &["mp3"]),
            _ => {}
        }
    }
    let known = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic));
    known.map_or(UNKNOWN, |(_, kind)| *kind)
}

const UNKNOWN: Kind = kind("application/octet-stream", &[]);

/// What a file of the MPEG-4 family is.
fn of_brand(brand: &[u8], extension: &str) -> Kind {
    match brand {
        b"M4A " | b"M4B " => kind("audio/mp4", &["m4a", "mp4", "m4b"]),
        b"qt  " => kind("video/quicktime", &["mov", "qt"]),
        b"heic" | b"heix" | b"mif1" | b"msf1" => kind("image/heic", &["heic", "heif"]),
        b"avif" | b"avis" => kind("image/avif", &["avif"]),
        [b'3', b'g', ..] => kind("video/3gpp", &["3gp", "3gpp", "3g2"]),
        _ if matches!(extension, "m4a" | "m4b") => kind("audio/mp4", &["m4a", "m4b"]),
        _ => kind("video/mp4", &["mp4", "m4v"]),
    }
}

/// Whether a browser may show a file of this type: what can't hold a script.
pub(super) fn is_shown(mime: &str) -> bool {
    SHOWN.contains(&mime)
}

/// The piece of a message with its file as it turned out to be. What is claimed to be a picture, a film or a recording and
/// isn't is a document.
pub(crate) fn fitting(part: Part, file: FileRef) -> Part {
    let mime = file.mime.as_deref().unwrap_or_default();
    let (is_picture, is_film, is_sound) = (
        mime.starts_with("image/") && mime != "image/svg+xml",
        mime.starts_with("video/"),
        mime.starts_with("audio/"),
    );
    // Recordings come in the containers of films, and films without sound as pictures that move.
    match part {
        Part::Image { caption, .. } if is_picture => Part::Image { file, caption },
        Part::Video { caption, .. } if is_film || mime == "image/gif" => Part::Video { file, caption },
        Part::Audio { caption, .. } if is_sound || is_film => Part::Audio { file, caption },
        Part::Voice { duration, .. } if is_sound || is_film => Part::Voice { file, duration },
        Part::Sticker { emoji, .. } => Part::Sticker {
            file: Some(file),
            emoji,
        },
        Part::Image { caption, .. }
        | Part::Video { caption, .. }
        | Part::Audio { caption, .. }
        | Part::Document { caption, .. } => Part::Document { file, caption },
        Part::Voice { .. } => Part::Document { file, caption: None },
        other => other,
    }
}

#[cfg(test)]
mod tests;
