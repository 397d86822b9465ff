//! Removing flow schemas.

use crate::{Context, RemoveError, access::Actor, audit, removal};
use model::{FlowId, Letter, Removal, Section};
use std::collections::{BTreeMap, BTreeSet};
use store::{Tx, flows::UsedBy};

/// How many of those who need a flow schema are named.
const NAMED: usize = 5;

/// Removes flow schemas that no gateway uses and none that stays calls; the result of the others names who needs them.
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
    let refused = refused(&tx, &flows).await?;
    let free: Vec<FlowId> = flows.into_iter().filter(|id| !refused.contains_key(&id.0)).collect();
    store::flow_calls::clear(&tx, &free).await?;
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

/// Which flow schemas stay, and why.
async fn refused(tx: &Tx, flows: &[FlowId]) -> Result<BTreeMap<i64, String>, RemoveError> {
    let used = store::flows::used_by(tx, flows).await?;
    let calls = store::flow_calls::callers(tx, flows).await?;
    let staying = staying(flows, used.iter().map(|used| used.flow), &calls);
    let callers = callers(tx, flows, &staying, &calls).await?;
    let mut reasons: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for used in &used {
        reasons.entry(used.flow.0).or_default().push(used_by(used));
    }
    for (called, reason) in callers {
        reasons.entry(called.0).or_default().push(reason);
    }
    Ok(reasons
        .into_iter()
        .map(|(id, reasons)| (id, reasons.join(" ")))
        .collect())
}

/// The flow schemas that can't go: what a gateway uses, and what is called by one that stays.
fn staying(flows: &[FlowId], used: impl Iterator<Item = FlowId>, calls: &[(FlowId, FlowId)]) -> BTreeSet<FlowId> {
    let going: BTreeSet<FlowId> = flows.iter().copied().collect();
    let mut calls_of: BTreeMap<FlowId, Vec<FlowId>> = BTreeMap::new();
    for (called, caller) in calls {
        calls_of.entry(*caller).or_default().push(*called);
    }
    let outside = calls.iter().filter(|(_, caller)| !going.contains(caller));
    let mut next: Vec<FlowId> = used.chain(outside.map(|(called, _)| *called)).collect();
    let mut staying = BTreeSet::new();
    while let Some(flow) = next.pop() {
        if staying.insert(flow) {
            next.extend(calls_of.get(&flow).into_iter().flatten());
        }
    }
    staying
}

/// For each flow schema that is called by one that stays, a sentence that names the first ones.
async fn callers(
    tx: &Tx,
    flows: &[FlowId],
    staying: &BTreeSet<FlowId>,
    calls: &[(FlowId, FlowId)],
) -> Result<Vec<(FlowId, String)>, RemoveError> {
    let going: BTreeSet<FlowId> = flows.iter().copied().filter(|id| !staying.contains(id)).collect();
    let mut callers: BTreeMap<FlowId, Vec<FlowId>> = BTreeMap::new();
    for (called, caller) in calls.iter().filter(|(_, caller)| !going.contains(caller)) {
        callers.entry(*called).or_default().push(*caller);
    }
    let named: BTreeSet<FlowId> = callers
        .values()
        .flat_map(|callers| callers.iter().copied().take(NAMED))
        .collect();
    let named: Vec<FlowId> = named.into_iter().collect();
    let known: BTreeMap<FlowId, String> = store::flows::names(tx, &named).await?.into_iter().collect();
    let reason = |(called, callers): (FlowId, Vec<FlowId>)| {
        let first = callers
            .iter()
            .take(NAMED)
            .filter_map(|id| known.get(id).map(String::as_str));
        let by = list(first, callers.len() as u64);
        (called, format!("It is called by {by}. Take the call out there first."))
    };
    Ok(callers.into_iter().map(reason).collect())
}

/// Names the gateways that use a flow schema.
fn used_by(used: &UsedBy) -> String {
    let by = list(used.first.iter().map(|(_, name)| name.as_str()), used.count);
    format!("It is used by {by}. Choose another flow schema there first.")
}

/// The first names, and how many more there are.
fn list<'n>(first: impl Iterator<Item = &'n str>, count: u64) -> String {
    let names: Vec<_> = first.map(|name| format!("“{name}”")).collect();
    let more = match count.saturating_sub(names.len() as u64) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{}{more}", names.join(", "))
}
