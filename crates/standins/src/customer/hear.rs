//! Events of the gateway.

use super::{
    endpoint::{Endpoint, Scheme, Scripted},
    legacy, refusal, verify,
};
use crate::{
    answer,
    chat::{Chat, Keyboard},
    clock::now_ms,
    gate::Slowly,
    seen::{Button, Press, Seen, SeenFile},
    world::World,
};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

pub(super) async fn hear(world: &World, endpoint: &Endpoint, headers: &HeaderMap, body: &Bytes) -> Response {
    let (scheme, verified) = {
        let mut state = endpoint.state();
        let verified = verify::verify(&state, headers, body);
        if let Err(why) = verified {
            state.refuse(why);
        }
        (state.scheme, verified)
    };
    let id = match (verified, scheme) {
        (Ok(id), _) => id,
        (Err(why), Scheme::Standard) => return refusal(401, Some(why.to_owned())),
        // The older ones say nothing.
        (Err(_), Scheme::Webitel) => return answer::raw(403, "application/json", ""),
    };
    let scripted = endpoint.state().script.pop_front();
    // What is refused will come again; what is taken is shown.
    if let Some(scripted) = scripted
        .as_ref()
        .filter(|scripted| !(200..300).contains(&scripted.status))
    {
        return script(scripted).await;
    }
    match (take(world, endpoint, scheme, &id, body), scripted) {
        (Err(why), _) => {
            endpoint.state().refuse(&why);
            refusal(400, Some(why))
        }
        (Ok(_), Some(scripted)) => script(&scripted).await,
        (Ok(told), None) => answer::json(200, &told),
    }
}

/// Reads an event and shows it, unless it was shown before; gives the answer, or what is wrong with the event.
fn take(world: &World, endpoint: &Endpoint, scheme: Scheme, id: &str, body: &Bytes) -> Result<Value, String> {
    let event: Value = serde_json::from_slice(body).map_err(|_| "the body is no JSON")?;
    if scheme == Scheme::Webitel {
        legacy::show(world, endpoint, &event)?;
        return Ok(json!({ "success": true }));
    }
    let kind = check(&event)?;
    if !endpoint.state().take(id) {
        return Ok(json!({ "duplicate": true }));
    }
    let external = show(world, endpoint, kind, &event["data"])?;
    Ok(external.map_or_else(|| json!({}), |id| json!({ "external_id": id })))
}

/// What every event has; gives its type.
fn check(event: &Value) -> Result<&str, String> {
    let kind = event["type"].as_str().ok_or("type is missing")?;
    let at = event["timestamp"].as_str().ok_or("timestamp is missing")?;
    at.parse::<jiff::Timestamp>()
        .map_err(|_| format!("timestamp {at} is no RFC 3339 time"))?;
    if !event["data"].is_object() {
        return Err("data is no object".to_owned());
    }
    Ok(kind)
}

/// Shows an event in its chat; gives the customer's id of a new message.
fn show(world: &World, endpoint: &Endpoint, kind: &str, data: &Value) -> Result<Option<String>, String> {
    if !matches!(
        kind,
        "message.created" | "message.updated" | "message.deleted" | "typing" | "chat.assigned" | "chat.closed"
    ) {
        return Ok(None);
    }
    let text = |field: &str| {
        let given = &data[field];
        given
            .as_str()
            .filter(|text| !text.is_empty())
            .ok_or_else(|| format!("data.{field} is missing"))
    };
    let chat = world.customer.chats.open(&endpoint.name, text("chat_id")?);
    match kind {
        "message.created" => {
            message(&chat, text("message_id")?, data)?;
            let mut state = endpoint.state();
            state.next_id += 1;
            return Ok(Some(format!("c-{}", state.next_id)));
        }
        "message.updated" => {
            let words = parts(data)?
                .iter()
                .filter_map(|part| part["text"].as_str())
                .collect::<Vec<_>>()
                .join("\n");
            if let Some(line) = chat.state().line(text("message_id")?) {
                line.text = words;
                line.edited = true;
            }
        }
        "message.deleted" => {
            let id = text("message_id")?;
            chat.state().lines.retain(|line| line.id != id);
        }
        "typing" => chat.state().typing_ms = if data["on"] == false { 0 } else { now_ms() },
        "chat.closed" => notice(&chat, "closed", data["reason"].as_str().unwrap_or_default()),
        _ => notice(&chat, "assigned", data["agent"]["name"].as_str().unwrap_or_default()),
    }
    chat.touch();
    Ok(None)
}

/// Something that happened to the chat itself.
pub(super) fn notice(chat: &Chat, kind: &'static str, text: &str) {
    let seen = Seen {
        kind,
        text: text.to_owned(),
        ..Seen::default()
    };
    chat.say(seen, Keyboard::Keep);
}

fn parts(data: &Value) -> Result<&Vec<Value>, String> {
    data["parts"]
        .as_array()
        .ok_or_else(|| "data.parts is missing".to_owned())
}

fn message(chat: &Arc<Chat>, id: &str, data: &Value) -> Result<(), String> {
    let parts = parts(data)?;
    let buttons = buttons(&data["buttons"])?;
    if parts.is_empty() && buttons.is_empty() {
        return Err("data.parts is empty".to_owned());
    }
    let mut lines = parts.iter().map(part).collect::<Result<Vec<_>, _>>()?;
    if lines.is_empty() {
        lines.push(Seen::default());
    }
    let last = lines.len() - 1;
    for (index, line) in lines.into_iter().enumerate() {
        let seen = Seen {
            id: id.to_owned(),
            reply_to: data["reply_to"].as_str().map(str::to_owned),
            buttons: if index == last { buttons.clone() } else { Vec::new() },
            inline: true,
            ..line
        };
        chat.say(seen, Keyboard::Keep);
    }
    Ok(())
}

fn part(part: &Value) -> Result<Seen, String> {
    let text = |field: &str| part[field].as_str().unwrap_or_default().to_owned();
    let mut seen = Seen {
        kind: "text",
        text: text("text"),
        ..Seen::default()
    };
    match part["kind"].as_str() {
        Some("text") if seen.text.is_empty() => return Err("a part of text has no text".to_owned()),
        Some("text") => {}
        Some("file") => {
            let file = file(part).ok_or("a part with a file has no url")?;
            seen.kind = kind_of(&file.mime);
            seen.text = text("caption");
            seen.file = Some(file);
        }
        Some("location") => {
            let place = part["lat"].as_f64().zip(part["lon"].as_f64());
            seen.kind = "location";
            seen.text = text("title");
            seen.place = Some(place.ok_or("a place has no lat and lon")?);
        }
        Some("contact") => {
            seen.kind = "contact";
            seen.text = format!("{} {}", text("name"), part["phones"][0].as_str().unwrap_or_default());
        }
        Some(other) => {
            seen.kind = "link";
            seen.text = if part["url"].is_string() {
                text("url")
            } else {
                other.to_owned()
            };
        }
        None => return Err("a part has no kind".to_owned()),
    }
    Ok(seen)
}

/// A file with an address.
pub(super) fn file(given: &Value) -> Option<SeenFile> {
    let url = given["url"].as_str().filter(|url| url::Url::parse(url).is_ok())?;
    Some(SeenFile {
        url: url.to_owned(),
        name: given["name"].as_str().unwrap_or_default().to_owned(),
        mime: given["mime"].as_str().unwrap_or_default().to_owned(),
        size: given["size"].as_u64(),
    })
}

pub(super) fn kind_of(mime: &str) -> &'static str {
    match mime.split('/').next() {
        Some("image") => "image",
        Some("video") => "video",
        Some("audio") => "audio",
        _ => "document",
    }
}

fn buttons(rows: &Value) -> Result<Vec<Vec<Button>>, String> {
    let Some(rows) = rows.as_array() else {
        return Ok(Vec::new());
    };
    let row = |row: &Value| row.as_array().map(|row| row.iter().map(button).collect());
    let rows: Option<Vec<Vec<Button>>> = rows.iter().map(row).collect();
    rows.ok_or_else(|| "data.buttons is no list of rows".to_owned())
}

fn button(given: &Value) -> Button {
    let text = |field: &str| given[field].as_str().unwrap_or_default().to_owned();
    let kind = given["kind"]
        .as_str()
        .or_else(|| given["type"].as_str())
        .unwrap_or_default();
    Button {
        title: text("title"),
        press: match kind {
            _ if given["url"].is_string() => Press::Url { url: text("url") },
            "request_phone" => Press::Phone,
            "request_location" => Press::Location,
            _ => Press::Payload {
                payload: text("payload"),
            },
        },
    }
}

/// Answers as the test said.
async fn script(scripted: &Scripted) -> Response {
    tokio::time::sleep(Duration::from_millis(scripted.delay_ms)).await;
    let mut response = answer::raw(scripted.status, "application/json", scripted.body.clone());
    for (name, value) in &scripted.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    if scripted.slow_body_ms > 0 {
        let pause = Duration::from_millis(scripted.slow_body_ms);
        response.extensions_mut().insert(Slowly(pause));
    }
    response
}
