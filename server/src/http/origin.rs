//! Refuses requests that change something and come from another site.
//!
//! Browsers say from where a request comes: `Sec-Fetch-Site`, or `Origin`. A request with neither was not made by a
//! browser, so no visitor's cookie can have been misused.

use super::{AppState, answer, asked::Asked};
use app::error::AppError;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Uri, header, uri::Authority},
    middleware::Next,
    response::Response,
};

/// Lets reading requests and those of our own pages through.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reading || is_ours(request.headers(), request.uri(), &state.cx.policy.public_url) {
        return next.run(request).await;
    }
    let asked = Asked::of(request.uri(), request.headers());
    let message = "This request came from another site, so nothing was changed. Open the page here and try again.";
    answer::refusal(&state, asked, &AppError::new("cross_site", 403, message))
}

fn is_ours(headers: &HeaderMap, uri: &Uri, public_url: &str) -> bool {
    let text = |name| {
        headers
            .get(name)
            .map(|value: &HeaderValue| value.to_str().unwrap_or_default())
    };
    let origin = text(header::ORIGIN);
    match text(header::HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => origin != Some("null"),
        Some(_) => false,
        None => origin.is_none_or(|origin| {
            let host = uri.authority().map(Authority::as_str).or_else(|| text(header::HOST));
            is_origin_of(origin, host, public_url)
        }),
    }
}

/// With https the public address alone counts; without it also the address the browser has asked for.
fn is_origin_of(origin: &str, host: Option<&str>, public_url: &str) -> bool {
    let plain = !public_url.starts_with("https:");
    origin == public_url || (plain && host.is_some() && origin.strip_prefix("http://") == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)], public_url: &str) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_ours(&headers.collect(), &Uri::from_static("/sign-in"), public_url)
    }

    #[test]
    fn the_browsers_own_word_decides() {
        let plain = "http://chat.test";
        assert!(ours(&[("sec-fetch-site", "same-origin")], plain));
        assert!(!ours(&[("sec-fetch-site", "same-site")], plain));
        assert!(!ours(&[("sec-fetch-site", "cross-site")], plain));
        assert!(!ours(&[("sec-fetch-site", "same-origin"), ("origin", "null")], plain));
    }

    #[test]
    fn without_it_the_origin_must_be_the_address_that_was_asked_for() {
        let (host, plain) = (("host", "127.0.0.1:3400"), "http://chat.test");
        assert!(ours(&[host, ("origin", "http://127.0.0.1:3400")], plain));
        assert!(ours(&[host, ("origin", "http://chat.test")], plain));
        assert!(!ours(&[host, ("origin", "http://127.0.0.1:3401")], plain));
        assert!(!ours(&[host, ("origin", "null")], plain));
        assert!(!ours(&[("origin", "http://")], plain));
        assert!(ours(&[host], plain));
    }

    #[test]
    fn with_https_only_the_public_address_counts() {
        let (host, secure) = (("host", "chat.test"), "https://chat.test");
        assert!(ours(&[host, ("origin", "https://chat.test")], secure));
        assert!(!ours(&[host, ("origin", "http://chat.test")], secure));
    }
}
