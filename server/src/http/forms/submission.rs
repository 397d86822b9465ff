//! One posted form.

use crate::http::{AppState, answer, asked::Asked};
use app::error::AppError;
use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use engine::{Context, RequestId, access::Actor, sessions::Caller};
use model::{Fields, Version};
use url::form_urlencoded;

/// What was typed, by whom, and the request it came with, without its body.
pub struct Submission {
    /// The engine, serving this request.
    pub cx: Context,
    /// Everything but the body.
    pub parts: Parts,
    /// Who sends it.
    pub actor: Actor,
    /// From where.
    pub caller: Caller,
    /// What was typed.
    pub fields: Fields,
}

impl Submission {
    /// Takes the version out that the form was made from; a form without one is out of date whatever was saved.
    pub fn take_version(&mut self) -> Version {
        let version = self.fields.remove("version").and_then(|text| text.parse().ok());
        version.map_or_else(Version::default, Version)
    }

    /// An error with the number of this request, if it is one for the log.
    pub fn numbered(&self, error: impl Into<AppError>) -> AppError {
        let error = error.into();
        let id = (error.status >= 500).then(|| self.parts.extensions.get()).flatten();
        AppError {
            request_id: id.map(RequestId::to_string),
            ..error
        }
    }
}

impl FromRequest<AppState> for Submission {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let asked = Asked::of(request.uri(), request.headers());
        let refuse = |error: &AppError| answer::refusal(state, asked, error);
        if !is_form(request.headers()) {
            let message = "Only a form can be sent to this address.";
            return Err(refuse(&AppError::new(AppError::INVALID, 415, message)));
        }
        let (parts, body) = request.into_parts();
        // The limit was checked before; the body is in memory already.
        let bytes = to_bytes(body, usize::MAX).await.map_err(|_| {
            let message = "The form could not be read. Try again.";
            refuse(&AppError::new(AppError::INVALID, 400, message))
        })?;
        Ok(Self {
            actor: parts.extensions.get().cloned().unwrap_or(Actor::Anonymous),
            cx: Context {
                request_id: parts.extensions.get().cloned(),
                ..state.cx.clone()
            },
            caller: parts.extensions.get().cloned().unwrap_or_default(),
            fields: Fields::from_pairs(form_urlencoded::parse(&bytes).into_owned()),
            parts,
        })
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| {
        kind.trim_start()
            .to_ascii_lowercase()
            .starts_with("application/x-www-form-urlencoded")
    })
}
