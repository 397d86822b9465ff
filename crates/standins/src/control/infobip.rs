//! Numbers of Infobip over HTTP.

use super::{done, refused};
use crate::{
    Cannot, Seal, answer,
    infobip::{Guard, Infobip},
    world::World,
};
use axum::{
    Json, Router,
    extract::{Path, State},
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<World>> {
    let of_number = Router::new()
        .route("/webhook", get(webhook).post(forward))
        .route("/template", post(template))
        .route("/reject", post(reject))
        .route("/inbound", post(inbound))
        .route("/post", post(send));
    Router::new()
        .route("/__ctl/infobip/numbers", post(register))
        .route("/__ctl/infobip/revoke", post(revoke))
        .route("/__ctl/infobip/options", post(options))
        .nest("/__ctl/infobip/numbers/{number}", of_number)
}

fn infobip(world: &Arc<World>) -> Infobip {
    Infobip::new(world.clone())
}

fn told(result: Result<(), Cannot>) -> Response {
    match result {
        Ok(()) => done(),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct NewNumber {
    key: String,
    number: String,
}

async fn register(State(world): State<Arc<World>>, Json(new): Json<NewNumber>) -> Response {
    infobip(&world).number(&new.key, &new.number);
    done()
}

#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

async fn revoke(State(world): State<Arc<World>>, Json(key): Json<Key>) -> Response {
    infobip(&world).revoke(&key.key);
    done()
}

/// What stays away stays as it is.
#[derive(Debug, Deserialize)]
struct Options {
    receipts: Option<bool>,
    fetch_files: Option<bool>,
}

async fn options(State(world): State<Arc<World>>, Json(options): Json<Options>) -> Response {
    let infobip = infobip(&world);
    if let Some(on) = options.receipts {
        infobip.receipts(on);
    }
    if let Some(on) = options.fetch_files {
        infobip.fetch_files(on);
    }
    done()
}

async fn webhook(State(world): State<Arc<World>>, Path(number): Path<String>) -> Response {
    match infobip(&world).webhook(&number) {
        Ok(url) => answer::json(200, &json!({ "url": url })),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct Forward {
    url: String,
    #[serde(default)]
    guard: Guard,
}

async fn forward(State(world): State<Arc<World>>, Path(number): Path<String>, Json(new): Json<Forward>) -> Response {
    told(infobip(&world).forward(&number, &new.url, new.guard))
}

#[derive(Debug, Deserialize)]
struct Template {
    name: String,
    language: String,
    text: String,
}

async fn template(State(world): State<Arc<World>>, Path(number): Path<String>, Json(new): Json<Template>) -> Response {
    told(infobip(&world).template(&number, &new.name, &new.language, &new.text))
}

#[derive(Debug, Deserialize)]
struct Rejection {
    name: String,
}

async fn reject(State(world): State<Arc<World>>, Path(number): Path<String>, Json(new): Json<Rejection>) -> Response {
    told(infobip(&world).reject_next(&number, &new.name))
}

/// Messages of peers in one batch; what is given beside the message replaces what would be made up.
#[derive(Debug, Deserialize)]
struct Inbound {
    peer: String,
    message: Value,
    #[serde(default)]
    with: serde_json::Map<String, Value>,
}

async fn inbound(
    State(world): State<Arc<World>>,
    Path(number): Path<String>,
    Json(messages): Json<Vec<Inbound>>,
) -> Response {
    let infobip = infobip(&world);
    let mut results = Vec::new();
    for inbound in messages {
        let mut result = match infobip.result(&number, &inbound.peer, &inbound.message) {
            Ok(result) => result,
            Err(cannot) => return refused(&cannot),
        };
        for (field, value) in inbound.with {
            result[field] = value;
        }
        results.push(result);
    }
    told(infobip.batch(&number, &results))
}

/// A body that is posted as it is.
#[derive(Debug, Deserialize)]
struct Posted {
    body: String,
    #[serde(default)]
    seal: Seal,
}

async fn send(State(world): State<Arc<World>>, Path(number): Path<String>, Json(posted): Json<Posted>) -> Response {
    super::answered(infobip(&world).post(&number, posted.body, posted.seal).await)
}
