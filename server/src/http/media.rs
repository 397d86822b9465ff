//! Files of peers, for whoever has a signed address: people and systems that a flow tells of them, and messengers.
//!
//! Beside all that browsers need: no session, no pages. An address that was never signed, one that works no more and one
//! of a file that is gone get the same answer. The log of requests does not name them: an address is a key.

use super::{AppState, attachment};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use engine::media::{self, Found};
use tower::ServiceExt;
use tower_http::services::ServeFile;

/// A picture, a film and a recording are shown by themselves; nothing else is loaded, and nothing runs.
const HARMLESS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
);
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");
const NO_REFERRER: HeaderValue = HeaderValue::from_static("no-referrer");
const NO_STORE: HeaderValue = HeaderValue::from_static("private, no-store");
const NO_INDEX: HeaderValue = HeaderValue::from_static("noindex");
/// A system that a flow tells of a file may show it on its own pages.
const CROSS_ORIGIN: HeaderValue = HeaderValue::from_static("cross-origin");

/// Gives a file, or a part of it.
pub async fn file(
    State(state): State<AppState>,
    Path((id, _name)): Path<(String, String)>,
    request: Request,
) -> Response {
    let query = request.uri().query().unwrap_or_default();
    let found = media::find(&state.cx, &id, value(query, "e"), value(query, "s")).await;
    let found = match found {
        Ok(Some(found)) => found,
        Ok(None) => return nothing(),
        Err(error) => {
            tracing::warn!(error = %error, "a file could not be looked up");
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    // This service can't fail: what goes wrong is an answer.
    let Ok(served) = ServeFile::new(&found.path).oneshot(request).await;
    if served.status() == StatusCode::NOT_FOUND {
        tracing::warn!(path = %found.path.display(), "a file of a peer is not on this machine");
        return nothing();
    }
    let mut response = served.map(Body::new).into_response();
    dress(&mut response, &found);
    response
}

/// The value of a key of a query; ours need no decoding.
fn value<'q>(query: &'q str, key: &str) -> &'q str {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == key).map_or("", |(_, value)| value)
}

fn nothing() -> Response {
    let text = "There is nothing at this address, or not any more.";
    let mut response = (StatusCode::NOT_FOUND, text).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}

fn dress(response: &mut Response, found: &Found) {
    let kind = HeaderValue::try_from(&found.mime).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let (name, end) = match found.name.rsplit_once('.') {
        Some((name, end)) if end.bytes().all(|byte| byte.is_ascii_alphanumeric()) => (name, format!(".{end}")),
        _ => (found.name.as_str(), String::new()),
    };
    let disposition = if found.is_shown {
        attachment::shown(name, "file", &end)
    } else {
        attachment::header(name, "file", &end)
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, HARMLESS),
        (header::X_CONTENT_TYPE_OPTIONS, NOSNIFF),
        (header::REFERRER_POLICY, NO_REFERRER),
        (header::CACHE_CONTROL, NO_STORE),
        (HeaderName::from_static("x-robots-tag"), NO_INDEX),
        (HeaderName::from_static("cross-origin-resource-policy"), CROSS_ORIGIN),
    ] {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_as_we_write_it() {
        assert_eq!(value("e=1&s=ab_-", "s"), "ab_-");
        assert_eq!(value("e=1&e=2", "e"), "1");
        assert_eq!((value("", "e"), value("e", "e")), ("", ""));
    }
}
