//! Which files Telegram fetches from an address.

use crate::{
    Account, Mode, media,
    telegram_bot::{
        mode::{self, is_cloud},
        request,
    },
};
use model::message::{FileRef, Part};

/// The largest picture and the largest other file that Telegram fetches, in bytes.
const LARGEST_PHOTO: u64 = 5 << 20;
const LARGEST: u64 = 20 << 20;
/// The largest picture and the largest other file that Telegram takes from us itself.
const LARGEST_PHOTO_BROUGHT: u64 = 10 << 20;
const LARGEST_BROUGHT: u64 = 50 << 20;
/// The only documents that Telegram fetches.
const DOCUMENTS: [&str; 3] = ["gif", "pdf", "zip"];
/// Their media types.
const DOCUMENT_TYPES: [&str; 4] = [
    "image/gif",
    "application/pdf",
    "application/zip",
    "application/x-zip-compressed",
];

/// Why a file is told in words: a sentence for the administrator. None if Telegram can be expected to carry it.
///
/// A server of the operator's own has no such limits, and neither have files that Telegram holds already.
pub(super) fn refusal(account: &Account, part: &Part, file: &FileRef) -> Option<String> {
    if request::source(file).is_none() {
        return Some("The file has no address on the web; its name was sent.".to_owned());
    }
    if media::address(file).is_none() || !is_cloud(account) {
        return None;
    }
    let picture = matches!(part, Part::Image { .. });
    if mode::mode(account) == Mode::Polling && media::is_ours(account, file) {
        let most = if picture {
            LARGEST_PHOTO_BROUGHT
        } else {
            LARGEST_BROUGHT
        };
        let is_large = file.size.is_some_and(|size| size > most);
        return is_large.then(|| {
            let most = most >> 20;
            format!("Telegram takes files like this one of at most {most} MB; the file's address was sent.")
        });
    }
    let most = if picture { LARGEST_PHOTO } else { LARGEST };
    if file.size.is_some_and(|size| size > most) {
        let most = most >> 20;
        let what = if picture { "pictures" } else { "files" };
        return Some(format!(
            "Telegram fetches {what} of at most {most} MB; the file's address was sent."
        ));
    }
    let as_document = matches!(as_sent(part, file), Part::Document { .. });
    (as_document && !is_fetched_as_document(file)).then(|| {
        "Telegram fetches only GIF, PDF and ZIP documents from an address; the file's address was sent.".to_owned()
    })
}

/// The part as it goes out: a moving picture is a document for Telegram.
pub(super) fn as_sent(part: &Part, file: &FileRef) -> Part {
    match part {
        Part::Image { caption, .. } if is_gif(file) => Part::Document {
            file: file.clone(),
            caption: caption.clone(),
        },
        part => part.clone(),
    }
}

fn is_gif(file: &FileRef) -> bool {
    media::address(file).is_some() && (media::mime(file) == "image/gif" || extension(file).as_deref() == Some("gif"))
}

/// What nothing is known about may be one of them.
fn is_fetched_as_document(file: &FileRef) -> bool {
    let mime = media::mime(file);
    if !mime.is_empty() && mime != "application/octet-stream" {
        return DOCUMENT_TYPES.contains(&mime.as_str());
    }
    extension(file).is_none_or(|extension| DOCUMENTS.contains(&extension.as_str()))
}

fn extension(file: &FileRef) -> Option<String> {
    let named = media::name(file).and_then(|name| media::extension(&name));
    named.or_else(|| media::address_extension(file))
}
