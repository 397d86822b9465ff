//! What a customer tells the gateway.

use super::{
    endpoint::{Endpoint, Scheme},
    legacy,
};
use crate::{
    Act, Cannot, Provider, Upload, chance,
    chat::{Chat, Keyboard},
    files::NewFile,
    peer::own,
    push::{self, Proof, Push},
    seen::Seen,
    world::World,
};
use bytes::Bytes;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::sync::Arc;

/// The schedule of Standard Webhooks, in seconds.
const LADDER: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// Does something in a chat. Gives the message's id.
pub(crate) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    let endpoint = world
        .customer
        .endpoint(&chat.account)
        .ok_or_else(|| Cannot::new("there is no such endpoint"))?;
    let id = match act {
        Act::Edit { id, .. } | Act::Delete { id } => id.clone(),
        _ => format!("m-{}", chance::word()),
    };
    let mut seen = own(act);
    let file = upload_of(act).map(|upload| keep(world, &endpoint, upload, &mut seen));
    let scheme = endpoint.state().scheme;
    let event = match scheme {
        Scheme::Webitel => legacy::event(chat, &id, act, file)?,
        Scheme::Standard => event(chat, &id, act, file)?,
    };
    tell(world, &endpoint, &chat.peer, event.to_string())?;
    show(chat, act, &id, seen);
    Ok(id)
}

/// Shows the peer its own doing.
fn show(chat: &Chat, act: &Act, id: &str, seen: Seen) {
    match act {
        Act::Edit { text, .. } => {
            if let Some(line) = chat.state().line(id) {
                line.text.clone_from(text);
                line.edited = true;
            }
        }
        Act::Delete { .. } => chat.state().lines.retain(|line| line.id != id),
        Act::Typing { .. } | Act::Close | Act::Unknown => {}
        _ => {
            let id = id.to_owned();
            chat.say(Seen { id, ..seen }, Keyboard::Keep);
        }
    }
    chat.touch();
}

fn event(chat: &Chat, id: &str, act: &Act, file: Option<Value>) -> Result<Value, Cannot> {
    let profile = chat.state().profile.clone();
    let mut data = json!({
        "chat_id": &*chat.peer,
        "sender": {
            "id": &*chat.peer, "name": profile.name(), "username": profile.username, "phone": profile.phone,
            "email": null, "avatar_url": null, "type": "site",
        },
    });
    let kind = match act {
        Act::Edit { text, .. } => {
            data["message_id"] = json!(id);
            data["parts"] = json!([{ "kind": "text", "text": text }]);
            "message.updated"
        }
        Act::Delete { .. } => {
            data["message_id"] = json!(id);
            "message.deleted"
        }
        Act::Button { title, payload } => {
            data["message_id"] = json!(id);
            data["title"] = json!(title);
            data["payload"] = json!(payload);
            "postback.created"
        }
        Act::Typing { on } => {
            data["on"] = json!(on);
            "typing"
        }
        Act::Close => "chat.closed",
        Act::Unknown => "customer.sneezed",
        said => {
            data["message_id"] = json!(id);
            data["parts"] = parts(said, file)?;
            data["reply_to"] = match said {
                Act::Text { reply_to, .. } => json!(reply_to),
                _ => Value::Null,
            };
            data["metadata"] = json!({});
            "message.created"
        }
    };
    let now = jiff::Timestamp::from_millisecond(crate::clock::now_ms()).unwrap_or_default();
    Ok(json!({ "type": kind, "timestamp": now.to_string(), "data": data }))
}

fn parts(act: &Act, file: Option<Value>) -> Result<Value, Cannot> {
    if let Some(mut file) = file {
        file["kind"] = json!("file");
        let caption = upload_of(act).and_then(|upload| upload.caption.as_deref());
        return Ok(match caption {
            Some(caption) => json!([file, { "kind": "text", "text": caption }]),
            None => json!([file]),
        });
    }
    let part = match act {
        Act::Text { text, .. } => json!({ "kind": "text", "text": text }),
        Act::Link { url } => json!({ "kind": "text", "text": url }),
        Act::Location {
            latitude,
            longitude,
            title,
            address,
        } => json!({ "kind": "location", "lat": latitude, "lon": longitude, "title": title, "address": address }),
        Act::Contact { name, phone, .. } => json!({ "kind": "contact", "name": name, "phones": [phone] }),
        Act::Unsupported => json!({ "kind": "hologram", "beam": 3 }),
        other => return Err(Cannot::of("A customer", other)),
    };
    Ok(json!([part]))
}

fn upload_of(act: &Act) -> Option<&Upload> {
    match act {
        Act::Image(upload)
        | Act::Video(upload)
        | Act::Audio(upload)
        | Act::Voice(upload)
        | Act::Document(upload)
        | Act::Sticker(upload) => Some(upload),
        _ => None,
    }
}

/// Keeps a file at an address of the customer.
fn keep(world: &World, endpoint: &Endpoint, upload: &Upload, seen: &mut Seen) -> Value {
    let file = NewFile {
        kind: "customer".to_owned(),
        name: upload.name.clone(),
        mime: upload.mime.clone(),
        bytes: upload.bytes.clone(),
        size: upload.size,
    };
    let file = world.files.keep(None, file);
    seen.file = Some(file.seen(&world.base));
    let name = utf8_percent_encode(&file.name, NON_ALPHANUMERIC)
        .to_string()
        .replace("%2E", ".");
    let url = format!("{}/customer/{}/files/{}/{name}", world.base, endpoint.name, file.id);
    json!({ "url": url, "name": file.name, "mime": file.mime, "size": file.size })
}

/// Tells the gateway of an event, after what it was told of this chat before.
pub(crate) fn tell(world: &Arc<World>, endpoint: &Endpoint, chat: &str, body: impl Into<Bytes>) -> Result<(), Cannot> {
    let id = format!("evt_{}", chance::word());
    let event = sealed(endpoint, &id, body).ok_or_else(|| Cannot::new("the endpoint knows no gateway"))?;
    let lane = format!("{} {chat}", endpoint.name);
    push::push(world, &world.customer.lanes, lane, event);
    Ok(())
}

/// A body on its way to the gateway, if the endpoint knows where that is.
pub(crate) fn sealed(endpoint: &Endpoint, id: &str, body: impl Into<Bytes>) -> Option<Push> {
    let state = endpoint.state();
    if state.gateway.is_empty() {
        return None;
    }
    let secrets = state.secrets.clone();
    Some(Push {
        provider: Provider::Customer,
        url: state.gateway.clone(),
        body: body.into(),
        proof: match state.scheme {
            Scheme::Standard => Proof::Standard {
                id: id.to_owned(),
                secrets,
            },
            Scheme::Webitel => Proof::Webitel {
                secret: secrets.first().cloned().unwrap_or_default(),
            },
        },
        ladder: &LADDER,
        then: None,
    })
}
