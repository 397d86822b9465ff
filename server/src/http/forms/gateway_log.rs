//! What is done with a gateway's deliveries and conversations: buttons, each a form without a field.

use super::{Refused, Submission, nowhere_for, show_again};
use crate::http::{AppState, answer};
use app::error::AppError;
use axum::{
    extract::{Path, State},
    response::Response,
};
use engine::GetError;
use model::{ConversationId, DeliveryId, Fields, GatewayId};

/// Has one entry of the log processed or sent once more.
pub async fn again(
    State(state): State<AppState>,
    Path((id, delivery)): Path<(String, String)>,
    submission: Submission,
) -> Response {
    let (Ok(id), Ok(delivery)) = (id.parse::<GatewayId>(), delivery.parse::<DeliveryId>()) else {
        return nowhere_for(&state, submission).await;
    };
    let done = engine::deliveries::again(&submission.cx, &submission.actor, id, &[delivery]).await;
    let page = format!("/chat-gateways/{id}/deliveries/{delivery}");
    answered(&state, submission, done.map(|_| ()), &page).await
}

/// Has everything processed or sent once more that somebody has to look at.
pub async fn all_again(State(state): State<AppState>, Path(id): Path<String>, submission: Submission) -> Response {
    let Ok(id) = id.parse::<GatewayId>() else {
        return nowhere_for(&state, submission).await;
    };
    let done = engine::deliveries::all_again(&submission.cx, &submission.actor, id).await;
    let page = format!("/chat-gateways/{id}/deliveries");
    answered(&state, submission, done.map(|_| ()), &page).await
}

/// Ends a conversation.
pub async fn end(
    State(state): State<AppState>,
    Path((id, conversation)): Path<(String, String)>,
    submission: Submission,
) -> Response {
    let (Ok(id), Ok(conversation)) = (id.parse::<GatewayId>(), conversation.parse::<ConversationId>()) else {
        return nowhere_for(&state, submission).await;
    };
    let done = engine::conversations::end(&submission.cx, &submission.actor, id, conversation).await;
    let page = format!("/chat-gateways/{id}/conversations/{conversation}");
    answered(&state, submission, done, &page).await
}

/// Answers a button whose action is done: on to a page, or the page of the address with what is wrong.
pub(super) async fn answered(
    state: &AppState,
    submission: Submission,
    done: Result<(), GetError>,
    page: &str,
) -> Response {
    match done {
        Ok(()) => answer::see_other(page),
        Err(error) => {
            let error: AppError = submission.numbered(error);
            let fields = Fields::default();
            show_again(state, submission.parts, Refused { error, fields }).await
        }
    }
}
