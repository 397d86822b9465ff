//! Each request has a number and one line in the log; a panic becomes an answer with that number.

use super::{AppState, answer, asked::Asked};
use app::error::AppError;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use engine::{Context, RequestId};
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Instant};
use tracing::Instrument;

/// The header that carries the number of the request.
const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers, watches and logs one request.
pub async fn trace(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = new_id(&state.cx);
    let started = Instant::now();
    let asked = Asked::of(request.uri(), request.headers());
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    request.extensions_mut().insert(id.clone());
    let watched = async {
        let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
        // The panic itself was logged where it happened.
        let mut response = answered.unwrap_or_else(|_| answer::refusal(&state, asked, &failure(&id)));
        if let Ok(value) = HeaderValue::from_str(&id.0) {
            response.headers_mut().insert(HEADER, value);
        }
        log(method.as_str(), &path, response.status().as_u16(), started);
        response
    };
    watched.instrument(tracing::info_span!("request", id = %id)).await
}

/// 16 random letters and digits that are not taken for each other.
fn new_id(cx: &Context) -> RequestId {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let bytes = cx.rng.bytes::<16>();
    RequestId(
        bytes
            .iter()
            .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
            .collect(),
    )
}

/// The path is logged without its query, which may hold what somebody searched for.
fn log(method: &str, path: &str, status: u16, started: Instant) {
    let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if status >= 500 {
        tracing::warn!(method, path, status, duration_ms, "answered");
    } else if path.starts_with("/health") || path.starts_with("/pkg/") || path == "/metrics" {
        tracing::debug!(method, path, status, duration_ms, "answered");
    } else {
        tracing::info!(method, path, status, duration_ms, "answered");
    }
}

fn failure(id: &RequestId) -> AppError {
    let message = "Something went wrong on the server. Try again; if it stays, tell the operator the number below.";
    AppError {
        request_id: Some(id.to_string()),
        ..AppError::new("internal", 500, message)
    }
}
