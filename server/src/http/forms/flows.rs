//! The card of a flow schema.

use super::{Submission, card, nowhere_for};
use crate::http::AppState;
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{FlowId, FlowKind, Version};

/// Saves a new flow schema from the address without a tab.
pub async fn create_at(state: State<AppState>, Path(kind): Path<String>, submission: Submission) -> Response {
    create(state, Path((kind, "general".to_owned())), submission).await
}

/// Saves a new flow schema.
pub async fn create(
    State(state): State<AppState>,
    Path((kind, tab)): Path<(String, String)>,
    mut submission: Submission,
) -> Response {
    let Ok(kind) = kind.parse::<FlowKind>() else {
        return nowhere_for(&state, submission).await;
    };
    submission.take_version();
    let done = engine::flows::create(&submission.cx, &submission.actor, kind, &submission.fields).await;
    let done = done
        .map(|flow| format!("/flows/{}/{}", flow.id, checked(&tab)))
        .map_err(AppError::from);
    let shown = submission.fields.clone();
    card::answer(&state, submission, done, shown, Version::default()).await
}

/// Saves changes to a flow schema.
pub async fn update(
    State(state): State<AppState>,
    Path((id, tab)): Path<(String, String)>,
    mut submission: Submission,
) -> Response {
    let Ok(id) = id.parse::<FlowId>() else {
        return nowhere_for(&state, submission).await;
    };
    let version = submission.take_version();
    let done = engine::flows::update(&submission.cx, &submission.actor, id, version, &submission.fields).await;
    let done = done
        .map(|flow| format!("/flows/{}/{}", flow.id, checked(&tab)))
        .map_err(AppError::from);
    let shown = submission.fields.clone();
    card::answer(&state, submission, done, shown, version).await
}

/// A tab that there is.
fn checked(tab: &str) -> &'static str {
    if tab == "constructor" { "constructor" } else { "general" }
}
