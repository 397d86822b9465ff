//! The edge of the server functions: programs get JSON and an honest status, whatever goes wrong.

use super::{AppState, answer, asked::is_api};
use app::error::AppError;
use axum::{
    Json,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use engine::RequestId;

/// The header with which a server function marks an error.
const FAILED: &str = "serverfnerror";
/// More than any error has to say.
const LONGEST: usize = 1024 * 1024;

/// There is no such server function.
pub async fn unknown() -> Response {
    let error = AppError::new(
        AppError::NOT_FOUND,
        404,
        "There is no such function. Reload the page and try again.",
    );
    let mut response = Json(&error).into_response();
    answer::dress(&mut response, &error);
    response
}

/// There is something, but not for this method.
pub async fn wrong_method(State(state): State<AppState>, request: Request) -> Response {
    let asked = super::asked::Asked::of(request.uri(), request.headers());
    let error = AppError::new("method", 405, "This address does not take that kind of request.");
    answer::refusal(&state, asked, &error)
}

/// Gives a failed server function the status of its error.
///
/// What fails before the function itself (arguments that can't be read, say) would otherwise count as a failure of the
/// server. Forms of browsers don't come here, so the detour to the page before, which they would get, is left out.
pub async fn honest_status(mut request: Request, next: Next) -> Response {
    if !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    request.headers_mut().remove(header::ACCEPT);
    request.headers_mut().remove(header::REFERER);
    let id = request.extensions().get().map(RequestId::to_string);
    let response = next.run(request).await;
    if response.headers().contains_key(FAILED) {
        honest(response, id).await
    } else {
        response
    }
}

async fn honest(response: Response, id: Option<String>) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, LONGEST).await.unwrap_or_default();
    let error = serde_json::from_slice::<AppError>(&bytes).unwrap_or_else(|_| AppError {
        request_id: id,
        ..AppError::new(
            "internal",
            500,
            "Something went wrong on the server; nothing was changed.",
        )
    });
    let Ok(body) = serde_json::to_vec(&error) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static("application/json"),
    );
    let mut response = Response::from_parts(parts, Body::from(body));
    answer::dress(&mut response, &error);
    response
}
