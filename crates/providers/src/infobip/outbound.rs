//! What we tell Infobip: one piece of a plan as the body of one call.

use super::door::PASSWORD;
use crate::{
    Account,
    download::failed,
    media::address,
    shape::{Buttons, Reply, whatsapp},
    signature::hex_of,
};
use model::message::{Envelope, ErrorClass, FileRef, Part, ProviderError};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// The longest id of a message.
const LONGEST_ID: usize = 50;

/// What is after `/whatsapp/1/message/`, and what is sent there.
pub(super) fn request(account: &Account, envelope: &Envelope) -> Result<(&'static str, Value), ProviderError> {
    let Some(from) = &envelope.thread.via else {
        let why = "This conversation doesn't say from which number it is answered.";
        return Err(failed(ErrorClass::Invalid, why));
    };
    let Some(part) = envelope.message.parts.first() else {
        return Err(failed(ErrorClass::Invalid, "The message says nothing."));
    };
    let replies = Buttons::of(&envelope.message.buttons).replies;
    let (path, content) = if replies.is_empty() {
        plain(part)
    } else if whatsapp::are_buttons(&replies) {
        buttons(part, &replies)
    } else {
        Some(list(part, &replies))
    }
    .ok_or_else(|| failed(ErrorClass::Invalid, "WhatsApp can't carry this."))?;
    let mut body = json!({
        "from": from,
        "to": envelope.thread.external_id,
        "messageId": message_id(&envelope.idempotency_key),
        "content": content,
        "notifyUrl": format!("{}/{}", account.callback_url.trim_end_matches('/'), account.secret(PASSWORD)),
    });
    if let Some(reply_to) = &envelope.message.reply_to {
        body["context"] = json!({ "messageId": reply_to });
    }
    Ok((path, body))
}

/// The id by which Infobip knows a repetition, and by which its reports name the message.
pub(super) fn message_id(key: &str) -> String {
    if key.chars().count() <= LONGEST_ID {
        return key.to_owned();
    }
    hex_of(&Sha256::digest(key)).chars().take(LONGEST_ID).collect()
}

fn plain(part: &Part) -> Option<(&'static str, Value)> {
    Some(match part {
        Part::Text { text } => ("text", json!({ "text": text, "previewUrl": has_address(text) })),
        Part::Image { file, caption } => ("image", media(file, caption.as_deref())?),
        Part::Video { file, caption } => ("video", media(file, caption.as_deref())?),
        Part::Document { file, caption } => {
            let mut content = media(file, caption.as_deref())?;
            if let Some(name) = &file.name {
                content["filename"] = json!(name);
            }
            ("document", content)
        }
        Part::Audio { file, .. } | Part::Voice { file, .. } => ("audio", media(file, None)?),
        Part::Sticker { file: Some(file), .. } => ("sticker", media(file, None)?),
        Part::Location {
            lat,
            lon,
            title,
            address,
            ..
        } => {
            let mut content = json!({ "latitude": lat, "longitude": lon });
            for (key, value) in [("name", title), ("address", address)] {
                if let Some(value) = value {
                    content[key] = json!(value);
                }
            }
            ("location", content)
        }
        Part::Contact { name, phones, .. } => {
            let phones: Vec<_> = phones.iter().map(|phone| json!({ "phone": phone })).collect();
            let contact = json!({ "name": { "firstName": name, "formattedName": name }, "phones": phones });
            ("contact", json!({ "contacts": [contact] }))
        }
        _ => return None,
    })
}

fn media(file: &FileRef, caption: Option<&str>) -> Option<Value> {
    let mut content = json!({ "mediaUrl": address(file)? });
    if let Some(caption) = caption {
        content["caption"] = json!(caption);
    }
    Some(content)
}

/// Up to three buttons under words, or under a file with words.
fn buttons(part: &Part, replies: &[Reply]) -> Option<(&'static str, Value)> {
    let header = match part {
        Part::Image { file, .. } => Some(json!({ "type": "IMAGE", "mediaUrl": address(file)? })),
        Part::Video { file, .. } => Some(json!({ "type": "VIDEO", "mediaUrl": address(file)? })),
        Part::Document { file, .. } => {
            let mut header = Map::new();
            header.insert("type".to_owned(), json!("DOCUMENT"));
            header.insert("mediaUrl".to_owned(), json!(address(file)?));
            if let Some(name) = &file.name {
                header.insert("filename".to_owned(), json!(name));
            }
            Some(Value::Object(header))
        }
        _ => None,
    };
    let buttons: Vec<_> = replies
        .iter()
        .map(|reply| json!({ "type": "REPLY", "id": reply.payload, "title": reply.title }))
        .collect();
    let mut content = json!({
        "body": { "text": part.words().unwrap_or_default() },
        "action": { "buttons": buttons },
    });
    if let Some(header) = header {
        content["header"] = header;
    }
    Some(("interactive/buttons", content))
}

/// Up to ten buttons in a list.
fn list(part: &Part, replies: &[Reply]) -> (&'static str, Value) {
    let rows: Vec<_> = replies
        .iter()
        .map(|reply| json!({ "id": reply.payload, "title": reply.title }))
        .collect();
    let content = json!({
        "body": { "text": part.words().unwrap_or_default() },
        "action": { "title": whatsapp::MENU, "sections": [{ "rows": rows }] },
    });
    ("interactive/list", content)
}

/// A preview is refused where there is nothing to preview.
fn has_address(text: &str) -> bool {
    text.contains("https://") || text.contains("http://")
}
