//! Signing in and out, and the user who looks at the page.

use super::Posted;
use crate::error::AppError;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use model::Viewer;

#[cfg(feature = "ssr")]
use super::ssr::{actor, answer, caller, context, posted, set_session};

/// Who looks at the page; `None` when nobody is signed in.
#[server(prefix = "/api", endpoint = "session/viewer", input = Json)]
pub async fn get_viewer() -> Result<Option<Viewer>, AppError> {
    Ok(context().viewer(&actor()))
}

/// What was posted to this page without JavaScript and refused, for pages that load no card.
#[server(prefix = "/api", endpoint = "session/posted", input = Json)]
pub async fn posted_form() -> Result<Option<Posted>, AppError> {
    Ok(posted())
}

/// Signs in: the answer sets the session's cookie.
#[server(prefix = "/api", endpoint = "session/sign_in", input = Json)]
pub async fn sign_in(name: String, password: String) -> Result<Viewer, AppError> {
    let cx = context();
    let signed_in = answer(engine::sessions::sign_in(&cx, &caller(), &name, &password).await)?;
    set_session(&cx, Some(&signed_in.token));
    // The session that this browser had before goes with its cookie; if that fails it ends by itself later.
    if let Err(error) = engine::sessions::sign_out(&cx, &actor()).await {
        tracing::warn!(error = %error, "a browser's former session could not be ended");
    }
    Ok(signed_in.viewer)
}

/// Ends this session.
#[server(prefix = "/api", endpoint = "session/sign_out", input = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    let cx = context();
    answer(engine::sessions::sign_out(&cx, &actor()).await)?;
    set_session(&cx, None);
    Ok(())
}

/// Ends every session of the user, this one too.
#[server(prefix = "/api", endpoint = "session/sign_out_everywhere", input = Json)]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let cx = context();
    answer(engine::sessions::sign_out_everywhere(&cx, &actor()).await)?;
    set_session(&cx, None);
    Ok(())
}

/// Changes the user's own password; every other session of theirs ends, this one goes on under a new cookie.
#[server(prefix = "/api", endpoint = "session/change_password", input = Json)]
pub async fn change_password(current: String, new: String) -> Result<Viewer, AppError> {
    let cx = context();
    let signed_in = answer(engine::sessions::change_password(&cx, &actor(), &caller(), &current, &new).await)?;
    set_session(&cx, Some(&signed_in.token));
    Ok(signed_in.viewer)
}
