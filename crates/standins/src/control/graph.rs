//! Apps, pages and numbers of Meta over HTTP.

use super::{done, refused};
use crate::{
    Cannot, Seal,
    graph::{Graph, Object},
    world::World,
};
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
    Router::new()
        .route("/__ctl/graph/apps", post(app))
        .route("/__ctl/graph/pages", post(page))
        .route("/__ctl/graph/instagram", post(instagram))
        .route("/__ctl/graph/numbers", post(number))
        .route("/__ctl/graph/templates", post(template))
        .route("/__ctl/graph/revoke", post(revoke))
        .route("/__ctl/graph/options", post(options))
        .route("/__ctl/graph/apps/{app}/subscribe", post(subscribe))
        .route("/__ctl/graph/apps/{app}/batch", post(batch))
        .route("/__ctl/graph/apps/{app}/post", post(send))
        .route("/__ctl/graph/accounts/{account}/event", post(event))
        .route("/__ctl/graph/accounts/{account}/change", post(change))
}

fn graph(world: &Arc<World>) -> Graph {
    Graph::new(world.clone())
}

fn told(result: Result<(), Cannot>) -> Response {
    match result {
        Ok(()) => done(),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct NewApp {
    app: String,
    secret: String,
    user_token: Option<String>,
    system_token: Option<String>,
    #[serde(default)]
    require_proof: bool,
}

async fn app(State(world): State<Arc<World>>, Json(new): Json<NewApp>) -> Response {
    let graph = graph(&world);
    graph.app(&new.app, &new.secret);
    graph.require_proof(&new.app, new.require_proof);
    if let Some(token) = new.user_token {
        graph.user_token(&new.app, &token);
    }
    if let Some(token) = new.system_token {
        graph.system_token(&new.app, &token);
    }
    done()
}

#[derive(Debug, Deserialize)]
struct NewPage {
    app: String,
    page: String,
    name: String,
    token: String,
}

async fn page(State(world): State<Arc<World>>, Json(new): Json<NewPage>) -> Response {
    graph(&world).page(&new.app, &new.page, &new.name, &new.token);
    done()
}

#[derive(Debug, Deserialize)]
struct NewInstagram {
    page: String,
    account: String,
    username: String,
}

async fn instagram(State(world): State<Arc<World>>, Json(new): Json<NewInstagram>) -> Response {
    graph(&world).instagram(&new.page, &new.account, &new.username);
    done()
}

#[derive(Debug, Deserialize)]
struct NewNumber {
    business: String,
    number: String,
    display: String,
    name: String,
}

async fn number(State(world): State<Arc<World>>, Json(new): Json<NewNumber>) -> Response {
    graph(&world).number(&new.business, &new.number, &new.display, &new.name);
    done()
}

#[derive(Debug, Deserialize)]
struct NewTemplate {
    business: String,
    name: String,
    language: String,
    text: String,
}

async fn template(State(world): State<Arc<World>>, Json(new): Json<NewTemplate>) -> Response {
    graph(&world).template(&new.business, &new.name, &new.language, &new.text);
    done()
}

#[derive(Debug, Deserialize)]
struct Revoked {
    token: String,
    #[serde(default = "invalid")]
    subcode: i64,
}

const fn invalid() -> i64 {
    467
}

async fn revoke(State(world): State<Arc<World>>, Json(revoked): Json<Revoked>) -> Response {
    graph(&world).revoke(&revoked.token, revoked.subcode);
    done()
}

type Switch = fn(&Graph, bool);

/// What stays away stays as it is.
#[derive(Debug, Deserialize)]
struct Options {
    receipts: Option<bool>,
    echoes: Option<bool>,
    strict_urls: Option<bool>,
    double_stickers: Option<bool>,
    fetch_files: Option<bool>,
}

async fn options(State(world): State<Arc<World>>, Json(options): Json<Options>) -> Response {
    let graph = graph(&world);
    let switches: [(Option<bool>, Switch); 5] = [
        (options.receipts, Graph::receipts),
        (options.echoes, Graph::echoes),
        (options.strict_urls, Graph::strict_urls),
        (options.double_stickers, Graph::double_stickers),
        (options.fetch_files, Graph::fetch_files),
    ];
    for (wanted, switch) in switches {
        if let Some(on) = wanted {
            switch(&graph, on);
        }
    }
    done()
}

#[derive(Debug, Deserialize)]
struct NewCallback {
    object: Object,
    url: String,
}

async fn subscribe(State(world): State<Arc<World>>, Path(app): Path<String>, Json(new): Json<NewCallback>) -> Response {
    graph(&world).subscribe(&app, new.object, &new.url);
    done()
}

#[derive(Debug, Deserialize)]
struct Batch {
    object: Object,
    entries: Vec<Value>,
}

async fn batch(State(world): State<Arc<World>>, Path(app): Path<String>, Json(batch): Json<Batch>) -> Response {
    told(graph(&world).batch(&app, batch.object, &batch.entries))
}

/// A body that is posted as it is.
#[derive(Debug, Deserialize)]
struct Posted {
    object: Object,
    body: String,
    #[serde(default)]
    seal: Seal,
}

async fn send(State(world): State<Arc<World>>, Path(app): Path<String>, Json(posted): Json<Posted>) -> Response {
    super::answered(graph(&world).post(&app, posted.object, posted.body, posted.seal).await)
}

/// Events of a page under `messaging`, `standby` or `changes`; items of a number under `messages` or `statuses`.
#[derive(Debug, Deserialize)]
struct Told {
    peer: String,
    key: String,
    items: Vec<Value>,
}

async fn event(State(world): State<Arc<World>>, Path(account): Path<String>, Json(given): Json<Told>) -> Response {
    told(graph(&world).event(&account, &given.peer, &given.key, &given.items))
}

async fn change(State(world): State<Arc<World>>, Path(account): Path<String>, Json(given): Json<Told>) -> Response {
    told(graph(&world).change(&account, &given.peer, &given.key, &given.items))
}
