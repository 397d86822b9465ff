//! What Meta was asked to tell of: noted before it is asked, and taken off when nobody wants it any more.
//!
//! So nothing that was announced is forgotten, be it that a gateway was connected by half, that an account was unsubscribed
//! while the gateway was disabled, or that it was removed while Meta could not be reached.

use super::Seen;
use crate::{Context, pipeline::Line};
use model::{GatewayId, MetaKind, Provider, Secret, message::ErrorClass};
use providers::{MetaAccount, messenger};
use std::time::Duration;
use store::{
    meta_accounts::{self, Known},
    secrets::{self, Owner},
};

/// After so long nobody tries any more to take a removed account off, and its token is gone.
const LONGEST: Duration = Duration::from_hours(24);

/// Notes that every subscribed account of a gateway is announced now.
pub(super) async fn announcing(cx: &Context, line: &Line) -> Result<(), store::Error> {
    if line.kind() != Provider::Messenger {
        return Ok(());
    }
    let tx = cx.store.begin().await?;
    meta_accounts::announce(&tx, line.account.gateway).await?;
    tx.commit().await
}

/// Notes that every subscribed account of a gateway was taken off together with it.
pub(super) async fn are_off(cx: &Context, line: &Line) -> Result<(), store::Error> {
    if line.kind() != Provider::Messenger {
        return Ok(());
    }
    let gateway = line.account.gateway;
    let tx = cx.store.begin().await?;
    for known in meta_accounts::known(&tx, gateway).await? {
        if known.account.subscribed {
            meta_accounts::silence(&tx, gateway, &known.account.kind, &known.account.id).await?;
        }
    }
    tx.commit().await
}

/// Takes off what is announced and no longer wanted: accounts that were unsubscribed or removed; with `all` every one, because
/// the gateway is disabled. What could not be done is tried again soon.
pub(super) async fn take_off(cx: &Context, line: &Line, all: bool, seen: &mut Seen) -> Result<(), store::Error> {
    if line.kind() != Provider::Messenger {
        return Ok(());
    }
    let gateway = line.account.gateway;
    let known = meta_accounts::known(cx.store.read(), gateway).await?;
    let is_unwanted = |known: &Known| known.announced && (all || !known.account.subscribed);
    let leaving: Vec<Known> = known.into_iter().filter(is_unwanted).collect();
    if leaving.is_empty() {
        return Ok(());
    }
    let mut staying = line.account.clone();
    if all {
        staying.meta.clear();
    }
    let accounts = with_tokens(cx, gateway, &leaving).await?;
    // The way hides the tokens of those that leave, too.
    let mut whole = staying.clone();
    whole.meta.extend(accounts.iter().cloned());
    let done = messenger::take_off(&cx.wire(&whole), &staying, &accounts).await;
    let may_help = |class: ErrorClass| class.is_worth_another_try() || class == ErrorClass::Ambiguous;
    let again = done.err().filter(|error| may_help(error.class));
    let tx = cx.store.begin().await?;
    for known in &leaving {
        let account = &known.account;
        let is_too_long = known.removed_at.is_some_and(|at| cx.now().since(at) > LONGEST);
        if again.is_some() && !is_too_long {
            seen.failed = true;
            continue;
        }
        meta_accounts::silence(&tx, gateway, &account.kind, &account.id).await?;
        // It may have been added again meanwhile; then it stays, with its token.
        if meta_accounts::remove_left(&tx, gateway, &account.kind, &account.id).await? {
            secrets::remove(&tx, Owner::Gateways, gateway.0, &account.secret()).await?;
        }
    }
    tx.commit().await?;
    if let Some(error) = again {
        tracing::info!(
            gateway.id = gateway.0,
            "accounts could not be taken off at Meta yet: {error}"
        );
    }
    Ok(())
}

/// The accounts that Meta was asked to tell of and that a gateway's line does not name as subscribed.
pub(crate) async fn leftovers(cx: &Context, line: &Line) -> Result<Vec<MetaAccount>, store::Error> {
    let gateway = line.account.gateway;
    let mut known = meta_accounts::known(cx.store.read(), gateway).await?;
    known.retain(|known| known.announced && !known.account.subscribed);
    with_tokens(cx, gateway, &known).await
}

async fn with_tokens(cx: &Context, gateway: GatewayId, known: &[Known]) -> Result<Vec<MetaAccount>, store::Error> {
    let mut accounts = Vec::new();
    for Known { account, .. } in known {
        let Ok(kind) = account.kind.parse::<MetaKind>() else {
            continue;
        };
        let token = secrets::open(cx.store.read(), Owner::Gateways, gateway.0, &account.secret()).await?;
        accounts.push(MetaAccount {
            kind,
            id: account.id.clone(),
            parent: account.parent.clone(),
            name: account.name.clone(),
            token: token.unwrap_or_else(|| Secret::new(String::new())),
            subscribed: false,
        });
    }
    Ok(accounts)
}
