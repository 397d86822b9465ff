//! Turns a gateway on or off.
//!
//! Only the wish is recorded; the reconciler makes the messenger agree with it afterwards.

use crate::{
    Conflict, Context,
    access::{Actor, Denied},
    audit::{self, Object},
};
use model::{Action, FieldErrors, Gateway, GatewayId, GatewayInput, GatewayRow, Letter, Section, Version};
use store::Tx;

/// Why a gateway could not be turned on or off; nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum SetEnabledError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such gateway, or no longer.
    #[error("This chat gateway does not exist, or it was removed.")]
    NotFound,
    /// It can't work as it is set up.
    #[error("“{name}” can't be enabled yet: {}", .fields.iter().map(|(_, message)| message).collect::<Vec<_>>().join(" "))]
    Incomplete {
        /// The gateway's name.
        name: String,
        /// What is missing.
        fields: FieldErrors,
    },
    /// Somebody else has switched it since.
    #[error(transparent)]
    Conflict(Box<Conflict>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Records the wish that a gateway is on or off.
///
/// `seen` is the version that the switch showed. Other changes since don't matter; another switch does. The row, its
/// audit line and the change notice are one transaction.
///
/// # Errors
///
/// [`SetEnabledError::Incomplete`] when it is turned on without a flow schema or with settings that are not complete.
pub async fn set_enabled(
    cx: &Context,
    actor: &Actor,
    id: GatewayId,
    seen: Version,
    on: bool,
) -> Result<GatewayRow, SetEnabledError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let gateway = store::gateways::get(&tx, id).await?.ok_or(SetEnabledError::NotFound)?;
    if gateway.enabled != on {
        if gateway.version != seen {
            let lines = audit::since(&tx, Section::ChatGateways, id.0, seen, gateway.version).await?;
            let switched = |line: &model::AuditLine| matches!(line.action, Action::Enabled | Action::Disabled);
            if lines.iter().any(switched) {
                return Err(conflict(&lines));
            }
        }
        switch(cx, &tx, actor, &gateway, on).await?;
    }
    let row = store::gateways::rows(&tx, &[id])
        .await?
        .pop()
        .ok_or(SetEnabledError::NotFound)?;
    tx.commit().await?;
    cx.changes.committed();
    cx.pipeline.forget(id);
    cx.reconciler.wake();
    Ok(row)
}

/// The same within a transaction, for somebody who may and has just read that it has to be switched.
pub(crate) async fn switch(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    gateway: &Gateway,
    on: bool,
) -> Result<(), SetEnabledError> {
    if on {
        check_complete(gateway)?;
    }
    if !store::gateways::set_enabled(tx, gateway.id, gateway.version, on, cx.now(), actor.name()).await? {
        return Err(conflict(&[]));
    }
    let object = Object {
        section: Section::ChatGateways,
        id: gateway.id.0,
        name: &gateway.name,
    };
    store::health::switched(tx, gateway.id, on, cx.now()).await?;
    let action = if on { Action::Enabled } else { Action::Disabled };
    Ok(audit::record(cx, tx, actor, object, action, &[]).await?)
}

fn conflict(lines: &[model::AuditLine]) -> SetEnabledError {
    SetEnabledError::Conflict(Box::new(audit::conflict(Section::ChatGateways, lines)))
}

fn check_complete(gateway: &Gateway) -> Result<(), SetEnabledError> {
    let set = gateway.secrets.iter().map(|secret| secret.field.as_str());
    let mut errors = match GatewayInput::parse(gateway.settings.provider(), &gateway.fields(), set) {
        Ok(_) => FieldErrors::default(),
        Err(errors) => errors,
    };
    if gateway.flow.is_none() && gateway.settings.needs_flow() {
        errors.add("flow", "Choose a flow schema first.");
    }
    errors.into_result(()).map_err(|fields| SetEnabledError::Incomplete {
        name: gateway.name.clone(),
        fields,
    })
}
