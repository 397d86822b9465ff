//! Bots over HTTP.

use super::{done, refused};
use crate::{Seal, answer, telegram::Telegram, world::World};
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
    let of_bot = Router::new()
        .route("/webhook", get(webhook).post(set_webhook))
        .route("/revoke", post(revoke))
        .route("/update", post(update))
        .route("/post", post(send))
        .route("/migrate", post(migrate));
    Router::new()
        .route("/__ctl/telegram/bots", post(register))
        .route("/__ctl/telegram/options", post(options))
        .nest("/__ctl/telegram/bots/{token}", of_bot)
}

fn telegram(world: &Arc<World>) -> Telegram {
    Telegram::new(world.clone())
}

#[derive(Debug, Deserialize)]
struct NewBot {
    token: String,
    username: String,
}

async fn register(State(world): State<Arc<World>>, Json(bot): Json<NewBot>) -> Response {
    telegram(&world).bot(&bot.token, &bot.username);
    done()
}

/// What stays away stays as it is.
#[derive(Debug, Deserialize)]
struct Options {
    strict_urls: Option<bool>,
    open_chats: Option<bool>,
    fetch_files: Option<bool>,
}

async fn options(State(world): State<Arc<World>>, Json(options): Json<Options>) -> Response {
    let telegram = telegram(&world);
    if let Some(on) = options.strict_urls {
        telegram.strict_urls(on);
    }
    if let Some(on) = options.open_chats {
        telegram.open_chats(on);
    }
    if let Some(on) = options.fetch_files {
        telegram.fetch_files(on);
    }
    done()
}

async fn webhook(State(world): State<Arc<World>>, Path(token): Path<String>) -> Response {
    match telegram(&world).webhook(&token) {
        Ok(info) => answer::json(200, &info),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct NewWebhook {
    url: String,
    #[serde(default)]
    secret: String,
}

async fn set_webhook(
    State(world): State<Arc<World>>,
    Path(token): Path<String>,
    Json(new): Json<NewWebhook>,
) -> Response {
    match telegram(&world).set_webhook(&token, &new.url, &new.secret) {
        Ok(()) => done(),
        Err(cannot) => refused(&cannot),
    }
}

async fn revoke(State(world): State<Arc<World>>, Path(token): Path<String>) -> Response {
    telegram(&world).revoke(&token);
    done()
}

#[derive(Debug, Deserialize)]
struct NewUpdate {
    kind: String,
    payload: Value,
    number: Option<i64>,
}

async fn update(State(world): State<Arc<World>>, Path(token): Path<String>, Json(new): Json<NewUpdate>) -> Response {
    match telegram(&world).update(&token, &new.kind, &new.payload, new.number) {
        Ok(number) => answer::json(200, &json!({ "update_id": number })),
        Err(cannot) => refused(&cannot),
    }
}

/// A body that is posted as it is.
#[derive(Debug, Deserialize)]
struct Posted {
    body: String,
    #[serde(default)]
    seal: Seal,
}

async fn send(State(world): State<Arc<World>>, Path(token): Path<String>, Json(posted): Json<Posted>) -> Response {
    super::answered(telegram(&world).post(&token, posted.body, posted.seal).await)
}

#[derive(Debug, Deserialize)]
struct Migration {
    from: i64,
    to: i64,
}

async fn migrate(
    State(world): State<Arc<World>>,
    Path(token): Path<String>,
    Json(migration): Json<Migration>,
) -> Response {
    telegram(&world).migrate(&token, migration.from, migration.to);
    done()
}
