//! What server functions need on the server: who calls, the engine, and the way back to HTTP.

use super::Posted;
use crate::error::AppError;
use engine::{
    Context,
    access::Actor,
    sessions::{Caller, Token},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::{expect_context, use_context};
use leptos_axum::ResponseOptions;

/// The engine, serving this request; the server gives it to every request.
#[must_use]
pub fn context() -> Context {
    Context {
        request_id: extension(),
        ..expect_context()
    }
}

/// Who calls: put into the request by the server's session layer; nobody, if there is no session.
#[must_use]
pub fn actor() -> Actor {
    extension().unwrap_or(Actor::Anonymous)
}

/// From where the call comes.
#[must_use]
pub fn caller() -> Caller {
    extension().unwrap_or_default()
}

/// A form that was posted to this page without JavaScript and refused.
#[must_use]
pub fn posted() -> Option<Posted> {
    use_context()
}

/// Sets or clears the session's cookie in the answer.
pub fn set_session(cx: &Context, token: Option<&Token>) {
    if let Some(response) = use_context::<ResponseOptions>() {
        let cookie = cx.session_cookie(token);
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.append_header(header::SET_COOKIE, value);
        }
    }
}

/// Turns an action's result into the answer, with the HTTP status of a failure.
///
/// # Errors
///
/// The failure, as the browser gets it.
pub fn answer<T, E: Into<AppError>>(result: Result<T, E>) -> Result<T, AppError> {
    result.map_err(|error| {
        let mut error: AppError = error.into();
        if error.status >= 500 {
            error.request_id = extension::<engine::RequestId>().map(|id| id.to_string());
        }
        if let Some(response) = use_context::<ResponseOptions>() {
            let status = StatusCode::from_u16(error.status);
            response.set_status(status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
            if let Some(seconds) = error.retry_after {
                response.insert_header(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
        }
        error
    })
}

fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}
