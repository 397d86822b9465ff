//! What accounts are told.

use super::{account::Account, answer::HOST, check, media, methods::user, send::show};
use crate::{
    Act, Answer, Cannot, Provider, Upload,
    chat::{Chat, Keyboard},
    clock::now_ms,
    peer::own,
    push::{self, Proof, Push, Then},
    seen::Seen,
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// “Several times for an hour”.
const LADDER: [u64; 5] = [5, 30, 120, 600, 1_800];

/// Does something in a chat. Gives the event's `message_token`.
pub(crate) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    let account = world
        .viber
        .account(&chat.account)
        .ok_or_else(|| Cannot::new("there is no such account"))?;
    if account.state().webhook.is_none() {
        return Err(Cannot::new("the account has no webhook"));
    }
    let token = world.viber.token();
    let who = user(&chat.peer, &chat.state().profile);
    let event = match act {
        Act::Start { payload } => {
            let mut event = json!({ "event": "conversation_started", "type": "open", "user": who });
            if let Some(payload) = payload {
                event["context"] = json!(payload);
            }
            event["subscribed"] = json!(chat.state().subscribed);
            event
        }
        Act::Subscribe => {
            chat.state().subscribed = true;
            json!({ "event": "subscribed", "user": who })
        }
        Act::Unsubscribe => {
            let mut state = chat.state();
            state.subscribed = false;
            state.memo.clear();
            json!({ "event": "unsubscribed", "user_id": &*chat.peer })
        }
        Act::Unknown => json!({ "event": "wallpaper_changed", "user_id": &*chat.peer }),
        said => said_by(world, chat, &who, said, token)?,
    };
    let then = matches!(act, Act::Start { .. }).then(|| welcome(world, &account, chat));
    tell(world, &account, &chat.peer, event, token, then);
    Ok(token.to_string())
}

/// A message of the peer; the first one subscribes it without a word.
fn said_by(world: &World, chat: &Chat, who: &Value, act: &Act, token: u64) -> Result<Value, Cannot> {
    let mut seen = own(act);
    let mut message = content(world, act, &mut seen)?;
    let mut state = chat.state();
    state.subscribed = true;
    if !state.memo.is_empty() {
        message["tracking_data"] = json!(state.memo);
    }
    drop(state);
    let seen = Seen {
        id: token.to_string(),
        ..seen
    };
    chat.say(seen, Keyboard::Keep);
    Ok(json!({ "event": "message", "sender": who, "message": message, "silent": false }))
}

fn content(world: &World, act: &Act, seen: &mut Seen) -> Result<Value, Cannot> {
    let mut file = |upload: &Upload| {
        let file = media::keep(world, upload);
        seen.file = Some(file.seen(&world.base));
        (media::url(world, &file), file.size)
    };
    let caption = |upload: &Upload| upload.caption.clone().unwrap_or_default();
    Ok(match act {
        Act::Text { text, .. } => json!({ "type": "text", "text": text }),
        Act::Button { payload, .. } => json!({ "type": "text", "text": payload }),
        Act::Link { url } => json!({ "type": "url", "media": url }),
        Act::Image(upload) => {
            let (url, _) = file(upload);
            json!({ "type": "picture", "text": caption(upload), "media": url, "thumbnail": url,
                "file_name": upload.name })
        }
        Act::Video(upload) => {
            let (url, size) = file(upload);
            json!({ "type": "video", "media": url, "thumbnail": url, "size": size, "duration": 4,
                "file_name": upload.name })
        }
        Act::Document(upload) | Act::Audio(upload) | Act::Voice(upload) => {
            let (url, size) = file(upload);
            json!({ "type": "file", "media": url, "size": size, "file_size": size, "file_name": upload.name })
        }
        Act::Sticker(upload) => json!({ "type": "sticker", "sticker_id": 46_105, "media": file(upload).0 }),
        Act::Location {
            latitude, longitude, ..
        } => json!({ "type": "location", "location": { "lat": latitude, "lon": longitude } }),
        Act::Contact { name, phone, .. } => {
            json!({ "type": "contact", "contact": { "name": name, "phone_number": phone } })
        }
        Act::Unsupported => json!({ "type": "poll", "poll": {} }),
        other => return Err(Cannot::of("Viber", other)),
    })
}

/// How a message of the account fared: `delivered`, `seen` or `failed`.
pub(crate) fn receipt(
    world: &Arc<World>,
    account: &Arc<Account>,
    chat: &Chat,
    token: u64,
    event: &str,
    why: Option<&str>,
) {
    let mut body = json!({ "event": event, "user_id": &*chat.peer });
    if let Some(why) = why {
        body["desc"] = json!(why);
    }
    tell(world, account, &chat.peer, body, token, None);
}

/// Tells an account of an event, if it wants to know, after what it was told of this user before.
pub(crate) fn tell(
    world: &Arc<World>,
    account: &Arc<Account>,
    user: &str,
    mut event: Value,
    token: u64,
    then: Option<Then>,
) {
    let name = event["event"].as_str().unwrap_or_default();
    let Some(url) = account.state().webhook.clone() else {
        return;
    };
    if !account.wants(name) {
        return;
    }
    event["timestamp"] = json!(now_ms());
    event["message_token"] = json!(token);
    event["chat_hostname"] = json!(HOST);
    let lane = format!("{} {user}", account.token);
    let event = Push {
        then,
        ..sealed(account, url, event.to_string())
    };
    push::push(world, &world.viber.lanes, lane, event);
}

/// A body on its way to an account's webhook.
pub(crate) fn sealed(account: &Account, url: String, body: impl Into<bytes::Bytes>) -> Push {
    Push {
        provider: Provider::Viber,
        url,
        body: body.into(),
        proof: Proof::Viber {
            token: account.token.clone(),
        },
        ladder: &LADDER,
        then: None,
    }
}

/// Shows the message in the answer to `conversation_started`, if it is a right one.
fn welcome(world: &Arc<World>, account: &Arc<Account>, chat: &Arc<Chat>) -> Then {
    let (world, account, chat) = (world.clone(), account.clone(), chat.clone());
    Box::new(move |answer: &Answer| {
        if answer.body.is_empty() {
            return;
        }
        match check::message(&answer.json()) {
            Ok(message) => show(&chat, world.viber.token(), &message),
            Err((_, why)) => account.state().refused_welcomes.push(why),
        }
    })
}
