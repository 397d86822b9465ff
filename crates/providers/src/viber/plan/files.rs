//! Which files Viber carries, and as what.

use super::{ADDRESS, CAPTION};
use crate::{
    cutting::{self, Measure},
    draft::Draft,
    media,
};
use model::message::{FileRef, Part};

/// The largest picture for every phone, the largest film and the largest other file, in bytes.
const LARGEST_PICTURE: u64 = 1 << 20;
const LARGEST_VIDEO: u64 = 26 << 20;
const LARGEST: u64 = 50 << 20;
/// The longest name of a file.
const NAME: usize = 256;
/// What the path of a picture's address has to end with.
const PICTURES: [&str; 4] = ["gif", "jpeg", "jpg", "png"];

/// A picture with its caption, or the same as a file.
pub(super) fn image(draft: &mut Draft, file: &FileRef, caption: Option<&str>) {
    let fits_there = media::address_extension(file).is_some_and(|extension| PICTURES.contains(&extension.as_str()));
    let note = if !fits_there {
        "Viber shows pictures only from addresses that end with .jpg, .jpeg, .png or .gif."
    } else if file.size.is_some_and(|size| size > LARGEST_PICTURE) {
        "Viber shows pictures of at most 1 MB on every phone."
    } else if !is_carried(file) {
        return in_words(draft, file, caption);
    } else {
        let short = caption.filter(|caption| cutting::fits(caption, &[Measure::utf16(CAPTION)]));
        draft.carry(Part::Image {
            file: file.clone(),
            caption: short.map(str::to_owned),
        });
        if short.is_none() {
            let note = format!("Viber's pictures carry {CAPTION} characters; the caption was sent as a text after it.");
            behind(draft, caption, &note);
        }
        return;
    };
    self::file(draft, file, caption, Some(note));
}

/// A film, or the same as a file; its caption follows.
pub(super) fn video(draft: &mut Draft, file: &FileRef, caption: Option<&str>) {
    let is_mp4 = media::mime(file) == "video/mp4" || media::address_extension(file).as_deref() == Some("mp4");
    match size(file) {
        Some(size) if is_mp4 && size <= LARGEST_VIDEO && is_carried(file) => {
            draft.carry(Part::Video {
                file: file.clone(),
                caption: None,
            });
            behind(
                draft,
                caption,
                "Viber's films have no caption; it was sent as a text after the film.",
            );
        }
        Some(_) => self::file(
            draft,
            file,
            caption,
            Some("Viber shows films of the type MP4 with at most 26 MB."),
        ),
        None => self::file(draft, file, caption, None),
    }
}

/// Any file, or its address if Viber would refuse the file; its caption follows. `because` says why it is not more than a
/// file.
pub(super) fn file(draft: &mut Draft, file: &FileRef, caption: Option<&str>, because: Option<&str>) {
    if !is_carried(file) {
        return in_words(draft, file, caption);
    }
    let is_named =
        media::name(file).is_some_and(|name| name.encode_utf16().count() <= NAME && media::extension(&name).is_some());
    let refused = match size(file) {
        None => Some("Viber wants to know how large a file is, and nobody knows it of this one."),
        Some(size) if size > LARGEST => Some("Viber takes files of at most 50 MB."),
        Some(_) if !is_named => Some("Viber takes files with an extension in their name only."),
        Some(_) => None,
    };
    let address = file.url.clone().unwrap_or_default();
    match (refused, because) {
        (Some(reason), _) => {
            let link = Part::Link {
                url: address,
                title: None,
            };
            draft.replace(link, format!("{} Its address was sent.", because.unwrap_or(reason)));
        }
        (None, Some(reason)) => draft.replace(document(file), format!("{reason} It was sent as a file.")),
        (None, None) => draft.carry(document(file)),
    }
    behind(
        draft,
        caption,
        "Viber's files have no caption; it was sent as a text after the file.",
    );
}

fn document(file: &FileRef) -> Part {
    Part::Document {
        file: file.clone(),
        caption: None,
    }
}

fn behind(draft: &mut Draft, caption: Option<&str>, note: &str) {
    if let Some(caption) = caption.filter(|caption| !caption.trim().is_empty()) {
        draft.instead(caption, note);
    }
}

fn in_words(draft: &mut Draft, file: &FileRef, caption: Option<&str>) {
    let note =
        format!("The file has no address on the web, or one of more than {ADDRESS} characters; it was sent in words.");
    draft.instead(media::in_words(file, caption), note);
}

/// Whether Viber can be given the file's address.
fn is_carried(file: &FileRef) -> bool {
    media::address(file).is_some_and(|address| address.len() <= ADDRESS)
}

fn size(file: &FileRef) -> Option<u64> {
    file.size.filter(|size| *size > 0)
}
