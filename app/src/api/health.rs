//! What was observed of a chat gateway at its messenger, and what can be done about it.

use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{Fields, GatewayId, Health, Provider};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context};

/// What a try of a gateway's settings showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayTest {
    /// Whether the messenger accepts them.
    pub works: bool,
    /// In a sentence.
    pub sentence: String,
}

/// What was last observed of a gateway.
#[server(prefix = "/api", endpoint = "gateways/health", input = Json)]
pub async fn gateway_health(id: GatewayId) -> Result<Health, AppError> {
    let gateway = answer(engine::gateways::get(&context(), &actor(), id).await)?;
    Ok(gateway.health)
}

/// Announces a gateway once more; with `take_over` also when its messenger sends its events to somebody else.
#[server(prefix = "/api", endpoint = "gateways/register_again", input = Json)]
pub async fn register_gateway_again(id: GatewayId, take_over: bool) -> Result<(), AppError> {
    answer(engine::gateways::register_again(&context(), &actor(), id, take_over).await)
}

/// Asks the messenger whether it accepts a form; `id` is the saved gateway whose secrets stand in for those that were
/// not typed.
#[server(prefix = "/api", endpoint = "gateways/test", input = Json)]
pub async fn test_gateway(provider: Provider, id: Option<GatewayId>, fields: Fields) -> Result<GatewayTest, AppError> {
    let tested = answer(engine::gateways::test(&context(), &actor(), provider, id, &fields).await)?;
    Ok(GatewayTest {
        works: tested.works,
        sentence: tested.sentence,
    })
}
