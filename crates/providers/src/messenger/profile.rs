//! Who a person is, as Meta tells it to the page or account that the person wrote to.

use super::{
    accounts,
    graph::{Graph, Token},
};
use crate::{Account, MetaKind, Wire, lenient::filled};
use model::message::{Peer, ProviderError, Thread};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    first_name: Option<String>,
    last_name: Option<String>,
    name: Option<String>,
    username: Option<String>,
    #[serde(rename = "profile_pic")]
    picture: Option<String>,
    locale: Option<String>,
}

/// Asks Meta for the name and picture of a person; its events carry neither, but for `WhatsApp`, which tells no more.
///
/// # Errors
///
/// [`ProviderError`]; the person has a name only after it has written.
pub async fn profile(wire: &Wire, account: &Account, thread: &Thread, peer: &Peer) -> Result<Peer, ProviderError> {
    let meta = accounts::of_thread(account, thread)?;
    let fields = match meta.kind {
        MetaKind::Facebook => "first_name,last_name,profile_pic,locale",
        MetaKind::Instagram => "name,username,profile_pic",
        MetaKind::WhatsApp => return Ok(peer.clone()),
    };
    let graph = Graph::new(wire, account);
    let token = Token::of(account, meta);
    let found: Profile = graph.get(&peer.external_id, &[("fields", fields)], &token).await?;
    let names = [filled(found.first_name.as_deref()), filled(found.last_name.as_deref())];
    let names: Vec<_> = names.into_iter().flatten().collect();
    let name = filled(found.name.as_deref()).or_else(|| filled(Some(&names.join(" "))));
    Ok(Peer {
        display_name: name.or_else(|| peer.display_name.clone()),
        username: filled(found.username.as_deref()).or_else(|| peer.username.clone()),
        avatar_url: filled(found.picture.as_deref()).or_else(|| peer.avatar_url.clone()),
        locale: filled(found.locale.as_deref()).or_else(|| peer.locale.clone()),
        ..peer.clone()
    })
}
