//! The window in which an administrator signs in at Meta: it leads there, and Meta leads it back.
//!
//! A form of our own page opens it, so that no other site can. Meta leads back with GET, with which browsers send the
//! session's cookie along. The last page tells the page that opened the window, and nobody else, and closes it; where
//! that can't be, it says what to do.

use super::{AppState, answer::escape};
use app::error::AppError;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use engine::{
    Context, RequestId,
    access::Actor,
    gateways::meta::{Finished, Returned, finish_sign_in},
};
use serde::Deserialize;

/// Where Meta leads back to.
pub const PATH: &str = "/meta/oauth";

/// What stands in the address that Meta leads back to.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    code: String,
    error: String,
    error_description: String,
    error_message: String,
}

impl From<Asked> for Returned {
    fn from(asked: Asked) -> Self {
        let words = [asked.error_description, asked.error_message, asked.error];
        Self {
            state: asked.state,
            code: asked.code,
            refusal: words.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        }
    }
}

/// Leads the window to Meta's dialogue. A redirect would be none of our forms' business, says the policy of our pages.
pub fn lead_to(state: &AppState, url: &str) -> Response {
    let url = escape(url);
    let head = format!("<meta http-equiv=\"refresh\" content=\"0;url={url}\">");
    let link = format!("<a class=\"button button-primary\" href=\"{url}\">Go on to Meta</a>");
    let text = "Choose at Meta what the gateway may see. This window closes when that is done.";
    window(state, &head, "Signing in at Meta", text, &link, None)
}

/// Meta has led the window back.
pub async fn returned(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Extension(request_id): Extension<RequestId>,
    Query(asked): Query<Asked>,
) -> Response {
    let cx = Context {
        request_id: Some(request_id.clone()),
        ..state.cx.clone()
    };
    match finish_sign_in(&cx, &actor, &asked.into()).await {
        Ok(finished) => done(&state, &finished),
        Err(error) => {
            let mut error = AppError::from(error);
            if error.status >= 500 {
                error.request_id = Some(request_id.to_string());
            }
            failed(&state, &error)
        }
    }
}

fn done(state: &AppState, finished: &Finished) -> Response {
    let Finished { gateway, kind, found } = finished;
    let sentence = found.sentence(*kind);
    let card = format!("/chat-gateways/{gateway}/{}", kind.code());
    let link = format!("<a class=\"button\" href=\"{card}\">To the chat gateway</a>");
    let told = serde_json::json!({ "metaSignIn": { "gateway": gateway, "kind": kind, "sentence": sentence } });
    // Within a script no text may end it.
    let told = told.to_string().replace('<', "\\u003c");
    let script = format!(
        "if (window.opener) {{ window.opener.postMessage(JSON.stringify({told}), location.origin); window.close(); }}"
    );
    let text = format!("{sentence} You can close this window.");
    window(state, "", "Signed in at Meta", &text, &link, Some(&script))
}

/// The window with what went wrong.
pub fn failed(state: &AppState, error: &AppError) -> Response {
    let request = error
        .request_id
        .as_deref()
        .map(|id| format!("<p class=\"request-id\">Request {}</p>", escape(id)));
    let mut response = window(
        state,
        "",
        "The sign-in was not completed",
        &error.message,
        &request.unwrap_or_default(),
        None,
    );
    *response.status_mut() = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// A small page. It is not closed off from the page that opened the window, and it may run one script at most.
fn window(state: &AppState, head: &str, title: &str, text: &str, below: &str, script: Option<&str>) -> Response {
    let nonce = state.cx.rng.word();
    let script = script.map(|script| format!("<script nonce=\"{nonce}\">{script}</script>"));
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">{head}<title>{title} · Chat Gateways</title>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"{stylesheet}\"></head><body><main class=\"gate\" id=\"main\">\
         <div class=\"gate-panel\"><h1 class=\"gate-title\">{title}</h1><p class=\"gate-text\">{text}</p>\
         <div class=\"gate-actions\">{below}</div></div></main>{script}</body></html>",
        stylesheet = state.edge.stylesheet,
        text = escape(text),
        script = script.as_deref().unwrap_or_default(),
    );
    let mut response = Html(page).into_response();
    let headers = response.headers_mut();
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("unsafe-none"));
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    // The address of this page holds what Meta gave us.
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
