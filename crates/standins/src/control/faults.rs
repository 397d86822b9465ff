//! Faults over HTTP.

use super::done;
use crate::{Fault, Provider, world::World};
use axum::{Json, Router, extract::State, response::Response, routing::post};
use serde::Deserialize;
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new().route("/__faults", post(add).delete(clear))
}

/// A fault that is to happen.
#[derive(Debug, Deserialize)]
struct Wanted {
    provider: Provider,
    /// The last piece of a path, a piece of a path with a slash, or `*`.
    on: String,
    fault: Fault,
    #[serde(default = "once")]
    times: u32,
}

const fn once() -> u32 {
    1
}

async fn add(State(world): State<Arc<World>>, Json(wanted): Json<Wanted>) -> Response {
    world
        .faults
        .add(wanted.provider, &wanted.on, wanted.fault, wanted.times);
    done()
}

async fn clear(State(world): State<Arc<World>>) -> Response {
    world.faults.clear();
    done()
}
