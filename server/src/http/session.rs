//! Whose request it is, and from where it comes.

use super::{
    AppState, answer,
    asked::{Asked, cookie, is_api, is_export, is_page, is_return},
};
use app::error::AppError;
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use engine::{
    Context, RequestId,
    access::Actor,
    sessions::{Caller, Token},
};
use std::net::SocketAddr;

/// The longest name of a browser that is kept.
const MAX_USER_AGENT: usize = 300;

/// Puts the actor and the caller into the request; the browser's own files need neither.
pub async fn session(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let needs_none = !is_page(path) && !is_api(path) && !is_export(path) && !is_return(path);
    if needs_none && path != "/events" {
        return next.run(request).await;
    }
    let actor = match token(&state.cx, request.headers()) {
        Some(token) => engine::sessions::authenticate(&state.cx, &token).await,
        None => Ok(Actor::Anonymous),
    };
    match actor {
        Ok(actor) => {
            let caller = caller(&state, &request);
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(actor);
            next.run(request).await
        }
        Err(error) => {
            let request_id = request.extensions().get().map(RequestId::to_string);
            let error = AppError {
                request_id,
                ..error.into()
            };
            answer::refusal(&state, Asked::of(request.uri(), request.headers()), &error)
        }
    }
}

/// The word in the session's cookie.
pub fn token(cx: &Context, headers: &HeaderMap) -> Option<Token> {
    let word = cookie(headers, cx.policy.session_cookie_name())?;
    (!word.is_empty()).then(|| Token::new(word))
}

fn caller(state: &AppState, request: &Request) -> Caller {
    let headers = request.headers();
    let reported = state.edge.trust_proxy.then(|| forwarded(headers)).flatten();
    let connected = || {
        request
            .extensions()
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip().to_string())
    };
    let agent = headers
        .get(header::USER_AGENT)
        .map(|value| String::from_utf8_lossy(value.as_bytes()));
    Caller {
        address: reported.or_else(connected).unwrap_or_default(),
        user_agent: agent.unwrap_or_default().chars().take(MAX_USER_AGENT).collect(),
    }
}

/// The address that the proxy itself has seen: the last one, because whoever calls may write others before it.
fn forwarded(headers: &HeaderMap) -> Option<String> {
    let last = headers
        .get_all("x-forwarded-for")
        .into_iter()
        .next_back()?
        .to_str()
        .ok()?;
    let address = last.rsplit(',').next()?.trim();
    let ip = address
        .parse()
        .or_else(|_| address.parse().map(|socket: SocketAddr| socket.ip()));
    ip.ok().map(|ip: std::net::IpAddr| ip.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_what_the_proxy_wrote_itself_is_believed() {
        let mut headers = HeaderMap::new();
        assert_eq!(forwarded(&headers), None);
        headers.append("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 10.0.0.7"));
        assert_eq!(forwarded(&headers).as_deref(), Some("10.0.0.7"));
        headers.append("x-forwarded-for", HeaderValue::from_static("2001:db8::1"));
        assert_eq!(forwarded(&headers).as_deref(), Some("2001:db8::1"));
        headers.append("x-forwarded-for", HeaderValue::from_static("nonsense"));
        assert_eq!(forwarded(&headers), None);
    }
}
