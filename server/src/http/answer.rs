//! Answers of the edge itself: an error as JSON for programs, as a page for people.

use super::{AppState, asked::Asked};
use app::error::AppError;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};

/// The answer to a request that the edge refuses, in the form it asked for.
pub fn refusal(state: &AppState, asked: Asked, error: &AppError) -> Response {
    let mut answer = if asked.json {
        Json(error).into_response()
    } else {
        Html(error_page(&state.edge.stylesheet, error, "")).into_response()
    };
    dress(&mut answer, error);
    answer
}

/// Gives an answer the status and the waiting time of an error.
pub fn dress(answer: &mut Response, error: &AppError) {
    *answer.status_mut() = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = error.retry_after {
        answer
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

/// Sends a browser to another page, with GET.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A page in the product's look that needs neither a session nor leptos.
pub fn error_page(stylesheet: &str, error: &AppError, below: &str) -> String {
    let request = error
        .request_id
        .as_deref()
        .map(|id| format!("<p class=\"request-id\">Request {}</p>", escape(id)));
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{title} · Chat Gateways</title>\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">\
         <link rel=\"stylesheet\" href=\"{stylesheet}\"></head><body><main class=\"gate\" id=\"main\">\
         <div class=\"gate-panel\"><p class=\"gate-code\">{status}</p><h1 class=\"gate-title\">{title}</h1>\
         <p class=\"gate-text\">{message}</p>{below}<div class=\"gate-actions\">\
         <a class=\"button\" href=\"/\">To the chat gateways</a></div>{request}</div></main></body></html>",
        title = title(error.status),
        status = error.status,
        message = escape(&error.message),
        request = request.unwrap_or_default(),
    )
}

fn title(status: u16) -> &'static str {
    match status {
        400 => "This request makes no sense",
        401 => "Your session has ended",
        403 => "This is not allowed",
        404 => "There is no such page",
        405 | 415 => "This cannot be sent here",
        413 => "This is too large",
        _ => "Something went wrong",
    }
}

/// Makes a text harmless in HTML, also in attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_become_markup() {
        let error = AppError::new("x", 400, "<script>\"&'");
        let page = error_page("/pkg/a.css", &error, "");
        assert!(
            page.contains("&lt;script&gt;&quot;&amp;&#39;") && !page.contains("<script>"),
            "{page}"
        );
    }
}
