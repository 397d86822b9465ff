//! Removes gateways.

use crate::{Context, RemoveError, access::Actor, audit, removal};
use model::{GatewayId, Letter, Removal, Section};
use std::collections::BTreeMap;

/// Removes gateways with their secrets; each gets an audit line. All in one transaction.
///
/// # Errors
///
/// When nothing was tried; a gateway that was gone already is a result, no error.
pub async fn remove(cx: &Context, actor: &Actor, ids: &[i64]) -> Result<Vec<Removal>, RemoveError> {
    actor.may(Section::ChatGateways, Letter::Delete)?;
    removal::check_count(ids)?;
    let gateways: Vec<GatewayId> = ids.iter().copied().map(GatewayId).collect();
    let tx = cx.store.begin().await?;
    let names: BTreeMap<i64, String> = store::gateways::names(&tx, &gateways)
        .await?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    store::gateways::remove(&tx, &gateways).await?;
    let gone = names.iter().map(|(id, name)| (*id, name.as_str()));
    audit::removed(cx, &tx, actor, Section::ChatGateways, gone).await?;
    tx.commit().await?;
    cx.changes.committed();
    Ok(removal::results(Section::ChatGateways, ids, &names, &BTreeMap::new()))
}
