//! One piece of a plan as one call.

use super::plan::asks_for;
use crate::{
    Account, MetaAccount, Sent, Wire,
    download::failed,
    media::address,
    messenger::graph::{Graph, Token},
};
use model::message::{
    Button, ButtonAction, ChatAction, Envelope, ErrorClass, FileRef, Layout, Outbound, Part, ProviderError, Thread,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// Where pages and Instagram accounts speak; who speaks is told by the token.
const PATH: &str = "me/messages";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Taken {
    message_id: Option<String>,
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
    let taken: Taken = graph.send(PATH, &body, &Token::of(account, from)).await?;
    Ok(Sent {
        external_id: taken.message_id,
    })
}

/// Shows that we type, or that we do no longer.
pub(in crate::messenger) async fn act(
    wire: &Wire,
    account: &Account,
    from: &MetaAccount,
    thread: &Thread,
    action: ChatAction,
) -> Result<(), ProviderError> {
    let action = match action {
        ChatAction::Typing => "typing_on",
        ChatAction::Cancel => "typing_off",
    };
    let body = json!({ "recipient": { "id": thread.external_id }, "sender_action": action });
    Graph::new(wire, account)
        .set(PATH, &body, &Token::of(account, from))
        .await
}

/// What is sent for a piece.
pub(in crate::messenger) fn body(envelope: &Envelope) -> Result<Value, ProviderError> {
    let mut message = message(&envelope.message)
        .ok_or_else(|| failed(ErrorClass::Invalid, "Messenger and Instagram can't carry this."))?;
    message["metadata"] = json!(envelope.idempotency_key);
    Ok(json!({
        "recipient": { "id": envelope.thread.external_id },
        "messaging_type": "RESPONSE",
        "message": message,
    }))
}

fn message(message: &Outbound) -> Option<Value> {
    let buttons: Vec<_> = message.buttons.iter().flatten().collect();
    let mut body = match message.parts.first()? {
        Part::Text { text } if message.layout == Layout::Inline && !buttons.is_empty() => {
            let buttons: Vec<_> = buttons.iter().filter_map(|button| template_button(button)).collect();
            let template = json!({ "template_type": "button", "text": text, "buttons": buttons });
            return Some(json!({ "attachment": { "type": "template", "payload": template } }));
        }
        Part::Text { text } => json!({ "text": text }),
        Part::Image { file, .. } | Part::Sticker { file: Some(file), .. } => attachment("image", file)?,
        Part::Video { file, .. } => attachment("video", file)?,
        Part::Audio { file, .. } | Part::Voice { file, .. } => attachment("audio", file)?,
        Part::Document { file, .. } => attachment("file", file)?,
        _ => return None,
    };
    if !buttons.is_empty() {
        let replies: Vec<_> = buttons.iter().filter_map(|button| quick_reply(button)).collect();
        body["quick_replies"] = json!(replies);
    }
    Some(body)
}

fn attachment(kind: &str, file: &FileRef) -> Option<Value> {
    let payload = json!({ "url": address(file)?, "is_reusable": false });
    Some(json!({ "attachment": { "type": kind, "payload": payload } }))
}

fn quick_reply(button: &Button) -> Option<Value> {
    match &button.action {
        ButtonAction::Reply { payload } => {
            Some(json!({ "content_type": "text", "title": button.title, "payload": payload }))
        }
        _ => asks_for(button).map(|what| json!({ "content_type": what })),
    }
}

fn template_button(button: &Button) -> Option<Value> {
    match &button.action {
        ButtonAction::Reply { payload } => {
            Some(json!({ "type": "postback", "title": button.title, "payload": payload }))
        }
        ButtonAction::Url { url } => Some(json!({ "type": "web_url", "title": button.title, "url": url })),
        _ => None,
    }
}
