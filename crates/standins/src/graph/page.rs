//! Messages of pages and Instagram accounts.

mod act;
mod check;
mod template;

pub(super) use act::{act, press};

use super::{
    answer::Failure,
    assets::Object,
    call::Call,
    deliver::{Event, entry, tell},
    is_on, tokens,
    tokens::Speaks,
};
use crate::{
    Provider,
    chat::{Chat, Keyboard},
    clock::now_ms,
    outgoing::Outgoing,
    seen::Seen,
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// Whoever wants a message, and from whom it comes.
struct Way {
    chat: Arc<Chat>,
    object: Object,
    app: String,
}

/// `POST /{page}/messages`
pub(super) async fn send(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    let way = way(world, call, id)?;
    let peer = &way.chat.peer;
    if let Some(action) = call.args.given("sender_action") {
        return show_action(&way.chat, call, action);
    }
    let message = call.json("message")?;
    let checked = check::message(call, &message, way.object)?;
    window(&way.chat, call)?;
    fetch(world, &checked).await?;
    let mid = world.graph.mid();
    let keyboard = if checked.quick {
        Keyboard::Show
    } else {
        Keyboard::Remove
    };
    let seen = Seen {
        id: mid.clone(),
        ..checked.seen
    };
    way.chat.say(seen, keyboard);
    follow(world, &way, &mid, &message);
    let mut answer = json!({ "recipient_id": &**peer, "message_id": mid });
    if message["attachment"]["payload"]["is_reusable"] == true {
        answer["attachment_id"] = json!(world.graph.id().to_string());
    }
    Ok(answer)
}

/// Finds the chat that a call means.
fn way(world: &Arc<World>, call: &Call, id: &str) -> Result<Way, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    let Speaks::Page(page) = &token.speaks else {
        return Err(Failure::new(
            210,
            "(#210) A page access token is required to request this resource.",
        ));
    };
    let instagram = {
        let assets = world.graph.assets();
        assets.pages.get(page).and_then(|page| page.instagram.clone())
    };
    let is_own = id == "me" || id == page || instagram.as_deref() == Some(id);
    if !is_own {
        return Err(Failure::no_object(id));
    }
    let recipient = call.json("recipient")?;
    if recipient.is_null() {
        return Err(Failure::missing("recipient"));
    }
    let nobody = || Failure::new(100, "(#100) No matching user found").sub(2_018_001);
    // A private reply goes to whoever wrote the comment.
    let peer = recipient["id"].as_str().or_else(|| recipient["comment_id"].as_str());
    let peer = peer.filter(|peer| !peer.is_empty()).ok_or_else(nobody)?;
    let chats = &world.graph.chats;
    let on_page = chats.get(page, peer).filter(|_| instagram.as_deref() != Some(id));
    let found = match (on_page, &instagram) {
        (Some(chat), _) => Some((chat, Object::Page)),
        (None, Some(account)) => chats.get(account, peer).map(|chat| (chat, Object::Instagram)),
        (None, None) => None,
    };
    let (chat, object) = found.ok_or_else(nobody)?;
    let is_away = {
        let state = chat.state();
        state.blocked || state.gone
    };
    if is_away {
        return Err(Failure::new(551, "(#551) This person isn't available right now.").sub(1_545_041));
    }
    Ok(Way {
        chat,
        object,
        app: token.app,
    })
}

fn show_action(chat: &Chat, call: &Call, action: &str) -> Result<Value, Failure> {
    if call.args.given("message").is_some() {
        return Err(Failure::invalid("Cannot specify both message and sender_action"));
    }
    let typing = match action {
        "typing_on" => now_ms(),
        "typing_off" | "mark_seen" => 0,
        _ => {
            return Err(Failure::invalid(
                "Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN}",
            ));
        }
    };
    chat.state().typing_ms = typing;
    chat.touch();
    Ok(json!({ "recipient_id": &*chat.peer }))
}

/// The 24 hours after the peer's last word; a person may answer for seven days.
fn window(chat: &Chat, call: &Call) -> Result<(), Failure> {
    let kind = call.args.text("messaging_type");
    let tag = call.args.text("tag");
    match kind {
        "" | "RESPONSE" | "UPDATE" => {}
        "MESSAGE_TAG" if tag.is_empty() => return Err(Failure::missing("tag")),
        "MESSAGE_TAG" if tag == "HUMAN_AGENT" => return Ok(()),
        "MESSAGE_TAG" => return Err(Failure::invalid("Param tag is not allowed for this page")),
        _ => {
            return Err(Failure::invalid(
                "Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG}",
            ));
        }
    }
    if chat.state().window_closed {
        let text = "(#10) This message is sent outside of allowed window.";
        return Err(Failure::new(10, text).sub(2_018_278));
    }
    Ok(())
}

/// Fetches a file by its address, if the stand-in is to do that.
async fn fetch(world: &World, checked: &check::Checked) -> Result<(), Failure> {
    let Some(file) = checked
        .seen
        .file
        .as_ref()
        .filter(|_| is_on(&world.graph.switches.fetches))
    else {
        return Ok(());
    };
    if file.url.is_empty() {
        return Ok(());
    }
    let answer = world.call(Outgoing::get(Provider::Graph, &file.url)).await;
    match answer {
        Ok(answer) if answer.is_success() => Ok(()),
        _ => Err(Failure::new(100, "(#100) Failed to fetch the file from the url").sub(2_018_008)),
    }
}

/// What the page is told about its own message.
fn follow(world: &Arc<World>, way: &Way, mid: &str, message: &Value) {
    let (account, peer) = (&*way.chat.account, &*way.chat.peer);
    let tell_as = |field: &str, mut event: Value, from_page: bool| {
        let (sender, recipient) = if from_page { (account, peer) } else { (peer, account) };
        event["sender"] = json!({ "id": sender });
        event["recipient"] = json!({ "id": recipient });
        event["timestamp"] = json!(now_ms());
        let told = Event {
            account,
            object: way.object,
            field,
            peer,
        };
        // Who did not ask for it is not told.
        drop(tell(world, &told, &entry(account, "messaging", &[event])));
    };
    if is_on(&world.graph.switches.echoes) {
        let app = way.app.parse::<u64>().unwrap_or_default();
        let mut echo = json!({ "is_echo": true, "app_id": app, "mid": mid });
        for field in ["text", "metadata"] {
            if let Some(value) = message.get(field) {
                echo[field] = value.clone();
            }
        }
        if !message["attachment"].is_null() {
            echo["attachments"] = json!([message["attachment"]]);
        }
        tell_as("message_echoes", json!({ "message": echo }), true);
    }
    if is_on(&world.graph.switches.receipts) {
        let watermark = now_ms();
        match way.object {
            Object::Instagram => tell_as("messaging_seen", json!({ "read": { "mid": mid } }), false),
            Object::Page | Object::WhatsApp => {
                let delivery = json!({ "delivery": { "mids": [mid], "watermark": watermark } });
                tell_as("message_deliveries", delivery, false);
                tell_as("message_reads", json!({ "read": { "watermark": watermark } }), false);
            }
        }
    }
}

/// `POST /{comment}/replies`
pub(super) fn reply_to_comment(world: &Arc<World>, call: &Call, _comment: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    if !matches!(token.speaks, Speaks::Page(_)) {
        return Err(Failure::new(
            210,
            "(#210) A page access token is required to request this resource.",
        ));
    }
    call.required("message")?;
    Ok(json!({ "id": world.graph.id().to_string() }))
}
