//! The customers' endpoints over HTTP.

use super::{done, refused};
use crate::{
    Cannot, Seal, answer,
    customer::{Customer, Scheme, Scripted},
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
    let of_endpoint = Router::new()
        .route("/", get(state))
        .route("/gateway", post(gateway))
        .route("/answers", post(answers))
        .route("/event", post(event))
        .route("/post", post(send));
    Router::new()
        .route("/__ctl/customer/endpoints", post(register))
        .nest("/__ctl/customer/endpoints/{name}", of_endpoint)
}

fn customer(world: &Arc<World>) -> Customer {
    Customer::new(world.clone())
}

fn told(result: Result<(), Cannot>) -> Response {
    match result {
        Ok(()) => done(),
        Err(cannot) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct NewEndpoint {
    name: String,
    #[serde(default)]
    scheme: Scheme,
    secrets: Vec<String>,
}

async fn register(State(world): State<Arc<World>>, Json(new): Json<NewEndpoint>) -> Response {
    let secrets: Vec<&str> = new.secrets.iter().map(String::as_str).collect();
    customer(&world).endpoint(&new.name, new.scheme, &secrets);
    done()
}

async fn state(State(world): State<Arc<World>>, Path(name): Path<String>) -> Response {
    let customer = customer(&world);
    match (customer.refused(&name), customer.duplicates(&name)) {
        (Ok(why), Ok(duplicates)) => answer::json(200, &json!({ "refused": why, "duplicates": duplicates })),
        (Err(cannot), _) | (_, Err(cannot)) => refused(&cannot),
    }
}

#[derive(Debug, Deserialize)]
struct Gateway {
    url: String,
}

async fn gateway(State(world): State<Arc<World>>, Path(name): Path<String>, Json(new): Json<Gateway>) -> Response {
    told(customer(&world).gateway(&name, &new.url))
}

async fn answers(State(world): State<Arc<World>>, Path(name): Path<String>, Json(new): Json<Scripted>) -> Response {
    told(customer(&world).answers(&name, new))
}

#[derive(Debug, Deserialize)]
struct NewEvent {
    #[serde(rename = "type")]
    kind: String,
    data: Value,
}

async fn event(State(world): State<Arc<World>>, Path(name): Path<String>, Json(new): Json<NewEvent>) -> Response {
    told(customer(&world).event(&name, &new.kind, &new.data))
}

/// A body that is posted as it is, under an id or a new one.
#[derive(Debug, Deserialize)]
struct Posted {
    body: String,
    id: Option<String>,
    #[serde(default)]
    seal: Seal,
}

async fn send(State(world): State<Arc<World>>, Path(name): Path<String>, Json(posted): Json<Posted>) -> Response {
    let customer = customer(&world);
    super::answered(match posted.id {
        Some(id) => customer.post_as(&name, &id, posted.body, posted.seal).await,
        None => customer.post(&name, posted.body, posted.seal).await,
    })
}
