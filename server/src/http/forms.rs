//! Forms of browsers without JavaScript: posted to the page's own address, as urlencoded pairs.
//!
//! What is accepted leads to a page with GET, so that reloading sends nothing twice; what is refused is shown again as it
//! was typed, with what is wrong. Each form calls the same action as its server function.

mod card;
mod flows;
mod gateway_log;
mod gateways;
mod meta;
mod refused;
mod roles;
mod session;
mod submission;
mod users;

use super::{AppState, answer, asked::is_page, pages};
use app::error::AppError;
use axum::{
    Router,
    extract::{Request, State},
    http::{Method, request::Parts},
    middleware::Next,
    response::Response,
    routing::post,
};
use refused::Refused;
use submission::Submission;
use tower::ServiceExt;

/// The routes of all forms.
pub fn router(state: &AppState) -> Router {
    Router::new()
        .route("/sign-in", post(session::sign_in))
        .route("/sign-out", post(session::sign_out))
        .route("/sign-out-everywhere", post(session::sign_out_everywhere))
        .route("/password", post(session::change_password))
        .route("/chat-gateways/new/{provider}/{tab}", post(gateways::create))
        .route("/chat-gateways/{id}/register-again", post(gateways::register_again))
        .route("/chat-gateways/{id}/sign-in/{kind}", post(meta::sign_in))
        .route("/chat-gateways/{id}/refresh/{kind}", post(meta::refresh))
        .route("/chat-gateways/{id}/{tab}", post(gateways::update))
        .route("/chat-gateways/{id}/deliveries/again", post(gateway_log::all_again))
        .route("/chat-gateways/{id}/deliveries/{delivery}", post(gateway_log::again))
        .route(
            "/chat-gateways/{id}/conversations/{conversation}",
            post(gateway_log::end),
        )
        .route("/flows/new/{kind}", post(flows::create_at))
        .route("/flows/new/{kind}/{tab}", post(flows::create))
        .route("/flows/{id}/{tab}", post(flows::update))
        .route("/users/new", post(users::create))
        .route("/users/{id}", post(users::update))
        .route("/roles/new", post(roles::create))
        .route("/roles/{id}", post(roles::update))
        .fallback(nowhere)
        .with_state(state.clone())
}

/// Leads what is posted to a page to its form.
pub async fn posted(State(forms): State<Router>, request: Request, next: Next) -> Response {
    if *request.method() != Method::POST || !is_page(request.uri().path()) {
        return next.run(request).await;
    }
    match forms.oneshot(request).await {
        Ok(response) => response,
    }
}

async fn nowhere(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    pages::not_found(&state, parts).await
}

/// A form of an object that cannot exist.
async fn nowhere_for(state: &AppState, submission: Submission) -> Response {
    pages::not_found(state, submission.parts).await
}

/// The page behind a saved form, which says that it was saved.
fn saved(path: &str) -> Response {
    answer::see_other(&format!("{path}?saved=1"))
}

/// Shows a refused form again.
async fn show_again(state: &AppState, parts: Parts, refused: Refused) -> Response {
    let Refused { error, fields } = refused;
    if error.is(AppError::PASSWORD_CHANGE) {
        return answer::see_other("/password");
    }
    match error.status {
        404 => pages::not_found(state, parts).await,
        401 => refused::sign_in_and_send_again(state, &parts, &error, &fields),
        _ => pages::refused(state, parts, app::api::Posted { fields, error }).await,
    }
}
