//! Sends one piece of a plan.

use super::{api, upload};
use crate::{
    Account, Sent, Wire, draft,
    lenient::{Id, lenient},
    media,
};
use model::message::{Button, ButtonAction, Envelope, ErrorClass, FileRef, Layout, Outbound, Part, ProviderError};
use serde::Deserialize;
use serde_json::{Map, Value, json};

#[derive(Deserialize)]
struct Message {
    #[serde(default, deserialize_with = "lenient")]
    message_id: Option<Id>,
}

/// Sends a piece with one call; with a second one where the first was refused because the group has moved.
pub(super) async fn send(wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
    let Some((method, mut body)) = call(&envelope.thread.external_id, &envelope.message) else {
        return Err(ProviderError {
            class: ErrorClass::Invalid,
            http: None,
            code: None,
            subcode: None,
            message: "Telegram has no call for this message. Send a text in its place.".to_owned(),
            trace_id: None,
        });
    };
    let file = envelope.message.parts.first().and_then(Part::file);
    let carried = file.and_then(|file| wire.carried(file.url.as_deref()?));
    let call = async |body: &Map<String, Value>| match carried {
        Some(file) => upload::call::<Message>(wire, account, method, body, file).await,
        None => api::call::<Message>(wire, account, method, body).await,
    };
    let mut result = call(&body).await;
    if let Err(trouble) = &result
        && let Some(moved_to) = &trouble.moved_to
    {
        body.insert("chat_id".to_owned(), chat(moved_to));
        result = call(&body).await;
    }
    Ok(Sent {
        external_id: result?.message_id.map(|id| id.0),
    })
}

/// A chat by its number, or by its public name.
pub(super) fn chat(id: &str) -> Value {
    number(id).unwrap_or_else(|| Value::from(id))
}

fn number(id: &str) -> Option<Value> {
    id.parse::<i64>().ok().map(Value::from)
}

/// The method and the arguments for a piece; none for parts that no method carries.
pub(super) fn call(thread: &str, message: &Outbound) -> Option<(&'static str, Map<String, Value>)> {
    let mut body = Map::new();
    let mut set = |key: &str, value: Value| {
        body.insert(key.to_owned(), value);
    };
    set("chat_id", chat(thread));
    let mut captioned = |kind: &str, file: &FileRef, caption: Option<&String>| {
        set(kind, source(file)?.into());
        if let Some(caption) = caption {
            set("caption", caption.as_str().into());
        }
        Some(())
    };
    let method = match message.parts.first()? {
        Part::Text { text } => {
            set("text", text.as_str().into());
            "sendMessage"
        }
        Part::Image { file, caption } => {
            captioned("photo", file, caption.as_ref())?;
            "sendPhoto"
        }
        Part::Video { file, caption } => {
            captioned("video", file, caption.as_ref())?;
            "sendVideo"
        }
        Part::Audio { file, caption } => {
            captioned("audio", file, caption.as_ref())?;
            "sendAudio"
        }
        Part::Document { file, caption } => {
            captioned("document", file, caption.as_ref())?;
            "sendDocument"
        }
        Part::Voice { file, duration } => {
            set("voice", source(file)?.into());
            if let Some(duration) = duration {
                set("duration", (*duration).into());
            }
            "sendVoice"
        }
        Part::Sticker { file, .. } => {
            set("sticker", source(file.as_ref()?)?.into());
            "sendSticker"
        }
        Part::Location { lat, lon, .. } => {
            set("latitude", (*lat).into());
            set("longitude", (*lon).into());
            "sendLocation"
        }
        Part::Contact {
            name, phones, vcard, ..
        } => {
            set("phone_number", phones.first()?.as_str().into());
            set("first_name", name.as_str().into());
            if let Some(vcard) = vcard {
                set("vcard", vcard.as_str().into());
            }
            "sendContact"
        }
        _ => return None,
    };
    if message.silent {
        set("disable_notification", true.into());
    }
    if let Some(id) = message.reply_to.as_deref().and_then(number) {
        // The answered message may be gone by now; ours is worth more than the reference.
        let reply = json!({ "message_id": id, "allow_sending_without_reply": true });
        set("reply_parameters", reply);
    }
    if let Some(markup) = markup(message) {
        set("reply_markup", markup);
    }
    Some((method, body))
}

/// Where Telegram gets a file: an address that it fetches, else its own id of the file.
pub(super) fn source(file: &FileRef) -> Option<&str> {
    let own = Some(file.provider_ref.as_str()).filter(|id| !id.is_empty());
    media::address(file).or(own)
}

fn markup(message: &Outbound) -> Option<Value> {
    let rows = |key: fn(&Button) -> Value| -> Vec<Vec<Value>> {
        let rows = message.buttons.iter();
        rows.map(|row| row.iter().map(key).collect()).collect()
    };
    match message.layout {
        Layout::Remove => Some(json!({ "remove_keyboard": true })),
        _ if message.buttons.is_empty() => None,
        Layout::Inline => Some(json!({ "inline_keyboard": rows(inline_key) })),
        Layout::Reply => Some(json!({
            "keyboard": rows(reply_key),
            "resize_keyboard": true,
            "one_time_keyboard": true,
        })),
    }
}

fn inline_key(button: &Button) -> Value {
    let text = draft::title(button);
    match &button.action {
        ButtonAction::Url { url } => json!({ "text": text, "url": url }),
        _ => json!({ "text": text, "callback_data": draft::payload(button) }),
    }
}

fn reply_key(button: &Button) -> Value {
    let text = draft::title(button);
    match &button.action {
        ButtonAction::RequestPhone => json!({ "text": text, "request_contact": true }),
        ButtonAction::RequestLocation => json!({ "text": text, "request_location": true }),
        _ => json!({ "text": text }),
    }
}
