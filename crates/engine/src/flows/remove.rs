//! Removing flow schemas.

use crate::{Context, RemoveError, access::Actor, audit, removal};
use model::{FlowId, Letter, Removal, Section};
use std::collections::BTreeMap;
use store::flows::UsedBy;

/// Removes flow schemas that no gateway uses; the result of the others names the gateways.
///
/// # Errors
///
/// When nothing was tried.
pub async fn remove(cx: &Context, actor: &Actor, ids: &[i64]) -> Result<Vec<Removal>, RemoveError> {
    actor.may(Section::Flows, Letter::Delete)?;
    removal::check_count(ids)?;
    let flows: Vec<FlowId> = ids.iter().copied().map(FlowId).collect();
    let tx = cx.store.begin().await?;
    store::flows::hold(&tx, &flows).await?;
    let names: BTreeMap<i64, String> = store::flows::names(&tx, &flows)
        .await?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    let used = store::flows::used_by(&tx, &flows).await?;
    let refused: BTreeMap<i64, String> = used.iter().map(|used| (used.flow.0, reason(used))).collect();
    let free: Vec<FlowId> = flows.into_iter().filter(|id| !refused.contains_key(&id.0)).collect();
    store::flows::remove(&tx, &free).await?;
    let gone = names
        .iter()
        .filter(|(id, _)| !refused.contains_key(id))
        .map(|(id, name)| (*id, name.as_str()));
    audit::removed(cx, &tx, actor, Section::Flows, gone).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(removal::results(Section::Flows, ids, &names, &refused))
}

/// Names the gateways that use a flow schema: the first ones, and how many more there are.
fn reason(used: &UsedBy) -> String {
    let names: Vec<_> = used.first.iter().map(|(_, name)| format!("“{name}”")).collect();
    let more = match used.count.saturating_sub(names.len() as u64) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "It is used by {}{more}. Choose another flow schema there first.",
        names.join(", ")
    )
}
