//! What a message has to be like.

use super::{
    answer::{Refused, Status},
    keyboard,
};
use crate::{
    seen::{Seen, SeenFile},
    text::chars,
};
use serde_json::Value;
use url::Url;

const MEGABYTE: u64 = 1024 * 1024;

/// A message that Viber takes.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub seen: Seen,
    pub has_keyboard: bool,
    pub tracking_data: String,
}

type Check<T> = Result<T, Refused>;

fn bad<T>(why: impl Into<String>) -> Check<T> {
    Err((Status::BadData, why.into()))
}

fn missing<T>(what: &str) -> Check<T> {
    Err((Status::MissingData, what.to_owned()))
}

/// Checks a message, without its receiver.
pub(crate) fn message(given: &Value) -> Check<Checked> {
    match given["sender"]["name"].as_str() {
        None | Some("") => return missing("sender.name"),
        Some(name) if chars(name) > 28 => return bad("sender.name is longer than 28 characters"),
        Some(_) => {}
    }
    let tracking_data = given["tracking_data"].as_str().unwrap_or_default();
    if chars(tracking_data) > 4_000 {
        return bad("tracking_data is longer than 4000 characters");
    }
    let version = match &given["min_api_version"] {
        Value::Null => 1,
        number => match number.as_u64() {
            Some(version) if version >= 1 => version,
            _ => return bad("min_api_version is no number"),
        },
    };
    let mut seen = content(given, version)?;
    let has_keyboard = !given["keyboard"].is_null();
    if has_keyboard {
        seen.buttons = keyboard::read(&given["keyboard"], "keyboard", version)?;
    }
    Ok(Checked {
        seen,
        has_keyboard,
        tracking_data: tracking_data.to_owned(),
    })
}

fn content(given: &Value, version: u64) -> Check<Seen> {
    let text = given["text"].as_str().unwrap_or_default();
    let Some(kind) = given["type"].as_str() else {
        return missing("type");
    };
    let mut seen = Seen {
        kind: "text",
        text: text.to_owned(),
        ..Seen::default()
    };
    match kind {
        "text" if text.is_empty() => return missing("text"),
        "text" if chars(text) > 7_000 => return bad("text is longer than 7000 characters"),
        "text" => {}
        "picture" => {
            if chars(text) > 512 {
                return bad("text is longer than 512 characters");
            }
            seen.kind = "image";
            seen.file = Some(media(given, &["jpg", "jpeg", "png", "gif"])?);
        }
        "video" => {
            let size = size(given, 26 * MEGABYTE)?;
            if given["duration"].as_f64().is_some_and(|seconds| seconds > 180.0) {
                return bad("duration is longer than 180 seconds");
            }
            seen.kind = "video";
            seen.file = Some(SeenFile {
                size: Some(size),
                ..media(given, &["mp4"])?
            });
        }
        "file" => {
            let size = size(given, 50 * MEGABYTE)?;
            seen.kind = "document";
            seen.file = Some(SeenFile {
                size: Some(size),
                name: file_name(given)?,
                ..media(given, &[])?
            });
        }
        "contact" => {
            seen.kind = "contact";
            seen.text = contact(&given["contact"])?;
        }
        "location" => {
            seen.kind = "location";
            seen.place = Some(place(&given["location"])?);
        }
        "url" => {
            seen.kind = "link";
            seen.text = media(given, &[])?.url;
        }
        "sticker" => {
            if given["sticker_id"].as_u64().is_none() {
                return missing("sticker_id");
            }
            seen.kind = "sticker";
        }
        "rich_media" => {
            if version < 2 {
                return bad("rich_media needs min_api_version 2");
            }
            seen.kind = "template";
            seen.inline = true;
            seen.buttons = keyboard::read(&given["rich_media"], "rich_media", version)?;
        }
        other => return bad(format!("unknown type {other}")),
    }
    Ok(seen)
}

fn media(given: &Value, extensions: &[&str]) -> Check<SeenFile> {
    let Some(media) = given["media"].as_str().filter(|media| !media.is_empty()) else {
        return missing("media");
    };
    if chars(media) > 2_000 {
        return bad("media is longer than 2000 characters");
    }
    let url = Url::parse(media)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some(url) = url else {
        return bad("media is no address");
    };
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let fits = extension.is_some_and(|extension| extensions.contains(&extension.as_str()));
    if !extensions.is_empty() && !fits {
        return bad(format!("media must end with one of {extensions:?}"));
    }
    Ok(SeenFile {
        url: media.to_owned(),
        name: name.to_owned(),
        ..SeenFile::default()
    })
}

fn size(given: &Value, most: u64) -> Check<u64> {
    match given["size"].as_u64() {
        None | Some(0) => bad("size is missing"),
        Some(size) if size > most => bad(format!("size is larger than {most}")),
        Some(size) => Ok(size),
    }
}

fn file_name(given: &Value) -> Check<String> {
    let Some(name) = given["file_name"].as_str() else {
        return bad("file_name is missing");
    };
    let has_extension = name
        .rsplit_once('.')
        .is_some_and(|(stem, end)| !stem.is_empty() && !end.is_empty());
    if chars(name) > 256 || !has_extension {
        return bad("file_name must have an extension and at most 256 characters");
    }
    Ok(name.to_owned())
}

fn contact(given: &Value) -> Check<String> {
    let (Some(name), Some(phone)) = (given["name"].as_str(), given["phone_number"].as_str()) else {
        return missing("contact.name and contact.phone_number");
    };
    if chars(name) > 28 || chars(phone) > 18 {
        return bad("contact: a name has at most 28 characters, a number 18");
    }
    Ok(format!("{name} {phone}"))
}

fn place(given: &Value) -> Check<(f64, f64)> {
    let (Some(lat), Some(lon)) = (given["lat"].as_f64(), given["lon"].as_f64()) else {
        return missing("location.lat and location.lon");
    };
    if lat.abs() > 90.0 || lon.abs() > 180.0 {
        return bad("location is not on earth");
    }
    Ok((lat, lon))
}
