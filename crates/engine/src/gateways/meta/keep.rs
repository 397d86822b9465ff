//! Keeps what was found at Meta.

use super::{
    MetaError,
    changed::{change, commit},
    details, to_json,
};
use crate::{Context, access::Actor};
use model::{GatewayId, MetaDetails, MetaFound, MetaKind, Section};
use providers::messenger::{Found, Reached};
use store::{
    Tx,
    meta_accounts::{self, Known, MetaAccount},
    secrets::{self, NewSecret, Owner},
};

/// Keeps what a token reaches, in one transaction; `own_tokens` says whether each account has a token of its own, or all
/// speak with the one that is saved with the gateway.
pub(super) async fn keep(
    cx: &Context,
    actor: &Actor,
    gateway: GatewayId,
    kind: MetaKind,
    reached: Reached,
    own_tokens: bool,
) -> Result<MetaFound, MetaError> {
    let tx = cx.store.begin().await?;
    let present = store::gateways::get(&tx, gateway).await?;
    let present = present.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let known = meta_accounts::known(&tx, gateway).await?;
    let known: Vec<&Known> = known.iter().filter(|known| known.account.kind == kind.code()).collect();
    let mut changes = Vec::new();
    let mut told = MetaFound {
        found: reached.accounts.len(),
        ..MetaFound::default()
    };
    for lost in known.iter().filter(|known| is_lost(known, &reached, own_tokens)) {
        lose(cx, &tx, gateway, &lost.account, NOT_NAMED).await?;
        changes.push(change(kind, &lost.account, "", "no longer named by Meta"));
        told.gone += 1;
    }
    for found in &reached.accounts {
        let before = known.iter().find(|known| known.account.id == found.id);
        let account = account(kind, found, &reached.granted_by);
        meta_accounts::put(&tx, gateway, &account, cx.now()).await?;
        put_token(cx, &tx, actor, gateway, &account, own_tokens.then_some(found)).await?;
        match before {
            Some(before) if before.removed_at.is_none() && before.gone_at.is_none() => {}
            Some(before) if before.removed_at.is_none() => {
                changes.push(change(kind, &account, "", "named by Meta again"));
            }
            _ => {
                changes.push(change(kind, &account, "", "added"));
                told.added += 1;
            }
        }
    }
    commit(cx, tx, actor, &present, &changes).await?;
    Ok(told)
}

const NOT_NAMED: &str =
    "Meta no longer names it to whoever connected it: a page was deselected at Meta, or a role was lost.";

/// Whether an account that was known should have been named and was not: the same person had connected it, and this is
/// all that the person sees.
fn is_lost(known: &Known, reached: &Reached, own_tokens: bool) -> bool {
    let account = &known.account;
    let is_named = reached.accounts.iter().any(|found| found.id == account.id);
    if is_named || known.removed_at.is_some() || known.gone_at.is_some() || reached.only_page.is_some() {
        return false;
    }
    // All numbers without a token of their own speak with the one that is saved now, whoever connected them.
    let granted_by = details(account).granted_by;
    !own_tokens || (granted_by == reached.granted_by && !granted_by.is_empty())
}

/// Notes that an account is gone, and why.
pub(super) async fn lose(
    cx: &Context,
    tx: &Tx,
    gateway: GatewayId,
    account: &MetaAccount,
    why: &str,
) -> Result<(), store::Error> {
    let lost = MetaAccount {
        details: to_json(&MetaDetails {
            trouble: why.to_owned(),
            ..details(account)
        }),
        ..account.clone()
    };
    meta_accounts::lose(tx, gateway, &lost, cx.now()).await
}

fn account(kind: MetaKind, found: &Found, granted_by: &str) -> MetaAccount {
    MetaAccount {
        kind: kind.code().to_owned(),
        id: found.id.clone(),
        parent: found.parent.clone(),
        name: found.name.clone(),
        details: to_json(&MetaDetails {
            granted_by: granted_by.to_owned(),
            ..found.details.clone()
        }),
        subscribed: false,
    }
}

/// Seals the token that speaks for an account; one that speaks with the gateway's has none.
async fn put_token(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    gateway: GatewayId,
    account: &MetaAccount,
    own: Option<&Found>,
) -> Result<(), store::Error> {
    let field = account.secret();
    let Some(found) = own else {
        return secrets::remove(tx, Owner::Gateways, gateway.0, &field).await.map(drop);
    };
    let secret = NewSecret {
        field: &field,
        value: &found.token,
        nonce: cx.rng.bytes(),
    };
    secrets::put(tx, Owner::Gateways, gateway.0, &secret, cx.now(), actor.name()).await
}
