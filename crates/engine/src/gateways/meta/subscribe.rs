//! Has the messages of an account come to the gateway, or not.

use super::{
    MetaError,
    changed::{commit, subscribed},
    row,
};
use crate::{Context, access::Actor};
use model::{GatewayId, Letter, MetaKind, MetaRow, Section};
use store::meta_accounts;

/// Records the wish that the messages of an account come, or come no longer, and wakes the reconciler.
///
/// What is wished already is no error. The row and its audit line are one transaction.
///
/// # Errors
///
/// [`MetaError::NoAccount`] when the account was removed meanwhile.
pub async fn subscribe(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    kind: MetaKind,
    id: &str,
    on: bool,
) -> Result<MetaRow, MetaError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let present = store::gateways::get(&tx, gateway).await?;
    let present = present.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let known = meta_accounts::known(&tx, gateway).await?;
    let mut known = known.into_iter();
    let found = known.find(|known| known.account.kind == kind.code() && known.account.id == id);
    let mut found = found.ok_or(MetaError::NoAccount(kind))?;
    let is_there = meta_accounts::subscribe(&tx, gateway, kind.code(), id, on).await?;
    if !is_there {
        return Err(MetaError::NoAccount(kind));
    }
    if found.account.subscribed != on {
        let change = subscribed(kind, &found.account, on);
        commit(cx, tx, actor, &present, &[change]).await?;
        found.account.subscribed = on;
    }
    row(found).ok_or(MetaError::NoAccount(kind))
}
