//! Files in messages: uploaded, named by an id, or by an address.

use super::{Content, caption};
use crate::{
    Provider,
    args::Args,
    chance,
    files::{NewFile, Stored},
    outgoing::Outgoing,
    seen::{Seen, SeenFile},
    telegram::{answer::Failure, download::unique, is_on},
    world::World,
};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;

const MEGABYTE: u64 = 1024 * 1024;
/// The largest file that is uploaded, and the largest picture.
const LARGEST: u64 = 50 * MEGABYTE;
const LARGEST_PHOTO: u64 = 10 * MEGABYTE;
/// The largest that Telegram fetches.
const LARGEST_FETCHED: u64 = 20 * MEGABYTE;
const LARGEST_FETCHED_PHOTO: u64 = 5 * MEGABYTE;

pub(super) async fn read(world: &World, what: &str, args: &Args) -> Result<Content, Failure> {
    let field = if what == "videonote" { "video_note" } else { what };
    let file = file(world, field, args).await?;
    let caption = caption(args)?;
    let mut content = Content::default();
    content.fields.insert(field.into(), described(&file));
    if !caption.is_empty() {
        content.fields.insert("caption".into(), json!(caption));
    }
    content.seen = Seen {
        kind: match field {
            "photo" => "image",
            "video" | "video_note" | "animation" => "video",
            "voice" => "voice",
            "audio" => "audio",
            "sticker" => "sticker",
            _ => "document",
        },
        text: caption,
        file: Some(seen(world, &file, args.text(field))),
        ..Seen::default()
    };
    Ok(content)
}

/// What Telegram tells about a file.
pub(crate) fn described(file: &Stored) -> Value {
    let mut told = json!({ "file_id": file.id, "file_unique_id": unique(&file.id), "file_size": file.size });
    match file.kind.as_str() {
        "photo" => {
            let mut small = told.clone();
            small["width"] = json!(90);
            small["height"] = json!(60);
            told["width"] = json!(1_280);
            told["height"] = json!(853);
            return json!([small, told]);
        }
        "voice" | "audio" | "video" | "video_note" | "animation" => told["duration"] = json!(4),
        "sticker" => {
            told["type"] = json!("regular");
            told["is_animated"] = json!(false);
            told["is_video"] = json!(false);
        }
        _ => {}
    }
    match file.kind.as_str() {
        "video" | "animation" | "sticker" => {
            told["width"] = json!(512);
            told["height"] = json!(512);
        }
        "video_note" => told["length"] = json!(240),
        _ => {}
    }
    if !matches!(file.kind.as_str(), "sticker" | "video_note") {
        told["mime_type"] = json!(file.mime);
    }
    if matches!(file.kind.as_str(), "document" | "audio" | "video" | "animation") && !file.name.is_empty() {
        told["file_name"] = json!(file.name);
    }
    told
}

/// An id of the look that Telegram's ids have.
pub(crate) fn id_of(kind: &str) -> String {
    let start = match kind {
        "photo" => "AgACAgIAAxk",
        "voice" => "AwACAgIAAxk",
        "audio" => "CQACAgIAAxk",
        "video" => "BAACAgIAAxk",
        "video_note" => "DQACAgIAAxk",
        "animation" => "CgACAgIAAxk",
        "sticker" => "CAACAgIAAxk",
        _ => "BQACAgIAAxk",
    };
    format!("{start}{}", chance::word())
}

/// What the peer sees: a file by its address stands where it was.
fn seen(world: &World, file: &Stored, given: &str) -> SeenFile {
    let mut seen = file.seen(&world.base);
    if file.bytes.is_empty() && given.starts_with("http") {
        given.clone_into(&mut seen.url);
        seen.size = None;
    }
    seen
}

async fn file(world: &World, field: &str, args: &Args) -> Result<Arc<Stored>, Failure> {
    if let Some(uploaded) = args.file(field) {
        let size = u64::try_from(uploaded.bytes.len()).unwrap_or(u64::MAX);
        if size > LARGEST {
            return Err(Failure::new(413, "Request Entity Too Large"));
        }
        if field == "photo" && size > LARGEST_PHOTO {
            let text =
                format!("file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes");
            return Err(Failure::bad(text));
        }
        if size == 0 {
            return Err(Failure::bad("file must be non-empty"));
        }
        return Ok(keep(
            world,
            field,
            &uploaded.name,
            &uploaded.mime,
            uploaded.bytes.clone(),
        ));
    }
    let given = args.text(field);
    if given.is_empty() {
        let what = field.replace('_', " ");
        return Err(Failure::bad(format!("there is no {what} in the request")));
    }
    if let Some(known) = world.files.get(given) {
        if known.kind != field {
            return Err(Failure::bad("type of file mismatch"));
        }
        return Ok(known);
    }
    let url = Url::parse(given)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else {
        return Err(Failure::bad(
            "wrong remote file identifier specified: Wrong string length",
        ));
    };
    let bytes = fetched(world, field, given).await?;
    let name = url
        .path_segments()
        .and_then(|mut pieces| pieces.next_back())
        .unwrap_or_default();
    Ok(keep(world, field, name, "", bytes))
}

/// Fetches a file by its address, if the stand-in is to do that.
async fn fetched(world: &World, field: &str, url: &str) -> Result<Bytes, Failure> {
    if !is_on(&world.telegram.fetches) {
        return Ok(Bytes::new());
    }
    let failed = || Failure::bad("failed to get HTTP URL content");
    let answer = world.call(Outgoing::get(Provider::Telegram, url)).await;
    let answer = answer.ok().filter(crate::Answer::is_success).ok_or_else(failed)?;
    let most = if field == "photo" {
        LARGEST_FETCHED_PHOTO
    } else {
        LARGEST_FETCHED
    };
    let size = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
    if (1..=most).contains(&size) {
        Ok(answer.body)
    } else {
        Err(failed())
    }
}

fn keep(world: &World, kind: &str, name: &str, mime: &str, bytes: Bytes) -> Arc<Stored> {
    let file = NewFile {
        kind: kind.to_owned(),
        name: name.to_owned(),
        mime: mime.to_owned(),
        bytes,
        size: None,
    };
    world.files.keep(Some(id_of(kind)), file)
}
