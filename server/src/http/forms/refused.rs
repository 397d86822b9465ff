//! A form that was refused.

use crate::http::{AppState, answer};
use app::error::AppError;
use axum::{
    http::{Uri, request::Parts},
    response::{Html, IntoResponse, Response},
};
use model::Fields;
use std::fmt::Write;

/// Why, and what was typed, without anything secret.
pub struct Refused {
    /// Why.
    pub error: AppError,
    /// What may be shown again.
    pub fields: Fields,
}

/// The page for a session that ended while somebody was typing: signing in takes another window, and what was typed is
/// sent again from this one.
pub fn sign_in_and_send_again(state: &AppState, parts: &Parts, error: &AppError, fields: &Fields) -> Response {
    let below = again(&parts.uri, fields);
    let page = answer::error_page(&state.edge.stylesheet, error, &below);
    let mut response = Html(page).into_response();
    answer::dress(&mut response, error);
    response
}

fn again(uri: &Uri, fields: &Fields) -> String {
    let inputs = fields.iter().fold(String::new(), |mut inputs, (name, text)| {
        // Writing to a string cannot fail.
        let _ = write!(
            inputs,
            "<input type=\"hidden\" name=\"{}\" value=\"{}\">",
            answer::escape(name),
            answer::escape(text)
        );
        inputs
    });
    format!(
        "<p class=\"gate-text\">What you typed is still here, except for secrets and passwords. \
         <a href=\"/sign-in\" target=\"_blank\" rel=\"noopener\">Sign in in another tab</a>, come back, and send it again.</p>\
         <form class=\"gate-form\" method=\"post\" action=\"{}\">{inputs}\
         <button class=\"button button-primary\" type=\"submit\">Send again</button></form>",
        answer::escape(uri.path()),
    )
}
