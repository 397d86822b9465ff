//! Somebody has taken back at Meta what the app was allowed.

use super::{
    MetaError,
    changed::{change, commit},
    details, keep,
};
use crate::{Context, access::Actor, pipeline::Line};
use model::{MetaKind, Section};
use providers::messenger::Deauthorised;
use store::{
    meta_accounts,
    secrets::{self, Owner},
};

const WHY: &str = "Whoever connected it has taken the app's permission back. Connect it again.";

/// Forgets the tokens that somebody had granted; their accounts are gone. What was granted anew since stays.
pub(crate) async fn deauthorise(cx: &Context, line: &Line, heard: &Deauthorised) -> Result<(), MetaError> {
    let gateway = line.account.gateway;
    let tx = cx.store.begin().await?;
    let present = store::gateways::get(&tx, gateway).await?;
    let present = present.ok_or(MetaError::NotFound(Section::ChatGateways))?;
    let tokens = secrets::open_all(&tx, Owner::Gateways, gateway.0).await?;
    let mut changes = Vec::new();
    for known in meta_accounts::known(&tx, gateway).await? {
        let account = &known.account;
        let Ok(kind) = account.kind.parse::<MetaKind>() else {
            continue;
        };
        // Meta tells whole seconds.
        let is_older = |token: &secrets::Opened| token.set_at.0 / 1_000 <= heard.at.0 / 1_000;
        let is_theirs = details(account).granted_by == heard.user;
        if !is_theirs || !tokens.get(&account.secret()).is_some_and(is_older) {
            continue;
        }
        secrets::remove(&tx, Owner::Gateways, gateway.0, &account.secret()).await?;
        keep::lose(cx, &tx, gateway, account, WHY).await?;
        // Meta itself tells the app nothing more of it.
        meta_accounts::silence(&tx, gateway, &account.kind, &account.id).await?;
        if known.removed_at.is_some() {
            meta_accounts::remove(&tx, gateway, &account.kind, &account.id).await?;
        } else {
            changes.push(change(kind, account, "", "permission taken back at Meta"));
        }
    }
    commit(cx, tx, &Actor::System, &present, &changes).await
}
