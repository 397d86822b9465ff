//! The customers of Custom gateways: endpoints under their names.

mod endpoint;
mod events;
mod handle;
mod hear;
mod legacy;
mod verify;

pub use endpoint::{Scheme, Scripted};
pub(crate) use events::act;
pub use handle::Customer;

use crate::{
    Options, Provider, answer, chat::Chats, control::Account as Listed, lanes::Lanes, push::PushLanes, world::World,
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State as Shared},
    response::Response,
    routing::{get, post},
};
use endpoint::Endpoint;
use http::{HeaderMap, HeaderValue, header};
use serde_json::json;
use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};
use tokio_util::sync::CancellationToken;

/// What the stand-in of the customers knows.
#[derive(Debug)]
pub(crate) struct State {
    endpoints: RwLock<HashMap<Arc<str>, Arc<Endpoint>>>,
    pub chats: Chats,
    pub lanes: Arc<PushLanes>,
}

impl State {
    pub fn new(options: &Options, stop: &CancellationToken) -> Self {
        Self {
            endpoints: RwLock::default(),
            chats: Chats::new(options.kept_per_chat, 1),
            lanes: Lanes::new(stop.clone()),
        }
    }

    fn endpoint(&self, name: &str) -> Option<Arc<Endpoint>> {
        let endpoints = self.endpoints.read().unwrap_or_else(PoisonError::into_inner);
        endpoints.get(name).cloned()
    }

    fn register(&self, name: &str) -> Arc<Endpoint> {
        let mut endpoints = self.endpoints.write().unwrap_or_else(PoisonError::into_inner);
        let endpoint = endpoints.entry(name.into());
        endpoint.or_insert_with(|| Arc::new(Endpoint::new(name))).clone()
    }

    /// The endpoints, for the list of all accounts.
    pub fn accounts(&self, base: &str) -> Vec<Listed> {
        let endpoints = self.endpoints.read().unwrap_or_else(PoisonError::into_inner);
        endpoints
            .values()
            .map(|endpoint| {
                let state = endpoint.state();
                let callback = format!("{base}/customer/{}", endpoint.name);
                Listed {
                    provider: Provider::Customer,
                    id: endpoint.name.to_string(),
                    name: endpoint.name.to_string(),
                    kind: "",
                    connect: vec![("App Secret", state.secrets.join(" ")), ("Callback", callback)],
                    peer: "c-1",
                    webhook: state.gateway.clone(),
                }
            })
            .collect()
    }
}

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/{name}", post(serve))
        .route("/{name}/files/{id}/{file}", get(file))
}

async fn serve(
    Shared(world): Shared<Arc<World>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match world.customer.endpoint(&name) {
        Some(endpoint) => hear::hear(&world, &endpoint, &headers, &body).await,
        None => refusal(404, Some("there is no such endpoint".to_owned())),
    }
}

async fn file(Shared(world): Shared<Arc<World>>, Path((_, id, _)): Path<(String, String, String)>) -> Response {
    match world.files.get(&id) {
        Some(file) if !file.is_expired() => answer::file(&file),
        _ => refusal(404, None),
    }
}

/// An error as a customer's framework might say it.
pub(crate) fn refusal(status: u16, message: Option<String>) -> Response {
    let message = message.unwrap_or_else(|| "refused".to_owned());
    answer::json(status, &json!({ "error": message }))
}

pub(crate) fn rate_limit(retry_after: u32) -> Response {
    let mut response = refusal(429, Some("too many requests".to_owned()));
    let value = HeaderValue::from(retry_after);
    response.headers_mut().insert(header::RETRY_AFTER, value);
    response
}
