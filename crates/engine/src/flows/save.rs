//! Saving flow schemas.

use super::check;
use crate::{
    Context, SaveError,
    access::Actor,
    audit::{self, Object},
};
use model::{Action, FieldChange, Fields, Flow, FlowId, FlowInput, FlowKind, Letter, Section, Version};
use store::Tx;

/// Saves a new flow schema.
///
/// # Errors
///
/// [`SaveError::Invalid`] names each wrong field, also a name that is taken and a program with mistakes.
pub async fn create(cx: &Context, actor: &Actor, kind: FlowKind, fields: &Fields) -> Result<Flow, SaveError> {
    actor.may(Section::Flows, Letter::Create)?;
    let tx = cx.store.begin().await?;
    let saved = insert(cx, &tx, actor, kind, fields).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(saved)
}

/// The same within a transaction, for somebody who may.
pub(crate) async fn insert(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    kind: FlowKind,
    fields: &Fields,
) -> Result<Flow, SaveError> {
    let (input, calls) = checked(tx, None, fields, None).await?;
    let id = store::flows::insert(tx, kind, &input, cx.now(), actor.name()).await?;
    store::flow_calls::set(tx, id, &calls.unwrap_or_default()).await?;
    let object = Object {
        section: Section::Flows,
        id: id.0,
        name: &input.name,
    };
    audit::record(cx, tx, actor, object, Action::Created, &[]).await?;
    let saved = store::flows::get(tx, id).await?;
    saved.ok_or(SaveError::NotFound(Section::Flows))
}

/// Saves the given fields over the present ones; `seen` is the version that the form was made from. A program that stays
/// as it is is not checked again.
///
/// # Errors
///
/// [`SaveError::Conflict`] when somebody else has saved since; [`SaveError::Invalid`] names each wrong field.
pub async fn update(
    cx: &Context,
    actor: &Actor,
    id: FlowId,
    seen: Version,
    fields: &Fields,
) -> Result<Flow, SaveError> {
    actor.may(Section::Flows, Letter::Update)?;
    let tx = cx.store.begin().await?;
    let before = store::flows::get(&tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Flows))?;
    if before.version != seen {
        let lines = audit::since(&tx, Section::Flows, id.0, seen, before.version).await?;
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Flows, &lines))));
    }
    let after = change(cx, &tx, actor, &before, fields).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(after)
}

/// The same within a transaction, for somebody who may and has just read it.
pub(crate) async fn change(
    cx: &Context,
    tx: &Tx,
    actor: &Actor,
    before: &Flow,
    fields: &Fields,
) -> Result<Flow, SaveError> {
    let id = before.id;
    let present = FlowInput::fields(before);
    let wanted = present.clone().overlaid(fields);
    let (input, calls) = checked(tx, Some(id), &wanted, Some(&before.program)).await?;
    if let Some(calls) = calls {
        store::flow_calls::set(tx, id, &calls).await?;
    }
    if !store::flows::update(tx, id, before.version, &input, cx.now(), actor.name()).await? {
        return Err(SaveError::Conflict(Box::new(audit::conflict(Section::Flows, &[]))));
    }
    let after = store::flows::get(tx, id)
        .await?
        .ok_or(SaveError::NotFound(Section::Flows))?;
    let changes = differences(&present, &FlowInput::fields(&after));
    let object = Object {
        section: Section::Flows,
        id: id.0,
        name: &after.name,
    };
    audit::record(cx, tx, actor, object, Action::Changed, &changes).await?;
    Ok(after)
}

/// Checks a form with its program and says which flow schemas that one calls; nothing if it stays as it is, because an old
/// mistake is no reason to refuse a new name. Everything that is wrong is told at once.
async fn checked(
    tx: &Tx,
    id: Option<FlowId>,
    fields: &Fields,
    before: Option<&str>,
) -> Result<(FlowInput, Option<Vec<FlowId>>), SaveError> {
    let input = FlowInput::parse(fields);
    let program = FlowInput::program_of(fields);
    if before == Some(program) {
        return Ok((input?, None));
    }
    match (input, check::hold(tx, id, program).await?) {
        (input, Ok(checked)) => Ok((input?, Some(checked.calls))),
        (input, Err(mistakes)) => {
            let mut errors = input.err().unwrap_or_default();
            errors.add("program", check::refusal(&mistakes));
            Err(errors.into())
        }
    }
}

/// Which fields differ; of a program only how long it was and is.
pub(crate) fn differences(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let labels = [
        ("name", "Name"),
        ("description", "Description"),
        ("tags", "Tags"),
        ("program", "Program"),
    ];
    let changed = labels.iter().filter(|(key, _)| before.get(key) != after.get(key));
    let change = |(key, label): &(&str, &str)| match *key {
        "program" => {
            let size = |fields: &Fields| format!("a program of {} characters", fields.get("program").chars().count());
            audit::changed(key, label, &size(before), &size(after))
        }
        _ => audit::changed(key, label, before.get(key), after.get(key)),
    };
    changed.map(change).collect()
}
