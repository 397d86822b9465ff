//! What gateways are told.

use super::{
    State,
    account::{Guard, Number},
};
use crate::{
    Act, Button, Cannot, Press, Provider, Seen, Upload, chance,
    chat::{Chat, Keyboard},
    clock::now_ms,
    files::NewFile,
    peer::own,
    push::{self, Proof, Push},
    world::World,
};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

/// Nobody knows how often Infobip tries; this is for some hours.
const LADDER: [u64; 7] = [5, 30, 120, 600, 1_800, 3_600, 7_200];

/// A time as Infobip writes it.
pub(super) fn time(ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(ms).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+0000").to_string()
}

/// Does something in a chat. Gives the message's id.
pub(crate) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    let mut seen = own(act);
    let message = message(world, chat, act, &mut seen)?;
    tell_message(world, chat, &message, seen)
}

/// Presses a button: of a message, a list, or a template.
pub(crate) fn press(world: &Arc<World>, chat: &Arc<Chat>, line: &Seen, button: &Button) -> Result<String, Cannot> {
    let (title, context) = (&button.title, json!({ "id": line.id }));
    let message = match &button.press {
        Press::Payload { payload } => {
            json!({ "type": "INTERACTIVE_BUTTON_REPLY", "id": payload, "title": title, "context": context })
        }
        Press::Row { payload } => {
            json!({ "type": "INTERACTIVE_LIST_REPLY", "id": payload, "title": title, "context": context })
        }
        Press::QuickReply { payload } => {
            json!({ "type": "BUTTON", "text": title, "payload": payload, "context": context })
        }
        _ => return Err(Cannot::new("WhatsApp has no such button")),
    };
    let seen = Seen {
        mine: true,
        kind: "text",
        text: title.clone(),
        ..Seen::default()
    };
    tell_message(world, chat, &message, seen)
}

fn tell_message(world: &Arc<World>, chat: &Arc<Chat>, message: &Value, seen: Seen) -> Result<String, Cannot> {
    let number = world
        .infobip
        .number(&chat.account)
        .ok_or_else(|| Cannot::new("there is no such number"))?;
    let url = webhook(&world.infobip, &number);
    if url.is_empty() {
        return Err(Cannot::new("the number forwards to nobody"));
    }
    let result = result(&number, chat, message);
    let id = result["messageId"].as_str().unwrap_or_default().to_owned();
    if message["type"] != "REACTION" {
        chat.say(Seen { id: id.clone(), ..seen }, Keyboard::Keep);
    }
    tell(world, &number, &chat.peer, url, &batch(&[result]));
    Ok(id)
}

/// A message of the peer, as one result of a batch.
pub(super) fn result(number: &Number, chat: &Chat, message: &Value) -> Value {
    json!({
        "from": &*chat.peer,
        "to": &*number.digits,
        "integrationType": "WHATSAPP",
        "receivedAt": time(now_ms()),
        "messageId": format!("ABEG{}", chance::word()),
        "pairedMessageId": null,
        "callbackData": null,
        "keyword": null,
        "entityId": null,
        "applicationId": null,
        "message": message,
        "contact": { "name": chat.state().profile.name() },
        "price": { "pricePerMessage": 0, "currency": "EUR" },
        "identity": { "acknowledged": true, "hash": "mbN1ZgL0", "createdAt": time(0) },
    })
}

/// Results as they are posted.
pub(super) fn batch(results: &[Value]) -> Value {
    let count = results.len();
    json!({ "results": results, "messageCount": count, "pendingMessageCount": 0 })
}

fn message(world: &World, chat: &Chat, act: &Act, seen: &mut Seen) -> Result<Value, Cannot> {
    let mut file = |upload: &Upload| {
        let file = NewFile {
            kind: format!("infobip {}", chat.account),
            name: upload.name.clone(),
            mime: upload.mime.clone(),
            bytes: upload.bytes.clone(),
            size: upload.size,
        };
        let file = world.files.keep(None, file);
        seen.file = Some(file.seen(&world.base));
        format!(
            "{}/infobip/whatsapp/1/senders/{}/media/{}",
            world.base, chat.account, file.id
        )
    };
    let captioned = |kind: &str, url: String, caption: Option<&String>| match caption {
        Some(caption) => json!({ "type": kind, "url": url, "caption": caption }),
        None => json!({ "type": kind, "url": url }),
    };
    Ok(match act {
        Act::Text { text, reply_to } => {
            let mut message = json!({ "type": "TEXT", "text": text });
            if let Some(id) = reply_to {
                message["context"] = json!({ "from": &*chat.account, "id": id });
            }
            message
        }
        Act::Link { url } => json!({ "type": "TEXT", "text": url }),
        Act::Image(upload) => captioned("IMAGE", file(upload), upload.caption.as_ref()),
        Act::Video(upload) => captioned("VIDEO", file(upload), upload.caption.as_ref()),
        Act::Audio(upload) => captioned("AUDIO", file(upload), None),
        Act::Voice(upload) => captioned("VOICE", file(upload), None),
        Act::Sticker(upload) => captioned("STICKER", file(upload), None),
        // The caption of a document is its name.
        Act::Document(upload) => captioned("DOCUMENT", file(upload), Some(&upload.name)),
        Act::Location {
            latitude,
            longitude,
            title,
            address,
        } => json!({ "type": "LOCATION", "latitude": latitude, "longitude": longitude, "name": title,
            "address": address, "url": null }),
        Act::Contact { name, phone, .. } => {
            let name = json!({ "firstName": name, "formattedName": name });
            let phones = json!([{ "phone": phone, "type": "CELL", "waId": phone.trim_start_matches('+') }]);
            json!({ "type": "CONTACT", "contacts": [{ "name": name, "phones": phones }] })
        }
        Act::Button { title, payload } => {
            json!({ "type": "INTERACTIVE_BUTTON_REPLY", "id": payload, "title": title, "context": { "id": "" } })
        }
        Act::React { id, emoji } => {
            let action = if emoji.is_empty() { "UNREACT" } else { "REACT" };
            json!({ "type": "REACTION", "emoji": emoji, "action": action, "context": { "id": id } })
        }
        Act::Unsupported => json!({ "type": "UNSUPPORTED" }),
        Act::Unknown => json!({ "type": "HOLOGRAM", "beam": 3 }),
        other => return Err(Cannot::of("WhatsApp", other)),
    })
}

/// Where the events of a number go: what was set through the API before what was set in the portal.
pub(super) fn webhook(state: &State, number: &Number) -> String {
    let created = state.created();
    let is_for = |entry: &Value| entry["number"] == *number.digits && entry["keyword"].is_null();
    let forwarded = created
        .iter()
        .filter(|((kind, _), _)| *kind == super::resources::CONFIGURATIONS)
        .map(|(_, entry)| entry)
        .find(|entry| is_for(entry))
        .and_then(|entry| entry["forwarding"]["url"].as_str());
    match forwarded {
        Some(url) => url.to_owned(),
        None => number.state().webhook.clone(),
    }
}

/// Tells a gateway of something, after what it was told of this peer before.
pub(super) fn tell(world: &Arc<World>, number: &Arc<Number>, peer: &str, url: String, body: &Value) {
    if url.is_empty() {
        return;
    }
    let lane = format!("{} {peer}", number.digits);
    push::push(world, &world.infobip.lanes, lane, sealed(number, url, body.to_string()));
}

/// A body on its way to a gateway.
pub(super) fn sealed(number: &Number, url: String, body: impl Into<Bytes>) -> Push {
    Push {
        provider: Provider::Infobip,
        url,
        body: body.into(),
        proof: match number.state().guard.clone() {
            Guard::Open => Proof::None,
            Guard::Basic { user, password } => Proof::Basic { user, password },
            Guard::Hmac { header, prefix, secret } => Proof::Hmac { header, prefix, secret },
        },
        ladder: &LADDER,
        then: None,
    }
}

/// Whether reports of success are switched on.
pub(super) fn set_receipts(state: &State, on: bool) {
    state.receipts.store(on, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_of_a_time_has_no_colon() {
        assert_eq!(time(1_790_000_000_123), "2026-09-21T14:13:20.123+0000");
    }
}
