//! Peers over HTTP.

use super::{done, refused};
use crate::{Act, Cannot, Peer, Profile, Provider, answer, clock::now_ms, world::World};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::json;
use std::{sync::Arc, time::Duration};

/// So long “typing…” is shown, in milliseconds.
const TYPING_MS: i64 = 5_000;

pub(super) fn router() -> Router<Arc<World>> {
    let of_peer = Router::new()
        .route("/does", post(does))
        .route("/says", post(says))
        .route("/presses", post(presses))
        .route("/blocks", post(blocks))
        .route("/unblocks", post(unblocks))
        .route("/gone", post(gone))
        .route("/window", post(window))
        .route("/profile", post(profile))
        .route("/messages", get(messages));
    Router::new()
        .route("/__ctl/{provider}/{account}/peers", get(peers))
        .nest("/__ctl/{provider}/{account}/peers/{peer}", of_peer)
}

async fn peers(State(world): State<Arc<World>>, Path((provider, account)): Path<(Provider, String)>) -> Response {
    let chats = world.chats(provider).of(&account);
    let peers: Vec<_> = chats
        .iter()
        .map(|chat| json!({ "id": &*chat.peer, "name": chat.state().profile.name() }))
        .collect();
    answer::json(200, &peers)
}

type Who = Path<(Provider, String, String)>;

fn peer(world: &Arc<World>, Path((provider, account, peer)): Who) -> Peer {
    let chat = world.chats(provider).open(&account, &peer);
    Peer::new(world.clone(), provider, chat)
}

fn told(result: Result<String, Cannot>) -> Response {
    match result {
        Ok(id) => answer::json(200, &json!({ "id": id })),
        Err(cannot) => refused(&cannot),
    }
}

async fn does(State(world): State<Arc<World>>, who: Who, Json(act): Json<Act>) -> Response {
    told(peer(&world, who).does(&act))
}

#[derive(Debug, Deserialize)]
struct Words {
    text: String,
}

async fn says(State(world): State<Arc<World>>, who: Who, Json(words): Json<Words>) -> Response {
    told(peer(&world, who).says(&words.text))
}

#[derive(Debug, Deserialize)]
struct Title {
    title: String,
}

async fn presses(State(world): State<Arc<World>>, who: Who, Json(button): Json<Title>) -> Response {
    told(peer(&world, who).presses(&button.title))
}

async fn blocks(State(world): State<Arc<World>>, who: Who) -> Response {
    told(peer(&world, who).blocks())
}

async fn unblocks(State(world): State<Arc<World>>, who: Who) -> Response {
    told(peer(&world, who).unblocks())
}

async fn gone(State(world): State<Arc<World>>, who: Who) -> Response {
    peer(&world, who).is_gone();
    done()
}

#[derive(Debug, Deserialize)]
struct Window {
    open: bool,
}

async fn window(State(world): State<Arc<World>>, who: Who, Json(window): Json<Window>) -> Response {
    peer(&world, who).set_window(window.open);
    done()
}

async fn profile(State(world): State<Arc<World>>, who: Who, Json(profile): Json<Profile>) -> Response {
    drop(peer(&world, who).called(profile));
    done()
}

/// Which messages are asked for.
#[derive(Debug, Deserialize)]
struct Wanted {
    /// Answers as soon as the chat is no longer in this state, …
    #[serde(default)]
    version: u64,
    /// … or after so many milliseconds.
    #[serde(default)]
    wait_ms: u64,
}

async fn messages(State(world): State<Arc<World>>, who: Who, Query(wanted): Query<Wanted>) -> Response {
    let Path((provider, account, peer)) = who;
    let chat = world.chats(provider).open(&account, &peer);
    let wait = Duration::from_millis(wanted.wait_ms.min(60_000));
    let version = chat.changed_since(wanted.version, wait).await;
    let state = chat.state();
    let body = json!({
        "version": version,
        "messages": state.lines,
        "keyboard": state.keyboard,
        "typing": now_ms() - state.typing_ms < TYPING_MS,
        "blocked": state.blocked,
        "window_closed": state.window_closed,
        "profile": state.profile,
    });
    drop(state);
    answer::json(200, &body)
}
