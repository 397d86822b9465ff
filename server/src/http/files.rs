//! The browser's files: scripts, style and pictures, compressed when they were built.

use super::{AppState, answer, asked::Asked, pages};
use app::error::AppError;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// A file whose name changes with its content is never asked for again.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The other ones are asked for each time, and mostly answered with “not modified”.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("public, no-cache");

/// Gives the file of a path, or the page that says there is nothing.
pub async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let asked = Asked::of(request.uri(), request.headers());
        let error = AppError::new(
            AppError::NOT_FOUND,
            404,
            "There is nothing at this address that could be sent to.",
        );
        return answer::refusal(&state, asked, &error);
    }
    let cache = if is_hashed(request.uri().path(), state.leptos.hash_files) {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let (parts, _) = request.into_parts();
    let served = files(&state)
        .oneshot(Request::from_parts(parts.clone(), Body::empty()))
        .await;
    match served {
        Ok(file) if file.status() != StatusCode::NOT_FOUND => {
            let mut response = file.map(Body::new).into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, cache);
            response
        }
        Ok(_) => pages::not_found(&state, parts).await,
    }
}

fn files(state: &AppState) -> ServeDir {
    ServeDir::new(&*state.leptos.site_root)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// `/pkg/chat-gateways.HASH.css`, against `/pkg/chat-gateways.css`.
fn is_hashed(path: &str, hashing: bool) -> bool {
    let name = path.strip_prefix("/pkg/").filter(|name| !name.contains('/'));
    hashing && name.is_some_and(|name| name.split('.').count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        assert!(is_hashed("/pkg/chat-gateways.Ab3_x.css", true));
        assert!(!is_hashed("/pkg/chat-gateways.css", true));
        assert!(!is_hashed("/pkg/chat-gateways.Ab3_x.css", false));
        assert!(!is_hashed("/pkg/snippets/a.b.js", true));
        assert!(!is_hashed("/emblems/a.b.svg", true));
    }
}
