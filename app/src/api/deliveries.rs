//! The log of what came in through a chat gateway and went out.

use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Delivery, DeliveryId, DeliveryPage, DeliveryQuery, GatewayId};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context};

/// A page of a gateway's log, the newest first.
#[server(prefix = "/api", endpoint = "gateways/deliveries", input = Json)]
pub async fn list_deliveries(id: GatewayId, query: DeliveryQuery) -> Result<DeliveryPage, AppError> {
    answer(engine::deliveries::list(&context(), &actor(), id, &query).await)
}

/// How many entries of a gateway's log somebody has to look at, up to 1,000.
#[server(prefix = "/api", endpoint = "gateways/trouble", input = Json)]
pub async fn delivery_trouble(id: GatewayId) -> Result<u64, AppError> {
    let query = DeliveryQuery {
        result: "trouble".to_owned(),
        ..DeliveryQuery::default()
    };
    let page = answer(engine::deliveries::list(&context(), &actor(), id, &query).await)?;
    Ok(page.trouble)
}

/// One entry of a gateway's log.
#[server(prefix = "/api", endpoint = "gateways/delivery", input = Json)]
pub async fn get_delivery(id: GatewayId, delivery: DeliveryId) -> Result<Delivery, AppError> {
    answer(engine::deliveries::get(&context(), &actor(), id, delivery).await)
}

/// Has entries processed or sent once more; tells how many there were whose result allowed it.
#[server(prefix = "/api", endpoint = "gateways/deliver_again", input = Json)]
pub async fn deliver_again(id: GatewayId, deliveries: Vec<DeliveryId>) -> Result<usize, AppError> {
    answer(engine::deliveries::again(&context(), &actor(), id, &deliveries).await)
}

/// Has everything processed or sent once more that somebody has to look at; tells how much it was.
#[server(prefix = "/api", endpoint = "gateways/deliver_all_again", input = Json)]
pub async fn deliver_all_again(id: GatewayId) -> Result<usize, AppError> {
    answer(engine::deliveries::all_again(&context(), &actor(), id).await)
}
