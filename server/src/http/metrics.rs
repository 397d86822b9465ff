//! What operators measure, at `/metrics`, for whoever may know it.
//!
//! Without a token that is who asks from this machine, and not through a proxy, because a proxy asks for anybody. With a
//! token it is who has it. For everybody else the path is like any other that leads nowhere.

use super::AppState;
use crate::meters;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use model::Secret;
use std::net::SocketAddr;

/// The format that Prometheus reads.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
/// Headers by which proxies say for whom they ask.
const PROXIED: [&str; 5] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];

/// Answers for `/metrics`, and lets everything else pass.
pub async fn metrics(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = request.uri().path() == "/metrics" && matches!(*request.method(), Method::GET | Method::HEAD);
    if !asked || !may_know(state.edge.metrics_token.as_ref(), &request) {
        return next.run(request).await;
    }
    engine::meters::observe(&state.cx).await;
    ([(header::CONTENT_TYPE, TEXT)], meters::recorder().render()).into_response()
}

fn may_know(token: Option<&Secret<String>>, request: &Request) -> bool {
    match token {
        Some(token) => bearer(request.headers()).is_some_and(|given| providers::signature::same(given, token.expose())),
        None => is_local(request),
    }
}

fn is_local(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_near = peer.is_some_and(|info| info.0.ip().to_canonical().is_loopback());
    is_near && !PROXIED.iter().any(|name| request.headers().contains_key(*name))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    fn request(peer: &str, headers: &[(&'static str, &str)]) -> Request {
        let mut request = Request::new(Body::empty());
        let peer: SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        request
    }

    #[test]
    fn without_a_token_this_machine_may_know() {
        for peer in ["127.0.0.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(may_know(None, &request(peer, &[])), "{peer}");
        }
        for peer in ["10.0.0.1:1", "[2001:db8::1]:1"] {
            assert!(!may_know(None, &request(peer, &[])), "{peer}");
        }
        assert!(!may_know(None, &Request::new(Body::empty())), "nobody knows from where");
    }

    #[test]
    fn a_proxy_on_this_machine_asks_for_somebody_else() {
        for name in PROXIED {
            assert!(
                !may_know(None, &request("127.0.0.1:1", &[(name, "203.0.113.9")])),
                "{name}"
            );
        }
    }

    #[test]
    fn with_a_token_only_the_token_counts() {
        let token = Some(Secret::new("a token of the operator".to_owned()));
        let asks = |peer, given| may_know(token.as_ref(), &request(peer, &[("authorization", given)]));
        assert!(asks("203.0.113.9:1", "Bearer a token of the operator"));
        assert!(asks("203.0.113.9:1", "bearer  a token of the operator"));
        for wrong in [
            "Bearer",
            "Bearer ",
            "Bearer a token",
            "Basic a token of the operator",
            "a token of the operator",
        ] {
            assert!(!asks("127.0.0.1:1", wrong), "{wrong}");
        }
        assert!(!may_know(token.as_ref(), &request("127.0.0.1:1", &[])));
    }
}
