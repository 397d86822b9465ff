//! Accounts of Viber over HTTP.

use super::{done, refused};
use crate::{Cannot, Seal, viber::Viber, world::World};
use axum::{
    Json, Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<World>> {
    let of_account = Router::new()
        .route("/webhook", post(set_webhook))
        .route("/revoke", post(revoke))
        .route("/event", post(event))
        .route("/receipt", post(receipt))
        .route("/post", post(send));
    Router::new()
        .route("/__ctl/viber/accounts", post(register))
        .route("/__ctl/viber/options", post(options))
        .nest("/__ctl/viber/accounts/{token}", of_account)
}

fn viber(world: &Arc<World>) -> Viber {
    Viber::new(world.clone())
}

fn told(result: Result<(), Cannot>) -> Response {
    match result {
        Ok(()) => done(),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct NewAccount {
    token: String,
    name: String,
}

async fn register(State(world): State<Arc<World>>, Json(account): Json<NewAccount>) -> Response {
    viber(&world).account(&account.token, &account.name);
    done()
}

/// What stays away stays as it is.
#[derive(Debug, Deserialize)]
struct Options {
    receipts: Option<bool>,
    strict_urls: Option<bool>,
    fetch_files: Option<bool>,
}

async fn options(State(world): State<Arc<World>>, Json(options): Json<Options>) -> Response {
    let viber = viber(&world);
    if let Some(on) = options.receipts {
        viber.receipts(on);
    }
    if let Some(on) = options.strict_urls {
        viber.strict_urls(on);
    }
    if let Some(on) = options.fetch_files {
        viber.fetch_files(on);
    }
    done()
}

#[derive(Debug, Deserialize)]
struct NewWebhook {
    url: String,
}

async fn set_webhook(
    State(world): State<Arc<World>>,
    Path(token): Path<String>,
    Json(new): Json<NewWebhook>,
) -> Response {
    told(viber(&world).set_webhook(&token, &new.url))
}

async fn revoke(State(world): State<Arc<World>>, Path(token): Path<String>) -> Response {
    viber(&world).revoke(&token);
    done()
}

#[derive(Debug, Deserialize)]
struct NewEvent {
    user: String,
    event: Value,
}

async fn event(State(world): State<Arc<World>>, Path(token): Path<String>, Json(new): Json<NewEvent>) -> Response {
    told(viber(&world).event(&token, &new.user, new.event))
}

#[derive(Debug, Deserialize)]
struct Receipt {
    user: String,
    message_token: u64,
    event: String,
    desc: Option<String>,
}

async fn receipt(State(world): State<Arc<World>>, Path(token): Path<String>, Json(given): Json<Receipt>) -> Response {
    let why = given.desc.as_deref();
    told(viber(&world).receipt(&token, &given.user, given.message_token, &given.event, why))
}

/// A body that is posted as it is.
#[derive(Debug, Deserialize)]
struct Posted {
    body: String,
    #[serde(default)]
    seal: Seal,
}

async fn send(State(world): State<Arc<World>>, Path(token): Path<String>, Json(posted): Json<Posted>) -> Response {
    super::answered(viber(&world).post(&token, posted.body, posted.seal).await)
}
