//! What peers do on `WhatsApp`.

use super::{super::media, tell_change};
use crate::{
    Act, Button, Cannot, Press, Upload,
    chat::{Chat, Keyboard},
    clock::now_secs,
    peer::{act_of, own},
    seen::Seen,
    sign::sha256_hex,
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

pub(in crate::graph) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    let mut seen = own(act);
    let (kind, content) = match act {
        // Nobody is told who blocks whom.
        Act::Subscribe | Act::Unsubscribe => {
            chat.state().blocked = matches!(act, Act::Unsubscribe);
            return Ok(String::new());
        }
        Act::Text { text, .. } => ("text", json!({ "body": text })),
        Act::Link { url } => ("text", json!({ "body": url })),
        Act::Image(upload) => ("image", file(world, upload, &mut seen)),
        Act::Video(upload) => ("video", file(world, upload, &mut seen)),
        Act::Audio(upload) => ("audio", file(world, upload, &mut seen)),
        Act::Voice(upload) => {
            let mut content = file(world, upload, &mut seen);
            content["voice"] = json!(true);
            ("audio", content)
        }
        Act::Document(upload) => {
            let mut content = file(world, upload, &mut seen);
            content["filename"] = json!(upload.name);
            ("document", content)
        }
        Act::Sticker(upload) => {
            let mut content = file(world, upload, &mut seen);
            content["animated"] = json!(false);
            ("sticker", content)
        }
        Act::Location {
            latitude,
            longitude,
            title,
            address,
        } => (
            "location",
            json!({ "latitude": latitude, "longitude": longitude, "name": title, "address": address }),
        ),
        Act::Contact { name, phone, .. } => {
            let phones = json!([{ "phone": phone, "wa_id": phone.trim_start_matches('+'), "type": "CELL" }]);
            let name = json!({ "formatted_name": name, "first_name": name });
            ("contacts", json!([{ "name": name, "phones": phones }]))
        }
        Act::Button { title, payload } => {
            let reply = json!({ "id": payload, "title": title });
            ("interactive", json!({ "type": "button_reply", "button_reply": reply }))
        }
        Act::React { id, emoji } => ("reaction", json!({ "message_id": id, "emoji": emoji })),
        Act::Unsupported => ("unsupported", Value::Null),
        Act::Unknown => ("hologram", json!({ "beam": 3 })),
        other => return Err(Cannot::of("WhatsApp", other)),
    };
    let answered = match act {
        Act::Text { reply_to, .. } => reply_to.clone(),
        _ => None,
    };
    say(world, chat, kind, &content, answered, seen)
}

/// Presses a button of a message, or chooses from a list.
pub(in crate::graph) fn press(
    world: &Arc<World>,
    chat: &Arc<Chat>,
    line: &Seen,
    button: &Button,
) -> Result<String, Cannot> {
    let seen = own(&Act::text(button.title.clone()));
    let (kind, content) = match &button.press {
        Press::Payload { payload } => {
            let reply = json!({ "id": payload, "title": button.title });
            ("interactive", json!({ "type": "button_reply", "button_reply": reply }))
        }
        Press::Row { payload } => {
            let reply = json!({ "id": payload, "title": button.title });
            ("interactive", json!({ "type": "list_reply", "list_reply": reply }))
        }
        _ => {
            return match act_of(button, chat) {
                Some(done) => act(world, chat, &done),
                None => Ok(String::new()),
            };
        }
    };
    say(world, chat, kind, &content, Some(line.id.clone()), seen)
}

fn say(
    world: &Arc<World>,
    chat: &Arc<Chat>,
    kind: &str,
    content: &Value,
    answered: Option<String>,
    seen: Seen,
) -> Result<String, Cannot> {
    let wamid = world.graph.wamid();
    let mut message = json!({ "id": wamid, "timestamp": now_secs().to_string(), "type": kind });
    let (phone, user) = ids(chat);
    if let Some(phone) = phone {
        message["from"] = json!(phone);
    }
    if let Some(user) = user {
        message["user_id"] = json!(user);
    }
    match kind {
        "unsupported" => {
            message["errors"] = json!([{ "code": 131_051, "title": "Message type unknown",
                "message": "Message type unknown", "error_data": { "details": "Message type is currently not supported." } }]);
        }
        kind => message[kind] = content.clone(),
    }
    if let Some(id) = answered {
        message["context"] = json!({ "from": &*chat.account, "id": id });
    }
    tell_change(world, chat, "messages", &[message])?;
    if kind != "reaction" {
        let id = wamid.clone();
        chat.say(Seen { id, ..seen }, Keyboard::Keep);
    }
    Ok(wamid)
}

/// The peer's phone, unless it hides it, and its id for this business, if it has a name of its own. An id such as
/// `UA.123` is the latter.
fn ids(chat: &Chat) -> (Option<String>, Option<String>) {
    let peer = chat.peer.to_string();
    if peer.bytes().all(|digit| digit.is_ascii_digit()) {
        (Some(peer), None)
    } else {
        let phone = chat.state().profile.phone.clone();
        ((!phone.is_empty()).then_some(phone), Some(peer))
    }
}

/// What an app is told of a number: metadata, who wrote, and the items.
pub(in crate::graph) fn value(world: &World, chat: &Chat, key: &str, items: &[Value]) -> Option<Value> {
    let assets = world.graph.assets();
    let number = assets.numbers.get(&*chat.account)?;
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.display, "phone_number_id": &*chat.account },
        key: items,
    });
    drop(assets);
    if key == "messages" {
        let mut contact = json!({ "profile": { "name": chat.state().profile.name() } });
        let (phone, user) = ids(chat);
        if let Some(phone) = phone {
            contact["wa_id"] = json!(phone);
        }
        if let Some(user) = user {
            contact["user_id"] = json!(user);
        }
        value["contacts"] = json!([contact]);
    }
    Some(value)
}

fn file(world: &World, upload: &Upload, seen: &mut Seen) -> Value {
    let file = media::keep(world, upload);
    seen.file = Some(file.seen(&world.base));
    let mut content = json!({ "id": file.id, "mime_type": file.mime, "sha256": sha256_hex(&file.bytes) });
    if let Some(caption) = &upload.caption {
        content["caption"] = json!(caption);
    }
    content
}
