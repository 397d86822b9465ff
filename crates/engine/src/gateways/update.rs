//! Saves changes to a gateway.

use super::{check_flow, differences, put_secrets};
use crate::{
    Context, SaveError,
    access::Actor,
    audit::{self, Object},
};
use model::{
    Action, FieldErrors, Fields, Gateway, GatewayId, GatewayInput, Letter, Section, Version, form::Control, settings,
};
use store::{
    Tx,
    secrets::{FORMER, NewSecret, Owner},
};

/// Saves the given fields over the present ones; empty secrets keep what is set.
///
/// `seen` is the version that the form was made from. If only the State was switched since, the save goes on.
///
/// # Errors
///
/// [`SaveError::Conflict`] when somebody else has saved since, with what they changed; [`SaveError::Invalid`] names
/// each wrong field, also a URI that differs from the first saved one. Nothing was changed then.
pub async fn update(
    cx: &Context,
    actor: &Actor,
    id: GatewayId,
    seen: Version,
    fields: &Fields,
) -> Result<Gateway, SaveError> {
    actor.may(Section::ChatGateways, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let found = store::gateways::get(&tx, id).await?;
    let before = found.ok_or(SaveError::NotFound(Section::ChatGateways))?;
    if before.version != seen {
        let lines = audit::since(&tx, Section::ChatGateways, id.0, seen, before.version).await?;
        let only_state = |line: &model::AuditLine| matches!(line.action, Action::Enabled | Action::Disabled);
        // A version whose line is missing or too far back may have changed anything.
        let complete = i64::try_from(lines.len()) == Ok(before.version.0.saturating_sub(seen.0));
        if !complete || !lines.iter().all(only_state) {
            return Err(SaveError::Conflict(Box::new(audit::conflict(
                Section::ChatGateways,
                &lines,
            ))));
        }
    }
    let after = change(cx, &tx, actor, &before, fields).await?;
    tx.commit().await?;
    cx.changes.committed();
    cx.pipeline.forget(id);
    cx.reconciler.wake();
    Ok(after)
}

/// The same within a transaction, for somebody who may and has just read it.
pub(crate) async fn change(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    before: &Gateway,
    fields: &Fields,
) -> Result<Gateway, SaveError> {
    let id = before.id;
    let provider = before.settings.provider();
    let present = before.fields();
    if fields.has("uri") && fields.get("uri").trim() != before.uri.as_str() {
        let message = "The URI can't be changed after the first save: the provider knows it.";
        return Err(FieldErrors::one("uri", message).into());
    }
    let set = before.secrets.iter().map(|secret| secret.field.as_str());
    let input = GatewayInput::parse(provider, &present.clone().overlaid(fields), set)?;
    check_enabled(before, &input)?;
    check_flow(tx, actor, before.flow.as_ref().map(|flow| flow.id), input.flow).await??;
    if !store::gateways::update(tx, id, before.version, &input, cx.now(), actor.name()).await? {
        return Err(SaveError::Conflict(Box::new(audit::conflict(
            Section::ChatGateways,
            &[],
        ))));
    }
    keep_former(cx, tx, id, &input, actor.name()).await?;
    put_secrets(cx, tx, id.0, &input.secrets, actor.name()).await?;
    let after = store::gateways::get(tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::ChatGateways))?;
    let name = |gateway: &Gateway| gateway.flow.as_ref().map(|flow| flow.name.clone()).unwrap_or_default();
    let typed = |key: &str| input.secrets.contains_key(key);
    let flows = (name(before), name(&after));
    let changes = differences(provider, &present, &after.fields(), typed, (&flows.0, &flows.1));
    let object = Object {
        section: Section::ChatGateways,
        id: id.0,
        name: &after.name,
    };
    audit::record(cx, tx, actor, object, Action::Changed, &changes).await?;
    if before.enabled {
        store::health::wake(tx, id, false, cx.now()).await?;
    }
    Ok(after)
}

/// Keeps the secrets that are made here and told to the other side by hand, so that it has a day to take the new one.
async fn keep_former(cx: &Context, tx: &Tx, id: GatewayId, input: &GatewayInput, by: &str) -> Result<(), store::Error> {
    let provider = input.settings.provider();
    let is_made_here = |field: &&String| {
        settings::field(provider, field)
            .is_some_and(|field| matches!(field.control, Control::Secret { generate: true, .. }))
    };
    for field in input.secrets.keys().filter(is_made_here) {
        if let Some(former) = store::secrets::open(tx, Owner::Gateways, id.0, field).await? {
            let kept = NewSecret {
                field: &format!("{field}{FORMER}"),
                value: &former,
                nonce: cx.rng.bytes(),
            };
            store::secrets::put(tx, Owner::Gateways, id.0, &kept, cx.now(), by).await?;
        }
    }
    Ok(())
}

/// An enabled gateway must stay able to work.
fn check_enabled(before: &Gateway, input: &GatewayInput) -> Result<(), FieldErrors> {
    if before.enabled && input.flow.is_none() && input.settings.needs_flow() {
        let message = "An enabled gateway needs a flow schema. Choose one, or disable the gateway first.";
        return Err(FieldErrors::one("flow", message));
    }
    Ok(())
}
