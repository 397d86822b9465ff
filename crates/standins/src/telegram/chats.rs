//! Which chats a bot may speak in.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::Bot,
    is_on,
};
use crate::{
    args::Args,
    chat::{Chat, Profile},
    world::World,
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A chat that the bot knows.
pub(crate) fn known(world: &World, bot: &Bot, id: &str) -> Option<Arc<Chat>> {
    let chats = &world.telegram.chats;
    match chats.get(&bot.token, id) {
        None if is_on(&world.telegram.open_chats) && id.parse::<i64>().is_ok() => Some(chats.open(&bot.token, id)),
        known => known,
    }
}

/// The chat of a call, if the bot may write there.
pub(crate) fn writable(world: &World, bot: &Bot, args: &Args) -> Result<Arc<Chat>, Failure> {
    let id = args.text("chat_id").trim();
    if id.is_empty() {
        return Err(Failure::bad("chat_id is empty"));
    }
    let chat = known(world, bot, id).ok_or_else(|| Failure::bad("chat not found"))?;
    let state = chat.state();
    if let Some(to) = &state.migrated_to {
        return Err(Failure::migrated(to));
    }
    if state.gone {
        return Err(Failure::forbidden("user is deactivated"));
    }
    if state.blocked {
        return Err(Failure::forbidden(match kind(id) {
            "private" => "bot was blocked by the user",
            "group" => "bot was kicked from the group chat",
            _ => "bot was kicked from the supergroup chat",
        }));
    }
    drop(state);
    Ok(chat)
}

/// The kind of a chat, which its id tells.
pub(crate) fn kind(id: &str) -> &'static str {
    match id.parse::<i64>() {
        Ok(id) if id <= -1_000_000_000_000 => "supergroup",
        Ok(id) if id < 0 => "group",
        _ => "private",
    }
}

/// The chat within a message.
pub(crate) fn as_chat(id: &str, profile: &Profile) -> Value {
    let kind = kind(id);
    let number = id.parse::<i64>().unwrap_or_default();
    if kind != "private" {
        return json!({ "id": number, "type": kind, "title": format!("Group {number}") });
    }
    let mut chat = json!({ "id": number, "type": kind, "first_name": profile.first_name });
    if !profile.last_name.is_empty() {
        chat["last_name"] = json!(profile.last_name);
    }
    if !profile.username.is_empty() {
        chat["username"] = json!(profile.username);
    }
    chat
}

pub(crate) fn get_chat(world: &World, bot: &Bot, args: &Args) -> Answered {
    let id = args.text("chat_id");
    let chat = known(world, bot, id).ok_or_else(|| Failure::bad("chat not found"))?;
    let mut answer = as_chat(id, &chat.state().profile);
    answer["accent_color_id"] = json!(0);
    answer["max_reaction_count"] = json!(11);
    Ok(Told::json(&answer))
}
