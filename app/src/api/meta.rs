//! The pages, Instagram accounts and numbers of a Messenger gateway.

use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::{GatewayId, MetaFound, MetaKind, MetaRow};

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, context};
#[cfg(feature = "ssr")]
use engine::gateways::meta;

/// The accounts of a gateway, of every kind, as they were last seen.
#[server(prefix = "/api", endpoint = "gateways/accounts", input = Json)]
pub async fn meta_accounts(id: GatewayId) -> Result<Vec<MetaRow>, AppError> {
    answer(meta::list(&context(), &actor(), id).await)
}

/// Asks Meta what a token reaches, and keeps it; the token itself is not kept.
#[server(prefix = "/api", endpoint = "gateways/find_accounts", input = Json)]
pub async fn find_meta_accounts(id: GatewayId, kind: MetaKind, token: String) -> Result<MetaFound, AppError> {
    let token = model::Secret::new(token);
    answer(meta::find(&context(), &actor(), id, kind, Some(&token)).await)
}

/// Asks Meta how the known accounts of one kind stand.
#[server(prefix = "/api", endpoint = "gateways/refresh_accounts", input = Json)]
pub async fn refresh_meta_accounts(id: GatewayId, kind: MetaKind) -> Result<MetaFound, AppError> {
    answer(meta::refresh(&context(), &actor(), id, kind).await)
}

/// Has the messages of an account come to the gateway, or not.
#[server(prefix = "/api", endpoint = "gateways/subscribe_account", input = Json)]
pub async fn subscribe_meta_account(
    id: GatewayId,
    kind: MetaKind,
    account: String,
    on: bool,
) -> Result<MetaRow, AppError> {
    answer(meta::subscribe(&context(), &actor(), id, kind, &account, on).await)
}

/// Takes an account off the card.
#[server(prefix = "/api", endpoint = "gateways/remove_account", input = Json)]
pub async fn remove_meta_account(id: GatewayId, kind: MetaKind, account: String) -> Result<(), AppError> {
    answer(meta::remove(&context(), &actor(), id, kind, &account).await)
}
