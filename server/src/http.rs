//! The HTTP edges: every request comes in and every answer leaves here.
//!
//! From the outside in: the number and the log line of a request, the headers of every answer, compression, the meters,
//! the refusal of foreign sites, the limit of a body, whose session it is, where a page sends a visitor, forms of browsers
//! without JavaScript, and at last the routes. The providers' door and the files of peers stand beside all that. Nothing here
//! knows a rule of the product.

mod answer;
mod api;
mod asked;
mod attachment;
mod body_limit;
mod compression;
pub mod connections;
mod events;
mod exports;
mod files;
mod forms;
mod gate;
mod headers;
mod health;
mod hooks;
mod media;
mod meta;
mod metrics;
mod next;
mod origin;
mod pages;
mod session;
mod state;
mod trace;

pub use state::AppState;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get},
};

/// Puts all routes together.
pub fn router(state: AppState) -> Router {
    let routes = Router::new()
        .route("/health", get(health::alive))
        .route("/health/live", get(health::alive))
        .route("/health/ready", get(health::ready))
        .route("/events", get(events::events))
        .route("/flows/{id}/export.json", get(exports::flow))
        .route(meta::PATH, get(meta::returned))
        .route("/api/{*path}", any(api::unknown));
    let routes = pages::with_pages(routes, &state)
        .fallback(files::file_or_not_found)
        .method_not_allowed_fallback(api::wrong_method)
        .with_state(state.clone());
    // Layers of the routes themselves would come after the choice of a route and its method; these come before.
    let pages = Router::new()
        .fallback_service(routes)
        .layer(from_fn(api::honest_status))
        .layer(from_fn_with_state(forms::router(&state), forms::posted))
        .layer(from_fn(gate::gate))
        .layer(from_fn_with_state(state.clone(), session::session))
        .layer(from_fn_with_state(state.clone(), body_limit::body_limit))
        .layer(from_fn_with_state(state.clone(), origin::same_origin))
        .layer(from_fn_with_state(state.clone(), metrics::metrics))
        .layer(compression::compression())
        .layer(from_fn_with_state(state.clone(), headers::headers))
        .layer(from_fn_with_state(state.clone(), trace::trace));
    Router::new()
        .route("/chat/{*path}", any(hooks::hook))
        .route("/media/{id}/{name}", get(media::file))
        .with_state(state)
        .fallback_service(pages)
}
