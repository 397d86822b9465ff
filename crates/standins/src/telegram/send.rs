//! The methods that send a message.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::Bot,
    chats, content, markup, me,
};
use crate::{
    args::Args,
    chat::{Chat, State},
    clock::now_secs,
    seen::Seen,
    world::World,
};
use serde_json::{Map, Value, json};

/// Sends a `message`, `photo`, `document` …
pub(crate) async fn send(world: &World, bot: &Bot, what: &str, args: &Args) -> Answered {
    let content = content::read(world, what, args).await?;
    let chat = chats::writable(world, bot, args)?;
    let is_private = chats::kind(&chat.peer) == "private";
    let markup = markup::read(args, is_private)?;
    let mut state = chat.state();
    let reply_to = replied(&mut state, args)?;
    let id = state.next_id;
    state.next_id += 1;
    let mut message = envelope(bot, &chat, &state, id);
    message.extend(content.fields);
    if let Some(inline) = markup.inline {
        message.insert("reply_markup".into(), inline);
    }
    if let Some(replied) = reply_to {
        let short: Value = serde_json::from_str(&replied).unwrap_or_default();
        message.insert("reply_to_message".into(), short);
    }
    drop(state);
    let raw = Value::Object(message).to_string();
    let seen = Seen {
        id: id.to_string(),
        buttons: markup.buttons,
        inline: markup.is_inline,
        reply_to: reply_id(args).map(|id| id.to_string()),
        raw: raw.as_str().into(),
        ..content.seen
    };
    chat.say(seen, markup.keyboard);
    Ok(Told::raw(raw))
}

/// What every message of the bot has.
fn envelope(bot: &Bot, chat: &Chat, state: &State, id: i64) -> Map<String, Value> {
    let mut message = Map::new();
    message.insert("message_id".into(), json!(id));
    message.insert("from".into(), me::as_user(bot));
    message.insert("chat".into(), chats::as_chat(&chat.peer, &state.profile));
    message.insert("date".into(), json!(now_secs()));
    message
}

fn reply_id(args: &Args) -> Option<i64> {
    let given = args.json("reply_parameters")?.ok()?;
    given["message_id"].as_i64()
}

/// The message that is answered.
fn replied(state: &mut State, args: &Args) -> Result<Option<Box<str>>, Failure> {
    let Some(parameters) = args.json("reply_parameters") else {
        return Ok(None);
    };
    let parameters = parameters?;
    let Some(id) = parameters["message_id"].as_i64() else {
        return Err(Failure::bad("message identifier is not specified"));
    };
    match state.line(&id.to_string()) {
        Some(line) => Ok(Some(line.raw.clone())),
        None if parameters["allow_sending_without_reply"].as_bool() == Some(true) => Ok(None),
        None => Err(Failure::bad("message to be replied not found")),
    }
}
