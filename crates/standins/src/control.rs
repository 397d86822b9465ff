//! Everything that a test can do, over HTTP: for tests in a browser, for scripts, and for the page of the demonstration.
//!
//! `GET /__journal?provider=&since=`, `DELETE /__journal`, `GET /__totals`, `POST` and `DELETE /__faults`, and what is under
//! `/__ctl`. What goes wrong is answered with a status and `{"error": …}`.

mod accounts;
mod customer;
mod faults;
mod files;
mod graph;
mod infobip;
mod journal;
mod peers;
mod telegram;
mod viber;

pub(crate) use accounts::Account;

use crate::{Answer, Cannot, Unanswered, answer, world::World};
use axum::{Router, response::Response};
use serde_json::json;
use std::sync::Arc;

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .merge(journal::router())
        .merge(faults::router())
        .merge(files::router())
        .merge(accounts::router())
        .merge(peers::router())
        .merge(telegram::router())
        .merge(viber::router())
        .merge(graph::router())
        .merge(infobip::router())
        .merge(customer::router())
}

/// An answer without a body of its own.
fn done() -> Response {
    answer::json(200, &json!({}))
}

fn refused(cannot: &Cannot) -> Response {
    answer::json(409, &json!({ "error": cannot.to_string() }))
}

/// What a gateway answered to a body that was posted to it.
fn answered(result: Result<Answer, Unanswered>) -> Response {
    match result {
        Ok(got) => {
            let body = String::from_utf8_lossy(&got.body).into_owned();
            answer::json(200, &json!({ "status": got.status, "body": body }))
        }
        Err(unanswered) => answer::json(502, &json!({ "error": unanswered.to_string() })),
    }
}
