//! Removes gateways; what is registered for them is taken off in the background.

use crate::{Context, RemoveError, access::Actor, audit, reconciler, removal};
use model::{GatewayId, Letter, Provider, Removal, Secret, Section};
use std::collections::{BTreeMap, BTreeSet};

/// So much of what they leave undone is ended at once; the rest with the next look at what is too old.
const AT_ONCE: u64 = 2_000;

/// Removes gateways with their secrets; what they leave undone is ended. Each gets an audit line. All in one transaction.
///
/// # Errors
///
/// When nothing was tried; a gateway that was gone already is a result, no error.
pub async fn remove(cx: &Context, actor: &Actor, ids: &[i64]) -> Result<Vec<Removal>, RemoveError> {
    actor.may(Section::ChatGateways, Letter::Delete)?;
    removal::check_count(ids)?;
    let gateways: Vec<GatewayId> = ids.iter().copied().map(GatewayId).collect();
    let registered = registered(cx, &gateways).await?;
    let tx = cx.store.begin().await?;
    let names: BTreeMap<i64, String> = store::gateways::names(&tx, &gateways)
        .await?
        .into_iter()
        .map(|(id, name)| (id.0, name))
        .collect();
    for (gateway, luggage) in registered {
        store::departures::put(&tx, gateway, luggage.0, &luggage.1, cx.rng.bytes(), cx.now()).await?;
    }
    store::gateways::remove(&tx, &gateways).await?;
    store::deliveries::abandon(&tx, cx.now(), AT_ONCE).await?;
    store::conversations::abandon(&tx, cx.now(), AT_ONCE).await?;
    let gone = names.iter().map(|(id, name)| (*id, name.as_str()));
    audit::removed(cx, &tx, actor, Section::ChatGateways, gone).await?;
    tx.commit().await?;
    cx.changes.committed();
    for gateway in gateways {
        cx.pipeline.forget(gateway);
    }
    cx.reconciler.wake();
    Ok(removal::results(Section::ChatGateways, ids, &names, &BTreeMap::new()))
}

/// What it takes to take those off at their messengers that are registered there.
async fn registered(
    cx: &Context,
    gateways: &[GatewayId],
) -> Result<Vec<(GatewayId, (Provider, Secret<String>))>, store::Error> {
    let mut registered = Vec::new();
    let reader = cx.store.read();
    let known: BTreeSet<GatewayId> = store::health::registered(reader, gateways)
        .await?
        .into_iter()
        .chain(store::meta_accounts::announced(reader, gateways).await?)
        .collect();
    for gateway in known {
        if let Some(line) = cx.pipeline.inner().accounts.get(cx, gateway).await? {
            let leftovers = reconciler::leftovers(cx, &line).await?;
            registered.push((gateway, (line.kind(), reconciler::pack(&line, &leftovers))));
        }
    }
    Ok(registered)
}
