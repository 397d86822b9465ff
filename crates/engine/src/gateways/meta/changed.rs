//! The end of every change of accounts.

use super::MetaError;
use crate::{
    Context,
    access::Actor,
    audit::{self, Object},
};
use model::{Action, FieldChange, Gateway, MetaKind, Section};
use store::{Tx, meta_accounts::MetaAccount};

/// Records what was done and commits; then the reconciler looks at the gateway, and open pages hear of it.
pub(super) async fn commit(
    cx: &Context,
    tx: Tx,
    actor: &Actor,
    gateway: &Gateway,
    changes: &[FieldChange],
) -> Result<(), MetaError> {
    record(cx, &tx, actor, gateway, changes).await?;
    tx.commit().await?;
    cx.changes.committed();
    cx.pipeline.forget(gateway.id);
    cx.reconciler.wake();
    Ok(())
}

/// Records what was done, and has the reconciler look at the gateway once it is committed.
pub(crate) async fn record(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    gateway: &Gateway,
    changes: &[FieldChange],
) -> Result<(), store::Error> {
    if !changes.is_empty() {
        let object = Object {
            section: Section::ChatGateways,
            id: gateway.id.0,
            name: &gateway.name,
        };
        audit::record(cx, tx, actor, object, Action::AccountsChanged, changes).await?;
    }
    // Also of one that is disabled something may have to be taken off.
    store::health::wake(tx, gateway.id, false, cx.now()).await
}

/// What happened to an account, for the record.
pub(crate) fn change(kind: MetaKind, account: &MetaAccount, from: &str, to: &str) -> FieldChange {
    let name = if account.name.is_empty() {
        &account.id
    } else {
        &account.name
    };
    audit::changed(&account.secret(), &format!("{} “{name}”", kind.one()), from, to)
}

/// That an account was subscribed, or is no longer.
pub(crate) fn subscribed(kind: MetaKind, account: &MetaAccount, on: bool) -> FieldChange {
    let word = |on| if on { "subscribed" } else { "not subscribed" };
    change(kind, account, word(!on), word(on))
}
