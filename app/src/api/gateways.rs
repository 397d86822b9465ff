//! Chat gateways.

use super::Posted;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{
    AuditLine, Fields, FlowRef, GatewayId, GatewayRow, Health, ListQuery, Page, Provider, Removal, SecretState, Stamps,
    Version,
};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context, posted};

/// A gateway's card: a saved gateway, or one that is not saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayCard {
    /// Its id; `None` until the first save.
    pub id: Option<GatewayId>,
    /// The messenger.
    pub provider: Provider,
    /// The form's fields; secrets are empty.
    pub fields: Fields,
    /// The chosen flow schema.
    pub flow: Option<FlowRef>,
    /// Which secrets are set.
    pub secrets: Vec<SecretState>,
    /// What the administrator wants.
    pub enabled: bool,
    /// What was last observed of it.
    pub health: Health,
    /// The version that a save must name.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Option<Stamps>,
    /// What stands before the URI in the callback URL: public base URL and `/chat`.
    pub callback_base: String,
    /// A form that was posted without JavaScript and refused.
    pub posted: Option<Posted>,
}

/// One page of the registry.
#[server(prefix = "/api", endpoint = "gateways/list", input = Json)]
pub async fn list_gateways(query: ListQuery) -> Result<Page<GatewayRow>, AppError> {
    answer(engine::gateways::list(&context(), &actor(), &query).await)
}

/// The card of a gateway that is not saved yet, with a fresh URI.
#[server(prefix = "/api", endpoint = "gateways/new", input = Json)]
pub async fn new_gateway(provider: Provider) -> Result<GatewayCard, AppError> {
    let cx = context();
    let fields = answer(engine::gateways::propose(&cx, &actor(), provider))?;
    Ok(GatewayCard {
        id: None,
        provider,
        fields,
        flow: None,
        secrets: Vec::new(),
        enabled: false,
        health: Health::disabled(),
        version: Version::default(),
        stamps: None,
        callback_base: cx.callback_base(),
        posted: posted(),
    })
}

/// The card of a saved gateway.
#[server(prefix = "/api", endpoint = "gateways/get", input = Json)]
pub async fn get_gateway(id: GatewayId) -> Result<GatewayCard, AppError> {
    let cx = context();
    let gateway = answer(engine::gateways::get(&cx, &actor(), id).await)?;
    Ok(card(&cx, gateway))
}

/// Saves a new gateway; it is disabled then.
#[server(prefix = "/api", endpoint = "gateways/create", input = Json)]
pub async fn create_gateway(provider: Provider, fields: Fields) -> Result<GatewayCard, AppError> {
    let cx = context();
    let gateway = answer(engine::gateways::create(&cx, &actor(), provider, &fields).await)?;
    Ok(card(&cx, gateway))
}

/// Saves changes; fields that are missing stay as they are.
#[server(prefix = "/api", endpoint = "gateways/update", input = Json)]
pub async fn update_gateway(id: GatewayId, version: Version, fields: Fields) -> Result<GatewayCard, AppError> {
    let cx = context();
    let gateway = answer(engine::gateways::update(&cx, &actor(), id, version, &fields).await)?;
    Ok(card(&cx, gateway))
}

/// Turns a gateway on or off.
#[server(prefix = "/api", endpoint = "gateways/set_enabled", input = Json)]
pub async fn set_gateway_enabled(id: GatewayId, version: Version, on: bool) -> Result<GatewayRow, AppError> {
    answer(engine::gateways::set_enabled(&context(), &actor(), id, version, on).await)
}

/// Removes gateways; the answer has a result for each.
#[server(prefix = "/api", endpoint = "gateways/remove", input = Json)]
pub async fn remove_gateways(ids: Vec<i64>) -> Result<Vec<Removal>, AppError> {
    answer(engine::gateways::remove(&context(), &actor(), &ids).await)
}

/// What was done to a gateway, the newest first; `before` is the id of the last line that is shown already.
#[server(prefix = "/api", endpoint = "gateways/history", input = Json)]
pub async fn gateway_history(id: GatewayId, before: Option<i64>) -> Result<Vec<AuditLine>, AppError> {
    answer(engine::gateways::history(&context(), &actor(), id, before).await)
}

#[cfg(feature = "ssr")]
fn card(cx: &engine::Context, gateway: model::Gateway) -> GatewayCard {
    GatewayCard {
        id: Some(gateway.id),
        provider: gateway.settings.provider(),
        fields: gateway.fields(),
        flow: gateway.flow,
        secrets: gateway.secrets,
        enabled: gateway.enabled,
        health: gateway.health,
        version: gateway.version,
        stamps: Some(gateway.stamps),
        callback_base: cx.callback_base(),
        posted: posted(),
    }
}
