//! Where a page sends a visitor who should be elsewhere first.

use super::{answer::see_other, asked::is_page, next};
use axum::{
    extract::Request,
    http::{Method, Uri},
    middleware::Next,
    response::Response,
};
use engine::access::Actor;

/// Redirects a page's visitor, or lets the request through.
pub async fn gate(request: Request, next: Next) -> Response {
    let visiting = matches!(*request.method(), Method::GET | Method::HEAD) && is_page(request.uri().path());
    let elsewhere = visiting
        .then(|| request.extensions().get::<Actor>())
        .flatten()
        .and_then(|actor| elsewhere(actor, request.uri()));
    match elsewhere {
        Some(path) => see_other(&path),
        None => next.run(request).await,
    }
}

/// The page that comes first, if it is another one.
fn elsewhere(actor: &Actor, uri: &Uri) -> Option<String> {
    match (actor.user(), uri.path()) {
        (None, "/sign-in") => None,
        (None, _) => Some(next::sign_in_for(uri)),
        (Some(user), "/password") if user.must_change_password => None,
        (Some(user), _) if user.must_change_password => Some("/password".to_owned()),
        (Some(_), "/sign-in") => Some(next::checked(next::wanted(uri).as_deref())),
        (Some(_), "/") => Some("/chat-gateways".to_owned()),
        (Some(_), _) => None,
    }
}
