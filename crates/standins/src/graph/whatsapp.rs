//! Messages of `WhatsApp` numbers.

mod act;
mod content;
mod status;

pub(super) use act::{act, press, value};
pub(super) use status::status;

use super::{
    answer::Failure,
    assets::Object,
    call::Call,
    deliver::{Event, tell},
    is_on, tokens,
    tokens::Speaks,
};
use crate::{
    Cannot, Provider,
    chat::{Chat, Keyboard},
    clock::now_ms,
    outgoing::Outgoing,
    seen::Seen,
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// `POST /{number}/messages`
pub(super) async fn send(world: &Arc<World>, call: &Call, number: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    if token.speaks != Speaks::System {
        return Err(Failure::no_object(number));
    }
    if call.args.text("messaging_product") != "whatsapp" {
        return Err(Failure::invalid("The parameter messaging_product is required."));
    }
    if let Some(state) = call.args.given("status") {
        return mark_read(world, call, number, state);
    }
    let to = call.required("to")?;
    let kind = match call.args.text("type") {
        "" => "text",
        kind => kind,
    };
    let given = call.json(kind)?;
    let content = content::read(world, number, kind, &given)?;
    fetch(world, &content).await?;
    let peer = to.trim_start_matches('+');
    let chat = world.graph.chats.open(number, peer);
    let wamid = world.graph.wamid();
    let failure = failure(&chat, kind);
    if failure.is_none() {
        let seen = Seen {
            id: wamid.clone(),
            reply_to: call.json("context")?["message_id"].as_str().map(str::to_owned),
            ..content
        };
        chat.say(seen, Keyboard::Keep);
    }
    follow(
        world,
        &chat,
        &wamid,
        call.args.given("biz_opaque_callback_data"),
        failure.as_ref(),
    );
    Ok(json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": to, "wa_id": peer }],
        "messages": [{ "id": wamid, "message_status": "accepted" }],
    }))
}

/// Marks a peer's message as read, and may show that the account types.
fn mark_read(world: &World, call: &Call, number: &str, state: &str) -> Result<Value, Failure> {
    if state != "read" {
        return Err(Failure::invalid("Param status must be one of {READ}"));
    }
    let id = call.required("message_id")?;
    let chat = world.graph.chats.find(number, |chat| chat.line(id).is_some());
    let chat = chat.ok_or_else(|| Failure::invalid("Invalid parameter").details("Message does not exist"))?;
    if !call.json("typing_indicator")?.is_null() {
        chat.state().typing_ms = now_ms();
        chat.touch();
    }
    Ok(json!({ "success": true }))
}

/// Why a message that was accepted does not arrive.
fn failure(chat: &Chat, kind: &str) -> Option<Failure> {
    let state = chat.state();
    if state.blocked || state.gone {
        let failure = Failure::new(131_026, "Message undeliverable");
        return Some(failure.details("Message Undeliverable."));
    }
    if state.window_closed && kind != "template" {
        let failure = Failure::new(131_047, "Re-engagement message");
        let details = "Message failed to send because more than 24 hours have passed since the customer last replied.";
        return Some(failure.details(details));
    }
    None
}

/// Fetches a file by its address, if the stand-in is to do that.
async fn fetch(world: &World, content: &Seen) -> Result<(), Failure> {
    let file = content.file.as_ref().filter(|file| file.url.starts_with("http"));
    let Some(file) = file.filter(|_| is_on(&world.graph.switches.fetches)) else {
        return Ok(());
    };
    let answer = world.call(Outgoing::get(Provider::Graph, &file.url)).await;
    match answer {
        Ok(answer) if answer.is_success() => Ok(()),
        _ => Err(Failure::new(131_053, "Media upload error").details("Downloading the media failed.")),
    }
}

/// A failure is always told; that all goes well only if it is switched on.
fn follow(world: &Arc<World>, chat: &Chat, wamid: &str, tag: Option<&str>, failure: Option<&Failure>) {
    let states: &[&str] = match failure {
        Some(_) => &["failed"],
        None if is_on(&world.graph.switches.receipts) => &["sent", "delivered", "read"],
        None => &[],
    };
    for state in states {
        let mut told = status(chat, wamid, state, failure);
        if let Some(tag) = tag {
            told["biz_opaque_callback_data"] = json!(tag);
        }
        drop(tell_change(world, chat, "statuses", &[told]));
    }
}

/// Tells the app of messages or statuses of a number.
pub(super) fn tell_change(world: &Arc<World>, chat: &Chat, key: &str, items: &[Value]) -> Result<(), Cannot> {
    let value = value(world, chat, key, items).ok_or_else(|| Cannot::new("there is no such number"))?;
    let business = world
        .graph
        .assets()
        .numbers
        .get(&*chat.account)
        .map(|number| number.business.clone());
    let entry = json!({ "id": business, "changes": [{ "field": "messages", "value": value }] });
    let told = Event {
        account: &chat.account,
        object: Object::WhatsApp,
        field: "messages",
        peer: &chat.peer,
    };
    tell(world, &told, &entry)
}
