//! Answers in JSON.

use axum::{body::Body, response::Response};
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

/// JSON with a status.
pub(crate) fn json(status: u16, body: &impl Serialize) -> Response {
    let body = serde_json::to_vec(body).unwrap_or_default();
    raw(status, "application/json", body)
}

/// Any body with a status.
pub(crate) fn raw(status: u16, mime: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(Body::from(body.into()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response
}

/// A file.
pub(crate) fn file(file: &crate::files::Stored) -> Response {
    let mut response = raw(200, "application/octet-stream", file.bytes.clone());
    if let Ok(mime) = HeaderValue::from_str(&file.mime)
        && !file.mime.is_empty()
    {
        response.headers_mut().insert(header::CONTENT_TYPE, mime);
    }
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, name);
    }
    response
}
