//! Whether the process lives, for whoever restarts it, and whether it can serve, for whoever sends it visitors.

use super::AppState;
use axum::{extract::State, http::StatusCode};

/// Answers as soon as the server listens.
pub async fn alive() -> &'static str {
    "ok"
}

/// Answers whether the database does, and nobody has asked the server to stop.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.edge.shutdown.has_begun() || state.cx.pipeline.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "the server is stopping");
    }
    match state.cx.store.ping().await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(error = %error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
