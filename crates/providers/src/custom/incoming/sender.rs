//! Who speaks.

use super::super::reading::{Object, Wrong};
use model::message::Peer;

/// The most members of `metadata`.
const MOST: usize = 50;

/// Reads `data.sender`; what is told beside it is kept with the peer.
pub(super) fn read(sender: &Object<'_>, metadata: Option<&Object<'_>>) -> Result<Peer, Wrong> {
    let mut peer = Peer {
        external_id: sender.required("id", Object::id)?,
        display_name: sender.line("name")?,
        username: sender.line("username")?,
        phone: sender.line("phone")?,
        avatar_url: sender.address("avatar_url")?,
        locale: sender.line("locale")?,
        ..Peer::default()
    };
    if let Some(metadata) = metadata {
        peer.extra.extend(metadata.plain(MOST)?);
    }
    // What has a field of its own is not to be faked by a member of the same name.
    for (key, field) in [("email", "email"), ("source", "type")] {
        if let Some(text) = sender.line(field)? {
            peer.extra.insert(key.to_owned(), text);
        }
    }
    Ok(peer)
}
