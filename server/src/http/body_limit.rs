//! The limit of what one request may send.

use super::{AppState, answer, asked::Asked};
use app::error::AppError;
use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use futures::StreamExt;

/// The largest body of a form or a server function in bytes: 2 MiB.
const LIMIT: usize = 2 * 1024 * 1024;
/// How much of a larger one is read and thrown away, so that the browser gets to see the answer.
const PATIENCE: usize = 16 * LIMIT;

/// Reads the body, and answers 413 in words when it is too large.
pub async fn body_limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let asked = Asked::of(request.uri(), request.headers());
    let (parts, body) = request.into_parts();
    let error = match read(body).await {
        Ok(Some(bytes)) => return next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(None) => AppError::new(
            "too_large",
            413,
            "This is larger than 2 MiB, so it was not read. Send less at once.",
        ),
        Err(_) => AppError::new(
            AppError::INVALID,
            400,
            "The request ended before it was complete. Try again.",
        ),
    };
    answer::refusal(&state, asked, &error)
}

/// The whole body; `None` when it is too large.
async fn read(body: Body) -> Result<Option<Vec<u8>>, axum::Error> {
    let mut stream = body.into_data_stream();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = stream.next().await {
        let chunk = chunk?;
        length = length.saturating_add(chunk.len());
        if length > PATIENCE {
            break;
        }
        if length <= LIMIT {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((length <= LIMIT).then_some(bytes))
}
