//! One piece of a plan as one call.

use crate::{
    Account, MetaAccount, Sent, Wire,
    download::failed,
    media::address,
    messenger::graph::{Graph, Token},
    shape::{Buttons, Reply, whatsapp},
};
use model::message::{Envelope, ErrorClass, FileRef, Outbound, Part, ProviderError};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Taken {
    messages: Vec<TakenMessage>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TakenMessage {
    id: Option<String>,
}

/// Sends one piece.
pub(in crate::messenger) async fn send(
    wire: &Wire,
    account: &Account,
    from: &MetaAccount,
    envelope: &Envelope,
) -> Result<Sent, ProviderError> {
    let body = body(envelope)?;
    let graph = Graph::new(wire, account);
    let path = format!("{}/messages", from.id);
    let taken: Taken = graph.send(&path, &body, &Token::of(account, from)).await?;
    Ok(Sent {
        external_id: taken.messages.into_iter().find_map(|message| message.id),
    })
}

/// What is sent for a piece.
pub(in crate::messenger) fn body(envelope: &Envelope) -> Result<Value, ProviderError> {
    let (kind, content) =
        content(&envelope.message).ok_or_else(|| failed(ErrorClass::Invalid, "WhatsApp can't carry this."))?;
    let to = &envelope.thread.external_id;
    // People without a phone are addressed by the id that Meta gives them for one business, such as `US.1349…`.
    let field = if to.contains('.') { "recipient" } else { "to" };
    let mut body = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        field: to,
        "type": kind,
        kind: content,
        "biz_opaque_callback_data": envelope.idempotency_key,
    });
    if let Some(reply_to) = &envelope.message.reply_to {
        body["context"] = json!({ "message_id": reply_to });
    }
    Ok(body)
}

fn content(message: &Outbound) -> Option<(&'static str, Value)> {
    let part = message.parts.first()?;
    let replies = Buttons::of(&message.buttons).replies;
    if replies.is_empty() {
        return plain(part);
    }
    let interactive = if whatsapp::are_buttons(&replies) {
        buttons(part, &replies)?
    } else {
        list(part, &replies)
    };
    Some(("interactive", interactive))
}

fn plain(part: &Part) -> Option<(&'static str, Value)> {
    Some(match part {
        Part::Text { text } => {
            let has_address = text.contains("https://") || text.contains("http://");
            ("text", json!({ "body": text, "preview_url": has_address }))
        }
        Part::Image { file, caption } => ("image", media(file, caption.as_deref())?),
        Part::Video { file, caption } => ("video", media(file, caption.as_deref())?),
        Part::Document { file, caption } => ("document", document(file, caption.as_deref())?),
        Part::Audio { file, .. } | Part::Voice { file, .. } => ("audio", media(file, None)?),
        Part::Sticker { file: Some(file), .. } => ("sticker", media(file, None)?),
        Part::Location {
            lat,
            lon,
            title,
            address,
            ..
        } => {
            let mut place = json!({ "latitude": lat, "longitude": lon });
            for (key, value) in [("name", title), ("address", address)] {
                if let Some(value) = value {
                    place[key] = json!(value);
                }
            }
            ("location", place)
        }
        Part::Contact { name, phones, .. } => {
            let phones: Vec<_> = phones.iter().map(|phone| json!({ "phone": phone })).collect();
            let card = json!({ "name": { "formatted_name": name, "first_name": name }, "phones": phones });
            ("contacts", json!([card]))
        }
        _ => return None,
    })
}

fn media(file: &FileRef, caption: Option<&str>) -> Option<Value> {
    let mut media = json!({ "link": address(file)? });
    if let Some(caption) = caption {
        media["caption"] = json!(caption);
    }
    Some(media)
}

fn document(file: &FileRef, caption: Option<&str>) -> Option<Value> {
    let mut document = media(file, caption)?;
    if let Some(name) = &file.name {
        document["filename"] = json!(name);
    }
    Some(document)
}

/// Up to three buttons under words, or under a file with words.
fn buttons(part: &Part, replies: &[Reply]) -> Option<Value> {
    let header = match part {
        Part::Image { file, .. } => Some(json!({ "type": "image", "image": media(file, None)? })),
        Part::Video { file, .. } => Some(json!({ "type": "video", "video": media(file, None)? })),
        Part::Document { file, .. } => Some(json!({ "type": "document", "document": document(file, None)? })),
        _ => None,
    };
    let buttons: Vec<_> = replies
        .iter()
        .map(|reply| json!({ "type": "reply", "reply": { "id": reply.payload, "title": reply.title } }))
        .collect();
    let mut interactive = json!({
        "type": "button",
        "body": { "text": part.words().unwrap_or_default() },
        "action": { "buttons": buttons },
    });
    if let Some(header) = header {
        interactive["header"] = header;
    }
    Some(interactive)
}

/// Up to ten buttons in a list.
fn list(part: &Part, replies: &[Reply]) -> Value {
    let rows: Vec<_> = replies
        .iter()
        .map(|reply| json!({ "id": reply.payload, "title": reply.title }))
        .collect();
    json!({
        "type": "list",
        "body": { "text": part.words().unwrap_or_default() },
        "action": { "button": whatsapp::MENU, "sections": [{ "rows": rows }] },
    })
}
