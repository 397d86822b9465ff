//! Files that peers sent.
//!
//! What a messenger calls a file ends to work within minutes or hours, so each file is fetched before a flow sees its
//! message. Its bytes are in a folder, what is known of them is in the database, and whoever is to read them gets an address
//! that is signed and works for a while. What a file is decides its content, never what is claimed of it.

mod address;
mod folder;
mod kind;
mod name;
mod sweep;

pub(crate) use address::{Renewal, carried, describe, renewed, shown};
pub(crate) use folder::Folder;
pub(crate) use kind::{Kind, Refused, fitting};
pub(crate) use name::safe;
pub use sweep::{forget, sweep};

use crate::Context;
use model::{Timestamp, message::FileRef};
use std::{path::PathBuf, time::Duration};
use store::media::{Media, MediaId};

/// So long the address works that a flow or a messenger gets.
const LIFE: Duration = Duration::from_hours(1);

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where its bytes are, if they are on this machine.
    pub path: PathBuf,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Whether a browser may show it; all others are only saved.
    pub is_shown: bool,
}

/// The file at an address, read from its pieces. For a signature that is not ours, an address that works no more and a
/// file that is gone there is none, and nothing tells them apart.
///
/// # Errors
///
/// When the database failed.
pub async fn find(cx: &Context, id: &str, until: &str, signature: &str) -> Result<Option<Found>, store::Error> {
    let reader = cx.store.read();
    let (Ok(id), Ok(until)) = (id.parse::<MediaId>(), until.parse().map(Timestamp)) else {
        return Ok(None);
    };
    if !store::media::verify(reader, id, until, signature) || until <= cx.now() {
        return Ok(None);
    }
    let media = store::media::get(reader, id).await?;
    Ok(media.map(|media| Found {
        path: folder(cx).path(id),
        is_shown: kind::is_shown(&media.mime),
        name: media.name,
        mime: media.mime,
    }))
}

/// Where the bytes are.
pub(crate) fn folder(cx: &Context) -> Folder {
    Folder::new(cx.policy.media.folder.clone())
}

/// A file as a flow sees it, in place of what its messenger said of it.
pub(crate) fn file_ref(cx: &Context, media: &Media, provider_ref: &str) -> FileRef {
    let until = cx.now().after(LIFE).min(media.expires_at);
    FileRef {
        provider_ref: provider_ref.to_owned(),
        url: Some(address::absolute(cx, media.id, &media.name, until)),
        mime: Some(media.mime.clone()),
        name: Some(media.name.clone()),
        size: Some(media.size),
        sha256: Some(media.sha256.clone()),
        expires_at: Some(until),
    }
}
