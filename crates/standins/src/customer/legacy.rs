//! The older envelope: `message`, `close` or `broadcast`.

use super::{
    endpoint::Endpoint,
    hear::{file, kind_of, notice},
};
use crate::{
    Act, Cannot,
    chat::{Chat, Keyboard},
    clock::now_secs,
    seen::Seen,
    world::World,
};
use serde_json::{Value, json};

/// Shows what the gateway says.
pub(super) fn show(world: &World, endpoint: &Endpoint, event: &Value) -> Result<(), String> {
    let chat = |given: &Value| {
        let id = given["chatId"]
            .as_str()
            .filter(|id| !id.is_empty())
            .ok_or("chatId is missing")?;
        Ok::<_, String>(world.customer.chats.open(&endpoint.name, id))
    };
    if event["close"].is_object() {
        notice(&*chat(&event["close"])?, "closed", "");
        return Ok(());
    }
    if event["broadcast"].is_object() {
        return match event["broadcast"]["recipients"].as_array() {
            Some(_) => Ok(()),
            None => Err("broadcast.recipients is missing".to_owned()),
        };
    }
    let message = &event["message"];
    let file = file(&message["file"]);
    let text = message["text"].as_str().unwrap_or_default();
    if !message["date"].is_i64() {
        return Err("message.date is missing".to_owned());
    }
    if text.is_empty() && file.is_none() {
        return Err("message has neither text nor file".to_owned());
    }
    let seen = Seen {
        kind: file.as_ref().map_or("text", |file| kind_of(&file.mime)),
        text: text.to_owned(),
        file,
        ..Seen::default()
    };
    chat(message)?.say(seen, Keyboard::Keep);
    Ok(())
}

/// What a peer does, in the older envelope.
pub(super) fn event(chat: &Chat, id: &str, act: &Act, file: Option<Value>) -> Result<Value, Cannot> {
    let profile = chat.state().profile.clone();
    let mut message = json!({
        "id": id,
        "chatId": &*chat.peer,
        "sender": { "id": &*chat.peer, "type": "site", "name": profile.name(), "nickname": profile.username },
        "date": now_secs(),
    });
    match (act, file) {
        (Act::Close, _) => return Ok(json!({ "close": { "chatId": &*chat.peer } })),
        (Act::Unknown, _) => return Ok(json!({ "sneeze": { "chatId": &*chat.peer } })),
        (Act::Text { text, .. }, _) => message["text"] = json!(text),
        (Act::Link { url }, _) => message["text"] = json!(url),
        (_, Some(file)) => message["file"] = file,
        (other, None) => return Err(Cannot::of("The older envelope", other)),
    }
    Ok(json!({ "message": message }))
}
