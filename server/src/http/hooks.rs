//! The providers' door: whatever is below `/chat` goes to the gateway of that URI, byte for byte.
//!
//! Messengers are no browsers: no session, no pages, no compression. What they ask for is not in the log of requests,
//! because a path may end with a secret; what is turned away is counted.

use super::AppState;
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use engine::pipeline::{Answer, Knock, knock};
use std::time::Duration;
use tokio::time::timeout;

/// What stands before a gateway's URI.
const PREFIX: &str = "/chat";
/// The largest body.
const LARGEST: usize = 1 << 20;
/// So long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(15);

/// Hands a request to its gateway.
pub async fn hook(State(state): State<AppState>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = match timeout(PATIENCE, to_bytes(body, LARGEST)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return plain(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => return plain(StatusCode::REQUEST_TIMEOUT),
    };
    let path = parts.uri.path();
    let answer = knock(
        &state.cx,
        Knock {
            path: path.strip_prefix(PREFIX).unwrap_or(path).to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            method: parts.method,
            headers: parts.headers,
            body,
        },
    )
    .await;
    respond(answer)
}

fn respond(answer: Answer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = plain(status);
    if let Some(content_type) = answer.content_type {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    *response.body_mut() = Body::from(answer.body);
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
