//! Signing in and out, and the user's own password.

use super::{Refused, Submission, show_again};
use crate::http::{AppState, answer, next};
use app::error::AppError;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::Response,
};
use engine::sessions::{self, Token};
use model::{FieldErrors, Fields};

/// Signs in and goes on to the page that was asked for.
pub async fn sign_in(State(state): State<AppState>, submission: Submission) -> Response {
    let fields = &submission.fields;
    let done = sessions::sign_in(
        &submission.cx,
        &submission.caller,
        fields.get("name"),
        fields.get("password"),
    )
    .await;
    // The session that this browser had before must not outlive its cookie.
    let done = match done {
        Ok(signed_in) => match sessions::sign_out(&submission.cx, &submission.actor).await {
            Ok(()) => Ok(signed_in),
            Err(error) => Err(AppError::from(error)),
        },
        Err(error) => Err(error.into()),
    };
    match done {
        Ok(signed_in) => {
            let wish = next::wanted(&submission.parts.uri);
            let wish = wish
                .as_deref()
                .or_else(|| fields.has("next").then(|| fields.get("next")));
            with_cookie(&state, answer::see_other(&next::checked(wish)), Some(&signed_in.token))
        }
        Err(error) => again(&state, submission, error, &["name", "next"]).await,
    }
}

/// Ends this session.
pub async fn sign_out(State(state): State<AppState>, submission: Submission) -> Response {
    let done = sessions::sign_out(&submission.cx, &submission.actor).await;
    signed_out(&state, submission, done).await
}

/// Ends every session of the user.
pub async fn sign_out_everywhere(State(state): State<AppState>, submission: Submission) -> Response {
    let done = sessions::sign_out_everywhere(&submission.cx, &submission.actor).await;
    signed_out(&state, submission, done).await
}

async fn signed_out(state: &AppState, submission: Submission, done: Result<(), engine::StoreError>) -> Response {
    match done {
        Ok(()) => with_cookie(state, answer::see_other("/sign-in"), None),
        Err(error) => again(state, submission, error.into(), &[]).await,
    }
}

/// Changes the user's own password; a form may ask for the new one twice.
pub async fn change_password(State(state): State<AppState>, submission: Submission) -> Response {
    let fields = &submission.fields;
    let (current, new) = (fields.get("current"), fields.get("new"));
    if fields.has("again") && fields.get("again") != new {
        let fields = FieldErrors::one("again", "This is not the same as the new password.");
        let error = AppError {
            fields,
            ..AppError::new(AppError::INVALID, 422, "The password was not changed.")
        };
        return again(&state, submission, error, &[]).await;
    }
    match sessions::change_password(&submission.cx, &submission.actor, &submission.caller, current, new).await {
        Ok(signed_in) => with_cookie(&state, answer::see_other("/chat-gateways"), Some(&signed_in.token)),
        Err(error) => again(&state, submission, error.into(), &[]).await,
    }
}

/// Shows the form again with these of its fields; never a password.
async fn again(state: &AppState, submission: Submission, error: AppError, shown: &[&str]) -> Response {
    let mut fields = Fields::default();
    for key in shown {
        fields.set(*key, submission.fields.get(key));
    }
    let error = submission.numbered(error);
    show_again(state, submission.parts, Refused { error, fields }).await
}

fn with_cookie(state: &AppState, mut response: Response, token: Option<&Token>) -> Response {
    if let Ok(value) = HeaderValue::from_str(&state.cx.session_cookie(token)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
