//! Files: of peers on the network for content, and of numbers behind the token.

use super::{
    answer::{Failure, respond},
    call::Call,
    tokens::{self, Speaks},
};
use crate::{
    Upload, answer,
    files::{NewFile, Stored},
    sign::sha256_hex,
    world::World,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use http::{HeaderMap, Method};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::sync::Arc;

/// The kind of files that belong to a number.
const OF_NUMBERS: &str = "graph media";

pub(super) fn keep(world: &World, upload: &Upload) -> Arc<Stored> {
    let file = NewFile {
        kind: OF_NUMBERS.to_owned(),
        name: upload.name.clone(),
        mime: upload.mime.clone(),
        bytes: upload.bytes.clone(),
        size: upload.size,
    };
    world.files.keep(Some(world.graph.id().to_string()), file)
}

/// Where a page's attachment is.
pub(super) fn url(world: &World, file: &Stored) -> String {
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC)
        .to_string()
        .replace("%2E", ".");
    format!("{}/graph/cdn/{}/{name}", world.base, file.id)
}

pub(super) async fn cdn(State(world): State<Arc<World>>, Path((id, _)): Path<(String, String)>) -> Response {
    match world.files.get(&id) {
        Some(file) if !file.is_expired() => answer::file(&file),
        _ => answer::raw(403, "text/plain", "URL signature expired"),
    }
}

/// A number's file, for a token of its app; its address is good for some minutes.
pub(super) async fn lookaside(State(world): State<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let call = Call::new(Method::GET, Vec::new(), crate::args::Args::default(), &headers);
    let known = tokens::known(&world.graph, &call.token);
    if !known.is_ok_and(|token| token.speaks == Speaks::System) {
        return answer::raw(401, "text/plain", "");
    }
    match world.files.get(&id) {
        Some(file) if !file.is_expired() => answer::file(&file),
        _ => respond(Err(Failure::no_object(&id))),
    }
}

/// `POST /{number}/media`
pub(super) fn upload(world: &Arc<World>, call: &Call, number: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    let is_known = world.graph.assets().numbers.contains_key(number);
    if !is_known || token.speaks != Speaks::System {
        return Err(Failure::no_object(number));
    }
    if call.args.text("messaging_product") != "whatsapp" {
        return Err(Failure::missing("messaging_product"));
    }
    let Some(file) = call.args.file("file") else {
        return Err(Failure::missing("file"));
    };
    let mime = match call.args.text("type") {
        "" => file.mime.as_str(),
        given => given,
    };
    if mime.is_empty() {
        return Err(Failure::missing("type"));
    }
    let upload = Upload::new(&file.name, mime, file.bytes.clone());
    let stored = keep(world, &upload);
    world.graph.assets().media.insert(stored.id.clone());
    Ok(json!({ "id": stored.id }))
}

/// What is known of a number's file.
pub(super) fn node(world: &World, id: &str) -> Option<Value> {
    let file = world.files.get(id).filter(|file| file.kind == OF_NUMBERS)?;
    file.renew();
    Some(json!({
        "messaging_product": "whatsapp",
        "url": format!("{}/graph/lookaside/{id}?ext=1&hash=x", world.base),
        "mime_type": file.mime,
        "sha256": sha256_hex(&file.bytes),
        "file_size": file.size,
        "id": id,
    }))
}

/// `DELETE /{media}`
pub(super) fn delete(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    tokens::admit(&world.graph, call)?;
    if world.graph.assets().media.remove(id) {
        Ok(json!({ "success": true }))
    } else {
        Err(Failure::no_object(id))
    }
}
