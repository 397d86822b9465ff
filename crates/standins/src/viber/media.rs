//! Files of peers, at addresses that end to work after an hour.

use crate::{
    Upload, answer,
    files::{NewFile, Stored},
    world::World,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use std::sync::Arc;

pub(super) fn keep(world: &World, upload: &Upload) -> Arc<Stored> {
    let file = NewFile {
        kind: "viber".to_owned(),
        name: upload.name.clone(),
        mime: upload.mime.clone(),
        bytes: upload.bytes.clone(),
        size: upload.size,
    };
    world.files.keep(None, file)
}

pub(super) fn url(world: &World, file: &Stored) -> String {
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC)
        .to_string()
        .replace("%2E", ".");
    format!("{}/viber/media/{}/{name}", world.base, file.id)
}

pub(super) async fn serve(State(world): State<Arc<World>>, Path((id, _name)): Path<(String, String)>) -> Response {
    match world.files.get(&id) {
        Some(file) if !file.is_expired() => answer::file(&file),
        _ => answer::raw(403, "text/html", "Forbidden"),
    }
}
