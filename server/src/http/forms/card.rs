//! What the forms of all cards have in common.

use super::{Refused, Submission, saved, show_again};
use crate::http::AppState;
use app::error::AppError;
use axum::response::Response;
use model::{Fields, Version};

/// Answers a form whose action is done: on to the saved card, or once more with what is wrong.
///
/// `shown` are the fields that may be sent back; the version goes back with them, so that sending again is still judged
/// by what the form was made from.
pub async fn answer(
    state: &AppState,
    submission: Submission,
    done: Result<String, AppError>,
    mut shown: Fields,
    version: Version,
) -> Response {
    match done {
        Ok(path) => saved(&path),
        Err(error) => {
            shown.set("version", version.0.to_string());
            let error = submission.numbered(error);
            show_again(state, submission.parts, Refused { error, fields: shown }).await
        }
    }
}
