//! What a peer does, as updates.

use super::{
    bot::Bot,
    chats,
    content::{described, id_of},
    delivery::{self, New},
};
use crate::{
    Act, Cannot, Upload,
    chat::{Chat, Keyboard},
    clock::now_secs,
    files::NewFile,
    peer::own,
    seen::Seen,
    world::World,
};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Does something in a chat. Gives the id of the message, if it is one, else of the update.
pub(crate) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    let bot = world
        .telegram
        .bot(&chat.account)
        .ok_or_else(|| Cannot::new("there is no such bot"))?;
    let lane = chat.peer.parse::<i64>().unwrap_or_default();
    let tell = |kind: &str, payload: &Value| {
        let update = New {
            kind,
            payload: &payload.to_string(),
            lane,
            id: None,
        };
        delivery::tell(world, &bot, &update).map_or_else(String::new, |id| id.to_string())
    };
    match act {
        Act::Button { title, payload } => Ok(tell("callback_query", &press(&bot, chat, title, payload))),
        Act::Edit { id, text } => {
            let message = edited(chat, id, text)?;
            tell("edited_message", &message);
            Ok(id.clone())
        }
        Act::React { id, emoji } => Ok(tell("message_reaction", &reaction(chat, id, emoji))),
        Act::Subscribe | Act::Unsubscribe => {
            let blocks = matches!(act, Act::Unsubscribe);
            chat.state().blocked = blocks;
            Ok(tell("my_chat_member", &member(&bot, chat, blocks)))
        }
        Act::Unknown => Ok(tell("guest_star", &json!({ "chat": { "id": lane } }))),
        Act::Delete { .. } | Act::Typing { .. } | Act::Close => Err(Cannot::of("Telegram", act)),
        said => {
            let (fields, seen) = content(world, chat, said)?;
            let message = message(chat, fields, &seen);
            tell("message", &message);
            let id = message["message_id"].to_string();
            let seen = Seen {
                id: id.clone(),
                mine: true,
                raw: message.to_string().into(),
                ..seen
            };
            chat.say(seen, Keyboard::Keep);
            Ok(id)
        }
    }
}

/// The peer as the sender of a message; in a group its id is not the chat's.
fn user(chat: &Chat) -> Value {
    let state = chat.state();
    let profile = &state.profile;
    let id = chat.peer.parse::<i64>().unwrap_or_default().unsigned_abs() % 1_000_000_000_000;
    json!({
        "id": id,
        "is_bot": false,
        "first_name": profile.first_name,
        "last_name": profile.last_name,
        "username": profile.username,
        "language_code": profile.language,
    })
}

fn message(chat: &Chat, fields: Map<String, Value>, seen: &Seen) -> Value {
    let from = user(chat);
    let mut state = chat.state();
    let id = state.next_id;
    state.next_id += 1;
    let mut message = json!({
        "message_id": id,
        "date": now_secs(),
        "from": from,
        "chat": chats::as_chat(&chat.peer, &state.profile),
    });
    if let Some(id) = &seen.reply_to {
        message["reply_to_message"] = match state.line(id) {
            Some(line) => serde_json::from_str(&line.raw).unwrap_or_default(),
            None => json!({ "message_id": id.parse::<i64>().unwrap_or_default(), "date": 0 }),
        };
    }
    if let Some(all) = message.as_object_mut() {
        all.extend(fields);
    }
    message
}

/// What a message carries, and how it looks in the chat.
fn content(world: &World, chat: &Chat, act: &Act) -> Result<(Map<String, Value>, Seen), Cannot> {
    let mut seen = own(act);
    let fields = match act {
        Act::Text { text, .. } => json!({ "text": text }),
        Act::Link { url } => json!({ "text": url, "entities": [{ "type": "url", "offset": 0, "length": url.len() }] }),
        Act::Start { payload } => {
            let text = match payload {
                Some(payload) => format!("/start {payload}"),
                None => "/start".to_owned(),
            };
            let command = json!({ "type": "bot_command", "offset": 0, "length": 6 });
            seen.text.clone_from(&text);
            json!({ "text": text, "entities": [command] })
        }
        Act::Location {
            latitude,
            longitude,
            title,
            address,
        } => place(*latitude, *longitude, title.as_deref(), address.as_deref()),
        Act::Contact { name, phone, own } => {
            let mut contact = json!({ "phone_number": phone, "first_name": name });
            if *own {
                contact["user_id"] = user(chat)["id"].clone();
            }
            json!({ "contact": contact })
        }
        Act::Unsupported => json!({ "dice": { "emoji": "🎲", "value": 4 } }),
        Act::Image(file) => sent(world, "photo", file, &mut seen),
        Act::Video(file) => sent(world, "video", file, &mut seen),
        Act::Audio(file) => sent(world, "audio", file, &mut seen),
        Act::Voice(file) => sent(world, "voice", file, &mut seen),
        Act::Document(file) => sent(world, "document", file, &mut seen),
        Act::Sticker(file) => sent(world, "sticker", file, &mut seen),
        other => return Err(Cannot::of("Telegram", other)),
    };
    let Value::Object(fields) = fields else {
        return Err(Cannot::of("Telegram", act));
    };
    Ok((fields, seen))
}

fn sent(world: &World, kind: &str, upload: &Upload, seen: &mut Seen) -> Value {
    let file = NewFile {
        kind: kind.to_owned(),
        name: upload.name.clone(),
        mime: upload.mime.clone(),
        bytes: upload.bytes.clone(),
        size: upload.size,
    };
    let file = world.files.keep(Some(id_of(kind)), file);
    seen.file = Some(file.seen(&world.base));
    let mut told = described(&file);
    let caption = upload.caption.as_deref().unwrap_or_default();
    if kind == "sticker" {
        told["emoji"] = json!(if caption.is_empty() { "👍" } else { caption });
        return json!({ "sticker": told });
    }
    if caption.is_empty() {
        json!({ kind: told })
    } else {
        json!({ kind: told, "caption": caption })
    }
}

fn place(latitude: f64, longitude: f64, title: Option<&str>, address: Option<&str>) -> Value {
    let location = json!({ "latitude": latitude, "longitude": longitude });
    match title {
        Some(title) => {
            let venue = json!({ "location": location, "title": title, "address": address.unwrap_or_default() });
            json!({ "location": location, "venue": venue })
        }
        None => json!({ "location": location }),
    }
}

fn press(bot: &Bot, chat: &Chat, title: &str, payload: &str) -> Value {
    let id = (now_secs() << 20 | i64::try_from(crate::chance::below(1 << 20)).unwrap_or_default()).to_string();
    bot.state().pressed(id.clone());
    let from = user(chat);
    let state = chat.state();
    let origin = state
        .with_button(title)
        .map(|line| serde_json::from_str(&line.raw).unwrap_or_default());
    let origin = origin
        .unwrap_or_else(|| json!({ "message_id": 1, "date": 0, "chat": chats::as_chat(&chat.peer, &state.profile) }));
    json!({ "id": id, "from": from, "chat_instance": "-77", "data": payload, "message": origin })
}

fn edited(chat: &Chat, id: &str, text: &str) -> Result<Value, Cannot> {
    let mut state = chat.state();
    let line = state.line(id).filter(|line| line.mine && !line.raw.is_empty());
    let line = line.ok_or_else(|| Cannot::new("the peer wrote no such message"))?;
    let mut message: Value = serde_json::from_str(&line.raw).unwrap_or_default();
    let field = if message.get("text").is_some() {
        "text"
    } else {
        "caption"
    };
    message[field] = json!(text);
    message["edit_date"] = json!(now_secs());
    text.clone_into(&mut line.text);
    line.edited = true;
    line.raw = message.to_string().into();
    Ok(message)
}

fn reaction(chat: &Chat, id: &str, emoji: &str) -> Value {
    let mark = |emoji: &str| match emoji {
        "" => json!([]),
        emoji => json!([{ "type": "emoji", "emoji": emoji }]),
    };
    let old = if emoji.is_empty() { "👍" } else { "" };
    let from = user(chat);
    let place = chats::as_chat(&chat.peer, &chat.state().profile);
    json!({
        "chat": place,
        "message_id": id.parse::<i64>().unwrap_or_default(),
        "user": from,
        "date": now_secs(),
        "old_reaction": mark(old),
        "new_reaction": mark(emoji),
    })
}

fn member(bot: &Bot, chat: &Chat, blocks: bool) -> Value {
    let me = super::me::as_user(bot);
    let (old, new) = if blocks {
        ("member", "kicked")
    } else {
        ("kicked", "member")
    };
    let mut now = json!({ "status": new, "user": me });
    if blocks {
        now["until_date"] = json!(0);
    }
    let from = user(chat);
    let place = chats::as_chat(&chat.peer, &chat.state().profile);
    json!({
        "chat": place,
        "from": from,
        "date": now_secs(),
        "old_chat_member": { "status": old, "user": me },
        "new_chat_member": now,
    })
}
