//! The accounts of a Messenger gateway: buttons that work without JavaScript, too.

use super::{Refused, Submission, nowhere_for, show_again};
use crate::http::{AppState, answer, meta as window};
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use engine::gateways::meta;
use model::{Fields, GatewayId, MetaKind};

/// Begins a sign-in at Meta, in a window of its own.
pub async fn sign_in(
    State(state): State<AppState>,
    Path((id, kind)): Path<(String, String)>,
    submission: Submission,
) -> Response {
    let (Ok(id), Ok(kind)) = (id.parse::<GatewayId>(), kind.parse::<MetaKind>()) else {
        return nowhere_for(&state, submission).await;
    };
    match meta::begin_sign_in(&submission.cx, &submission.actor, id, kind).await {
        Ok(url) => window::lead_to(&state, &url),
        Err(error) => window::failed(&state, &submission.numbered(error)),
    }
}

/// Asks Meta how the accounts of one kind stand.
pub async fn refresh(
    State(state): State<AppState>,
    Path((id, kind)): Path<(String, String)>,
    submission: Submission,
) -> Response {
    let (Ok(id), Ok(kind)) = (id.parse::<GatewayId>(), kind.parse::<MetaKind>()) else {
        return nowhere_for(&state, submission).await;
    };
    match meta::refresh(&submission.cx, &submission.actor, id, kind).await {
        Ok(_) => answer::see_other(&format!("/chat-gateways/{id}/{}", kind.code())),
        Err(error) => {
            let error: AppError = submission.numbered(error);
            let fields = Fields::default();
            show_again(&state, submission.parts, Refused { error, fields }).await
        }
    }
}
