//! The card of a chat gateway.

use super::{Submission, card, gateway_log::answered, nowhere_for};
use crate::http::AppState;
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{GatewayId, Provider, Version, settings};

/// The tab that a card has besides those of its provider.
const HISTORY: &str = "history";

/// Saves a new gateway.
pub async fn create(
    State(state): State<AppState>,
    Path((provider, tab)): Path<(String, String)>,
    submission: Submission,
) -> Response {
    let known = provider
        .parse::<Provider>()
        .ok()
        .filter(|provider| has_tab(*provider, &tab));
    let Some(provider) = known else {
        return nowhere_for(&state, submission).await;
    };
    let mut submission = submission;
    submission.take_version();
    let done = engine::gateways::create(&submission.cx, &submission.actor, provider, &submission.fields).await;
    let done = done
        .map(|gateway| format!("/chat-gateways/{}/{tab}", gateway.id))
        .map_err(AppError::from);
    let shown = submission.fields.clone().without_secrets(provider);
    card::answer(&state, submission, done, shown, Version::default()).await
}

/// Saves changes to a gateway.
pub async fn update(
    State(state): State<AppState>,
    Path((id, tab)): Path<(String, String)>,
    mut submission: Submission,
) -> Response {
    let Ok(id) = id.parse::<GatewayId>() else {
        return nowhere_for(&state, submission).await;
    };
    let version = submission.take_version();
    let done = engine::gateways::update(&submission.cx, &submission.actor, id, version, &submission.fields).await;
    let done = done
        .map(|gateway| format!("/chat-gateways/{}/{tab}", gateway.id))
        .map_err(AppError::from);
    // Which of the fields are secret depends on the provider; no two disagree about a key.
    let shown = Provider::ALL
        .into_iter()
        .fold(submission.fields.clone(), model::Fields::without_secrets);
    card::answer(&state, submission, done, shown, version).await
}

/// Announces a gateway once more at its messenger.
pub async fn register_again(State(state): State<AppState>, Path(id): Path<String>, submission: Submission) -> Response {
    let Ok(id) = id.parse::<GatewayId>() else {
        return nowhere_for(&state, submission).await;
    };
    let done = engine::gateways::register_again(&submission.cx, &submission.actor, id, false).await;
    answered(&state, submission, done, &format!("/chat-gateways/{id}/general")).await
}

fn has_tab(provider: Provider, tab: &str) -> bool {
    tab == HISTORY || settings::tabs(provider).iter().any(|known| known.segment == tab)
}
