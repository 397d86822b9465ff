//! Takes an account off the card.

use super::{
    MetaError,
    changed::{change, commit},
};
use crate::{Context, access::Actor};
use model::{GatewayId, Letter, MetaKind, Section};
use store::{
    meta_accounts,
    secrets::{self, Owner},
};

/// Removes an account. One that Meta was asked to tell of is taken off in the background, and its token is gone then; the
/// token of any other is gone at once.
///
/// # Errors
///
/// [`MetaError::NoAccount`] when it was removed before.
pub async fn remove(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    kind: MetaKind,
    id: &str,
) -> Result<(), MetaError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let present = store::gateways::get(&tx, gateway).await?;
    let present = present.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let known = meta_accounts::known(&tx, gateway).await?;
    let mut known = known.iter().filter(|known| known.removed_at.is_none());
    let found = known.find(|known| known.account.kind == kind.code() && known.account.id == id);
    let found = found.ok_or(MetaError::NoAccount(kind))?;
    if found.announced {
        meta_accounts::leave(&tx, gateway, kind.code(), id, cx.now()).await?;
    } else {
        meta_accounts::remove(&tx, gateway, kind.code(), id).await?;
        secrets::remove(&tx, Owner::Gateways, gateway.0, &found.account.secret()).await?;
    }
    let change = change(kind, &found.account, "", "removed");
    commit(cx, tx, actor, &present, &[change]).await
}
