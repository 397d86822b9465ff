//! The pages: rendered by leptos, with what it needs in its context.

use super::{AppState, answer::dress};
use app::{App, api::Posted, shell};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{Method, StatusCode, header, request::Parts},
    response::Response,
};
use leptos::context::provide_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes};
use std::sync::LazyLock;

/// Every address that shows a page, except for the start, which only leads elsewhere.
///
/// They are listed once in the life of a process: while leptos does that, no resource of any page in the process would
/// be loaded, and a page that is just being rendered would never be finished.
static PAGES: LazyLock<Vec<AxumRouteListing>> =
    LazyLock::new(|| leptos_axum::generate_route_list_with_exclusions(App, Some(vec!["/".to_owned()])));

/// Adds the pages and the server functions to the routes.
pub fn with_pages(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    let options = state.leptos.clone();
    routes.leptos_routes_with_context(state, PAGES.clone(), context(state), move || shell(options.clone()))
}

/// The page of an address that leads nowhere.
pub async fn not_found(state: &AppState, parts: Parts) -> Response {
    let mut response = render(state, parts, None).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// The page of a form that was refused: as it was typed, with what is wrong with it.
pub async fn refused(state: &AppState, parts: Parts, posted: Posted) -> Response {
    let error = posted.error.clone();
    let mut response = render(state, parts, Some(posted)).await;
    if response.status() == StatusCode::OK {
        dress(&mut response, &error);
    }
    response
}

/// Renders the page of an address as for a visit.
async fn render(state: &AppState, parts: Parts, posted: Option<Posted>) -> Response {
    let context = context(state);
    let mut request = Request::from_parts(parts, Body::empty());
    *request.method_mut() = Method::GET;
    for header in [header::CONTENT_LENGTH, header::CONTENT_TYPE] {
        request.headers_mut().remove(header);
    }
    let provide = move || {
        context();
        provide_context(leptos_router::Method::Get);
        if let Some(posted) = posted.clone() {
            provide_context(posted);
        }
    };
    let options = state.leptos.clone();
    leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()))(request).await
}

fn context(state: &AppState) -> impl Fn() + Clone + Send + Sync + 'static {
    let state = state.clone();
    move || {
        provide_context(state.cx.clone());
        provide_context(state.leptos.clone());
    }
}
