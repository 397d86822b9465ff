//! The card of a role.

use super::{Submission, card, nowhere_for};
use crate::http::AppState;
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{RoleId, Version};

/// Saves a new role.
pub async fn create(State(state): State<AppState>, mut submission: Submission) -> Response {
    submission.take_version();
    let done = engine::roles::create(&submission.cx, &submission.actor, &submission.fields).await;
    let done = done.map(|role| format!("/roles/{}", role.id)).map_err(AppError::from);
    let shown = submission.fields.clone();
    card::answer(&state, submission, done, shown, Version::default()).await
}

/// Saves changes to a role.
pub async fn update(State(state): State<AppState>, Path(id): Path<String>, mut submission: Submission) -> Response {
    let Ok(id) = id.parse::<RoleId>() else {
        return nowhere_for(&state, submission).await;
    };
    let version = submission.take_version();
    let done = engine::roles::update(&submission.cx, &submission.actor, id, version, &submission.fields).await;
    let done = done.map(|role| format!("/roles/{}", role.id)).map_err(AppError::from);
    let shown = submission.fields.clone();
    card::answer(&state, submission, done, shown, version).await
}
