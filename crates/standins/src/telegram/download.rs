//! `getFile`, and the files themselves.

use super::{
    Answered, admit,
    answer::{Failure, Told, respond},
};
use crate::{answer, args::Args, files::Stored, world::World};
use axum::response::Response;
use serde_json::json;

/// The largest file that the cloud gives out.
const LARGEST: u64 = 20 * 1024 * 1024;

pub(crate) fn get_file(world: &World, args: &Args) -> Answered {
    let id = args.text("file_id");
    if id.is_empty() {
        return Err(Failure::bad("file_id is not specified"));
    }
    let wrong = || Failure::bad("wrong file_id or the file is temporarily unavailable");
    let file = world.files.get(id).ok_or_else(wrong)?;
    if file.size > LARGEST {
        return Err(Failure::bad("file is too big"));
    }
    file.renew();
    Ok(Told::json(&json!({
        "file_id": file.id,
        "file_unique_id": unique(&file.id),
        "file_size": file.size,
        "file_path": path(&file),
    })))
}

/// The id that is the same for every bot.
pub(crate) fn unique(id: &str) -> String {
    format!("AgAD{}", &id[id.len().saturating_sub(10)..])
}

/// Where the file is, below the token.
fn path(file: &Stored) -> String {
    let folder = match file.kind.as_str() {
        "photo" => "photos",
        "voice" => "voice",
        "audio" => "music",
        "video" | "video_note" => "videos",
        "animation" => "animations",
        "sticker" => "stickers",
        _ => "documents",
    };
    let extension = match (file.kind.as_str(), file.name.rsplit_once('.')) {
        ("voice", _) => "oga",
        (_, Some((_, extension))) => extension,
        _ => "bin",
    };
    format!("{folder}/{}.{extension}", file.id)
}

/// `{token}/{folder}/{id}.{extension}`
pub(crate) fn serve(world: &World, rest: &str) -> Response {
    let not_found = || respond(Err(Failure::not_found()));
    let Some((token, path)) = rest.split_once('/') else {
        return not_found();
    };
    if let Err(failure) = admit(world, token) {
        return respond(Err(failure));
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    let id = name.split('.').next().unwrap_or_default();
    match world.files.get(id) {
        Some(file) if !file.is_expired() && self::path(&file) == path => answer::file(&file),
        _ => not_found(),
    }
}
