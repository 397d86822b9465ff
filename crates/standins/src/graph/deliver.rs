//! Brings events to the apps.

use super::{assets::Object, page, whatsapp};
use crate::{
    Act, Button, Cannot, Provider, Seal, Seen,
    chat::Chat,
    clock::now_ms,
    push::{self, Proof, Push},
    world::World,
};
use bytes::Bytes;
use serde_json::{Value, json};
use std::{fmt::Write, sync::Arc};

/// Less and less often, for a day and a half.
const LADDER: [u64; 10] = [1, 5, 30, 120, 600, 1_800, 3_600, 14_400, 43_200, 64_800];

/// Does something in a chat. Gives the message's id.
pub(crate) fn act(world: &Arc<World>, chat: &Arc<Chat>, act: &Act) -> Result<String, Cannot> {
    match object_of(world, chat)? {
        Object::WhatsApp => whatsapp::act(world, chat, act),
        object => page::act(world, chat, object, act),
    }
}

/// Presses a button.
pub(crate) fn press(world: &Arc<World>, chat: &Arc<Chat>, line: &Seen, button: &Button) -> Result<String, Cannot> {
    match object_of(world, chat)? {
        Object::WhatsApp => whatsapp::press(world, chat, line, button),
        object => page::press(world, chat, object, button),
    }
}

fn object_of(world: &World, chat: &Chat) -> Result<Object, Cannot> {
    let object = world.graph.assets().object_of(&chat.account);
    object.ok_or_else(|| Cannot::new("there is no such page, account or number"))
}

/// An event of a page, an account or a number.
pub(super) struct Event<'a> {
    /// The page, the account or the number.
    pub account: &'a str,
    pub object: Object,
    /// The field that an app has to ask for.
    pub field: &'a str,
    /// What is done in one chat is told in order.
    pub peer: &'a str,
}

/// Tells the app of an entry, if it asked for such ones.
pub(super) fn tell(world: &Arc<World>, event: &Event<'_>, entry: &Value) -> Result<(), Cannot> {
    let (app, url, wants) = {
        let assets = world.graph.assets();
        let callback = assets.callback(event.account, event.object);
        let (app, url) = callback.ok_or_else(|| Cannot::new("no app is subscribed to it"))?;
        let wants = assets.wants(&app, event.account, event.object, event.field);
        (app, url, wants)
    };
    if !wants {
        return Err(Cannot::new(format!("no app is subscribed to {}", event.field)));
    }
    let body = json!({ "object": event.object.code(), "entry": [entry] });
    let lane = format!("{app} {} {}", event.account, event.peer);
    if let Some(event) = sealed(world, &app, url, escaped(&body)) {
        push::push(world, &world.graph.lanes, lane, event);
    }
    Ok(())
}

/// JSON as Meta sends it: what is not ASCII is escaped, and so are slashes.
pub(super) fn escaped(body: &Value) -> String {
    let mut text = String::new();
    for letter in body.to_string().chars() {
        match letter {
            '/' => text.push_str("\\/"),
            letter if letter.is_ascii() => text.push(letter),
            letter => {
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    // Writing to a String can't fail.
                    let _ = write!(text, "\\u{unit:04x}");
                }
            }
        }
    }
    text
}

/// A body on its way to an app.
pub(super) fn sealed(world: &World, app: &str, url: String, body: impl Into<Bytes>) -> Option<Push> {
    let secret = world.graph.assets().apps.get(app)?.secret.clone();
    Some(Push {
        provider: Provider::Graph,
        url,
        body: body.into(),
        proof: Proof::Hmac {
            header: "x-hub-signature-256".to_owned(),
            prefix: "sha256=".to_owned(),
            secret,
        },
        ladder: &LADDER,
        then: None,
    })
}

/// Posts any body to an app, once and past the line.
pub(super) async fn post(
    world: &World,
    app: &str,
    object: Object,
    body: Bytes,
    seal: Seal,
) -> Result<crate::Answer, crate::Unanswered> {
    let url = {
        let assets = world.graph.assets();
        let subscription = assets.apps.get(app).and_then(|app| app.subscriptions.get(&object));
        subscription.map(|subscription| subscription.callback_url.clone())
    };
    let event = url.and_then(|url| sealed(world, app, url, body));
    let event = event.ok_or_else(|| crate::Unanswered("the app is told nothing about it".to_owned()))?;
    push::send(world, &event, seal).await
}

/// An entry of a page or an Instagram account.
pub(super) fn entry(id: &str, key: &str, events: &[Value]) -> Value {
    json!({ "id": id, "time": now_ms(), key: events })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_and_slashes_are_escaped() {
        let body = json!({ "a": "я/👍\n" });
        assert_eq!(escaped(&body), r#"{"a":"\u044f\/\ud83d\udc4d\n"}"#);
        assert_eq!(serde_json::from_str::<Value>(&escaped(&body)).unwrap(), body);
    }
}
