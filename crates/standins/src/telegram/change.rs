//! What is done to messages that are there, and around them.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::Bot,
    chats, content, entities, markup,
    markup::Markup,
};
use crate::{
    args::Args,
    chat::Chat,
    clock::{now_ms, now_secs},
    text::{chars, utf16},
    world::World,
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];
/// A press that is not answered for so long is forgotten.
const ANSWERED_WITHIN: Duration = Duration::from_mins(15);
const SAME: &str = "message is not modified: specified new message content and reply markup are exactly the same as \
    a current content and reply markup of the message";

pub(crate) fn chat_action(world: &World, bot: &Bot, args: &Args) -> Answered {
    let chat = chats::writable(world, bot, args)?;
    if !ACTIONS.contains(&args.text("action")) {
        return Err(Failure::bad("wrong parameter action in request"));
    }
    chat.state().typing_ms = now_ms();
    chat.touch();
    Ok(Told::yes())
}

pub(crate) fn answer_callback(bot: &Bot, args: &Args) -> Answered {
    if chars(args.text("text")) > 200 {
        return Err(Failure::bad("MESSAGE_TOO_LONG"));
    }
    let mut state = bot.state();
    let late = || Failure::bad("query is too old and response timeout expired or query ID is invalid");
    let callback = state
        .callbacks
        .get_mut(args.text("callback_query_id"))
        .ok_or_else(late)?;
    if callback.answered || callback.at.elapsed() > ANSWERED_WITHIN {
        return Err(late());
    }
    callback.answered = true;
    args.text("text").clone_into(&mut callback.text);
    Ok(Told::yes())
}

pub(crate) fn edit_text(world: &World, bot: &Bot, args: &Args) -> Answered {
    let text = entities::plain(args.text("text"), args.text("parse_mode"))?;
    let text = text.trim().to_owned();
    if text.is_empty() {
        return Err(Failure::bad("message text is empty"));
    }
    if utf16(&text) > 4_096 {
        return Err(Failure::bad("message is too long"));
    }
    edit(world, bot, args, Some(("text", text)))
}

pub(crate) fn edit_caption(world: &World, bot: &Bot, args: &Args) -> Answered {
    let caption = content::caption(args)?;
    edit(world, bot, args, Some(("caption", caption)))
}

pub(crate) fn edit_markup(world: &World, bot: &Bot, args: &Args) -> Answered {
    edit(world, bot, args, None)
}

fn edit(world: &World, bot: &Bot, args: &Args, words: Option<(&str, String)>) -> Answered {
    let chat = chats::writable(world, bot, args)?;
    let markup = markup::read(args, true)?;
    if args.given("reply_markup").is_some() && !markup.is_inline {
        return Err(Failure::bad("inline keyboard expected"));
    }
    let raw = rewrite(&chat, &message_id(args)?, words, markup)?;
    chat.touch();
    Ok(Told::raw(raw))
}

/// Changes the words and the buttons of a message of the bot; a call without buttons takes them off.
fn rewrite(chat: &Arc<Chat>, id: &str, words: Option<(&str, String)>, markup: Markup) -> Result<String, Failure> {
    let mut state = chat.state();
    let line = state
        .line(id)
        .ok_or_else(|| Failure::bad("message to edit not found"))?;
    if line.mine || line.raw.is_empty() {
        return Err(Failure::bad("message can't be edited"));
    }
    let mut message: Value = serde_json::from_str(&line.raw).unwrap_or_default();
    let before = message.clone();
    if let Some((field, words)) = words {
        if message.get(field).is_none() && field == "text" {
            return Err(Failure::bad("there is no text in the message to edit"));
        }
        line.text.clone_from(&words);
        message[field] = json!(words);
    }
    match markup.inline {
        Some(inline) => message["reply_markup"] = inline,
        None => {
            if let Some(fields) = message.as_object_mut() {
                fields.remove("reply_markup");
            }
        }
    }
    if message == before {
        return Err(Failure::bad(SAME));
    }
    line.buttons = markup.buttons;
    line.inline = true;
    line.edited = true;
    message["edit_date"] = json!(now_secs());
    let raw = message.to_string();
    line.raw = raw.as_str().into();
    Ok(raw)
}

pub(crate) fn delete(world: &World, bot: &Bot, args: &Args) -> Answered {
    let chat = chats::writable(world, bot, args)?;
    let id = message_id(args)?;
    let mut state = chat.state();
    let place = state.lines.iter().position(|line| line.id == id);
    let place = place.ok_or_else(|| Failure::bad("message to delete not found"))?;
    state.lines.remove(place);
    drop(state);
    chat.touch();
    Ok(Told::yes())
}

fn message_id(args: &Args) -> Result<String, Failure> {
    let given = args.text("message_id");
    if given.parse::<i64>().is_ok() {
        return Ok(given.to_owned());
    }
    Err(Failure::bad("message identifier is not specified"))
}
