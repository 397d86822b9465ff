//! Who the bot is, and what a user looks like.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::Bot,
    chats,
};
use crate::{args::Args, world::World};
use serde_json::{Value, json};

pub(crate) fn get_me(bot: &Bot) -> Told {
    let mut user = as_user(bot);
    user["can_join_groups"] = json!(true);
    user["can_read_all_group_messages"] = json!(false);
    user["supports_inline_queries"] = json!(false);
    user["can_connect_to_business"] = json!(false);
    user["has_main_web_app"] = json!(false);
    Told::json(&user)
}

/// The bot as the sender of a message.
pub(crate) fn as_user(bot: &Bot) -> Value {
    json!({ "id": bot.id, "is_bot": true, "first_name": bot.username, "username": bot.username })
}

/// No user here has a picture.
pub(crate) fn profile_photos(world: &World, bot: &Bot, args: &Args) -> Answered {
    let user = args.text("user_id");
    if user.parse::<i64>().is_err() {
        return Err(Failure::bad("invalid user_id specified"));
    }
    if chats::known(world, bot, user).is_none() {
        return Err(Failure::bad("user not found"));
    }
    Ok(Told::json(&json!({ "total_count": 0, "photos": [] })))
}
