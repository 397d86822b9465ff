//! Files, for the eyes of peers: without the messenger's tokens.

use crate::{answer, world::World};
use axum::{
    Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use serde_json::json;
use std::sync::Arc;

pub(super) fn router() -> Router<Arc<World>> {
    Router::new().route("/__files/{id}", get(read))
}

async fn read(State(world): State<Arc<World>>, Path(id): Path<String>) -> Response {
    match world.files.get(&id) {
        Some(file) => answer::file(&file),
        None => answer::json(404, &json!({ "error": "no such file" })),
    }
}
