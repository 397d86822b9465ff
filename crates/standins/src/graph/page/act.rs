//! What peers do on pages and on Instagram.

use super::super::{
    assets::Object,
    deliver::{Event, entry, tell},
    is_on, media,
};
use crate::{
    Act, Button, Cannot, Press, Upload,
    chat::{Chat, Keyboard},
    clock::now_ms,
    peer::{act_of, own},
    seen::Seen,
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

pub(in crate::graph) fn act(world: &Arc<World>, chat: &Arc<Chat>, object: Object, act: &Act) -> Result<String, Cannot> {
    let mid = world.graph.mid();
    let (key, field, value) = match act {
        Act::Button { title, payload } => {
            let postback = json!({ "mid": mid, "title": title, "payload": payload });
            ("postback", "messaging_postbacks", postback)
        }
        Act::Start {
            payload: Some(reference),
        } => {
            let referral = json!({ "ref": reference, "source": "SHORTLINK", "type": "OPEN_THREAD" });
            let field = if object == Object::Instagram {
                "messaging_referral"
            } else {
                "messaging_referrals"
            };
            ("referral", field, referral)
        }
        Act::Start { payload: None } => {
            let postback = json!({ "mid": mid, "title": "Get Started", "payload": "GET_STARTED" });
            ("postback", "messaging_postbacks", postback)
        }
        Act::React { id, emoji } => {
            let reaction = match emoji.as_str() {
                "" => json!({ "mid": id, "action": "unreact" }),
                emoji => json!({ "mid": id, "action": "react", "emoji": emoji, "reaction": "other" }),
            };
            ("reaction", "message_reactions", reaction)
        }
        Act::Edit { id, text } => {
            let field = if object == Object::Instagram {
                "message_edit"
            } else {
                "message_edits"
            };
            ("message_edit", field, json!({ "mid": id, "text": text, "num_edit": 1 }))
        }
        Act::Delete { id } => ("message", "messages", json!({ "mid": id, "is_deleted": true })),
        Act::Unknown => ("telepathy", "messages", json!({ "mid": mid })),
        // Nobody is told who blocks whom.
        Act::Subscribe | Act::Unsubscribe => {
            chat.state().blocked = matches!(act, Act::Unsubscribe);
            return Ok(String::new());
        }
        said => return say(world, chat, object, said, mid),
    };
    messaging(world, chat, object, field, key, &value)?;
    if matches!(act, Act::Button { .. }) {
        let seen = Seen {
            id: mid.clone(),
            ..own(act)
        };
        chat.say(seen, Keyboard::Keep);
    }
    Ok(mid)
}

fn say(world: &Arc<World>, chat: &Arc<Chat>, object: Object, act: &Act, mid: String) -> Result<String, Cannot> {
    let mut seen = own(act);
    let mut message = content(world, act, &mut seen)?;
    message["mid"] = json!(mid);
    messaging(world, chat, object, "messages", "message", &message)?;
    let seen = Seen {
        id: mid.clone(),
        ..seen
    };
    chat.say(seen, Keyboard::Remove);
    Ok(mid)
}

/// Presses a button: a quick reply is written, too.
pub(in crate::graph) fn press(
    world: &Arc<World>,
    chat: &Arc<Chat>,
    object: Object,
    button: &Button,
) -> Result<String, Cannot> {
    let payload = match &button.press {
        Press::QuickReply { payload } => payload.clone(),
        // The number that the peer shares is text and payload.
        Press::Phone => format!("+{}", chat.state().profile.phone),
        _ => {
            return match act_of(button, chat) {
                Some(done) => act(world, chat, object, &done),
                None => Ok(String::new()),
            };
        }
    };
    let mid = world.graph.mid();
    let text = if button.press == Press::Phone {
        payload.clone()
    } else {
        button.title.clone()
    };
    let message = json!({ "mid": mid, "text": text, "quick_reply": { "payload": payload } });
    messaging(world, chat, object, "messages", "message", &message)?;
    let seen = Seen {
        id: mid.clone(),
        ..own(&Act::text(text))
    };
    chat.say(seen, Keyboard::Remove);
    Ok(mid)
}

fn messaging(
    world: &Arc<World>,
    chat: &Chat,
    object: Object,
    field: &str,
    key: &str,
    value: &Value,
) -> Result<(), Cannot> {
    let (account, peer) = (&*chat.account, &*chat.peer);
    let event = json!({
        "sender": { "id": peer }, "recipient": { "id": account }, "timestamp": now_ms(), key: value,
    });
    let told = Event {
        account,
        object,
        field,
        peer,
    };
    tell(world, &told, &entry(account, "messaging", &[event]))
}

fn content(world: &World, act: &Act, seen: &mut Seen) -> Result<Value, Cannot> {
    let mut file = |upload: &Upload| {
        let file = media::keep(world, upload);
        seen.file = Some(file.seen(&world.base));
        media::url(world, &file)
    };
    let mut one = |kind: &str, upload: &Upload| {
        let mut message = json!({ "attachments": [{ "type": kind, "payload": { "url": file(upload) } }] });
        if let Some(caption) = &upload.caption {
            message["text"] = json!(caption);
        }
        message
    };
    Ok(match act {
        Act::Text { text, reply_to } => {
            let mut message = json!({ "text": text });
            if let Some(mid) = reply_to {
                message["reply_to"] = json!({ "mid": mid });
            }
            message
        }
        Act::Link { url } => {
            let attachment = json!({ "type": "fallback", "payload": { "url": url, "title": url } });
            json!({ "text": url, "attachments": [attachment] })
        }
        Act::Image(upload) => one("image", upload),
        Act::Video(upload) => one("video", upload),
        Act::Audio(upload) | Act::Voice(upload) => one("audio", upload),
        Act::Document(upload) => one("file", upload),
        Act::Sticker(upload) => {
            let payload = json!({ "url": file(upload), "sticker_id": 369_239_263_222_822_u64 });
            let mut attachments = vec![json!({ "type": "sticker", "payload": payload })];
            if is_on(&world.graph.switches.double_stickers) {
                attachments.push(json!({ "type": "image", "payload": payload }));
            }
            json!({ "attachments": attachments })
        }
        Act::Location {
            latitude,
            longitude,
            title,
            ..
        } => {
            let coordinates = json!({ "lat": latitude, "long": longitude });
            let payload = json!({ "coordinates": coordinates, "title": title });
            json!({ "attachments": [{ "type": "location", "payload": payload }] })
        }
        Act::Contact { phone, .. } => json!({ "text": phone, "quick_reply": { "payload": phone } }),
        Act::Unsupported => json!({ "is_unsupported": true }),
        other => return Err(Cannot::of("Messenger", other)),
    })
}
