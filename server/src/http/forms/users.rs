//! The card of a user.

use super::{Submission, card, nowhere_for};
use crate::http::AppState;
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use model::{Fields, UserId, Version};

/// Saves a new user.
pub async fn create(State(state): State<AppState>, mut submission: Submission) -> Response {
    submission.take_version();
    let done = engine::users::create(&submission.cx, &submission.actor, &submission.fields).await;
    let done = done
        .map(|(user, _)| format!("/users/{}", user.id))
        .map_err(AppError::from);
    let shown = without_password(&submission.fields);
    card::answer(&state, submission, done, shown, Version::default()).await
}

/// Saves changes to a user.
pub async fn update(State(state): State<AppState>, Path(id): Path<String>, mut submission: Submission) -> Response {
    let Ok(id) = id.parse::<UserId>() else {
        return nowhere_for(&state, submission).await;
    };
    let version = submission.take_version();
    let done = engine::users::update(&submission.cx, &submission.actor, id, version, &submission.fields).await;
    let done = done
        .map(|(user, _)| format!("/users/{}", user.id))
        .map_err(AppError::from);
    let shown = without_password(&submission.fields);
    card::answer(&state, submission, done, shown, version).await
}

fn without_password(fields: &Fields) -> Fields {
    let mut fields = fields.clone();
    fields.remove("password");
    fields
}
