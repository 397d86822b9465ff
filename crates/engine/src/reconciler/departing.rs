//! Takes gateways off at their messengers that were removed here.

use super::{FIRST, next_look, under_way};
use crate::{Context, pipeline::Line};
use model::{GatewayId, Secret, Settings};
use providers::{Account, MetaAccount, MetaKind};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use store::departures::Departure;
use tokio::{sync::Semaphore, time::sleep};

/// After so long nobody tries any more, and what was kept for it is gone.
const LONGEST: Duration = Duration::from_hours(24);

/// What it takes to take a gateway off, sealed as one piece until it is done.
#[derive(Serialize, Deserialize)]
struct Luggage {
    name: String,
    settings: String,
    secrets: BTreeMap<String, String>,
    callback_url: String,
    door_secret: String,
    meta: Vec<(String, String, String, String)>,
}

/// Packs what it takes to take a gateway off, with accounts that were to be taken off before it.
pub(crate) fn pack(line: &Line, leftovers: &[MetaAccount]) -> Secret<String> {
    let account = &line.account;
    let luggage = Luggage {
        name: account.name.clone(),
        settings: account.settings.to_json(),
        secrets: account
            .secrets
            .iter()
            .map(|(field, secret)| (field.clone(), secret.expose().clone()))
            .collect(),
        callback_url: account.callback_url.clone(),
        door_secret: account.door_secret.expose().clone(),
        meta: account
            .meta
            .iter()
            .filter(|meta| meta.subscribed)
            .chain(leftovers)
            .map(|meta| {
                (
                    meta.kind.code().to_owned(),
                    meta.id.clone(),
                    meta.parent.clone(),
                    meta.token.expose().clone(),
                )
            })
            .collect(),
    };
    Secret::new(serde_json::to_string(&luggage).unwrap_or_default())
}

fn unpack(cx: &Context, gateway: GatewayId, luggage: &Secret<String>) -> Option<Account> {
    let luggage: Luggage = serde_json::from_str(luggage.expose()).ok()?;
    let meta = luggage.meta.into_iter().filter_map(|(kind, id, parent, token)| {
        Some(MetaAccount {
            kind: kind.parse::<MetaKind>().ok()?,
            id,
            parent,
            name: String::new(),
            token: Secret::new(token),
            subscribed: true,
        })
    });
    Some(Account {
        gateway,
        name: luggage.name,
        settings: Settings::from_json(&luggage.settings).ok()?,
        secrets: luggage
            .secrets
            .into_iter()
            .map(|(field, secret)| (field, Secret::new(secret)))
            .collect(),
        callback_url: luggage.callback_url,
        is_public: cx.pipeline.inner().outside.is_public,
        door_secret: Secret::new(luggage.door_secret),
        meta: meta.collect(),
        endpoints: Arc::clone(&cx.pipeline.inner().outside.endpoints),
    })
}

/// Tries those whose time has come, some at a time: a messenger that does not answer must not keep the others waiting.
pub(super) async fn look(cx: &Context, shards: &[i64], places: &Arc<Semaphore>) -> Result<(), store::Error> {
    for departure in store::departures::due(cx.store.read(), shards, cx.now(), 20).await? {
        let gateway = departure.gateway;
        if !under_way(cx).insert(gateway) {
            continue;
        }
        cx.reconciler.0.pollers.stop(gateway).await;
        // The semaphore is never closed.
        let place = Arc::clone(places).acquire_owned().await;
        let cx = cx.clone();
        tokio::spawn(async move {
            if let Err(error) = depart(&cx, &departure).await {
                tracing::warn!(gateway.id = gateway.0, error = %error, "how a removed gateway fared could not be recorded; trying again");
                sleep(FIRST).await;
            }
            under_way(&cx).remove(&gateway);
            drop(place);
        });
    }
    Ok(())
}

async fn depart(cx: &Context, departure: &Departure) -> Result<(), store::Error> {
    let done = take_off(cx, departure).await;
    let tx = cx.store.begin().await?;
    if done {
        store::departures::done(&tx, departure.gateway).await?;
    } else {
        let next = next_look(cx, departure.failures + 1);
        store::departures::again(&tx, departure.gateway, next).await?;
    }
    tx.commit().await
}

/// Takes one off; says whether nothing is left to do.
async fn take_off(cx: &Context, departure: &Departure) -> bool {
    let gateway = departure.gateway;
    let (Some(provider), Some(account)) = (
        providers::provider(departure.provider),
        unpack(cx, gateway, &departure.luggage),
    ) else {
        return true;
    };
    let wire = cx.wire(&account);
    match provider.disconnect(&wire, &account).await {
        Ok(()) => true,
        Err(error) if !error.class.is_worth_another_try() && error.class != model::message::ErrorClass::Ambiguous => {
            tracing::info!(
                gateway.id = gateway.0,
                "a removed gateway was not taken off, the messenger refuses: {error}"
            );
            true
        }
        Err(error) => {
            let too_long = cx.now().since(departure.removed_at) > LONGEST;
            if too_long {
                tracing::warn!(
                    gateway.id = gateway.0,
                    "a removed gateway was not taken off within a day: {error}"
                );
            }
            too_long
        }
    }
}
