//! Which method is which.

use super::{Answered, answer::Failure, bot::Bot, change, chats, download, me, polling, send, webhook};
use crate::{args::Args, world::World};
use futures::future::{BoxFuture, FutureExt};
use std::sync::Arc;

/// Calls a method by its name in lower case. Boxed, because a webhook may answer with a call of a method, and a method may
/// set a webhook.
pub(crate) fn call(world: Arc<World>, bot: Arc<Bot>, method: String, args: Args) -> BoxFuture<'static, Answered> {
    async move {
        match method.as_str() {
            "getme" => Ok(me::get_me(&bot)),
            "logout" | "close" => Ok(super::answer::Told::yes()),
            "setwebhook" => webhook::set(&world, &bot, &args, args.text("url")),
            "deletewebhook" => webhook::set(&world, &bot, &args, ""),
            "getwebhookinfo" => Ok(webhook::info(&bot)),
            "getupdates" => polling::get_updates(&world, &bot, &args).await,
            "sendchataction" => change::chat_action(&world, &bot, &args),
            "answercallbackquery" => change::answer_callback(&bot, &args),
            "editmessagetext" => change::edit_text(&world, &bot, &args),
            "editmessagecaption" => change::edit_caption(&world, &bot, &args),
            "editmessagereplymarkup" => change::edit_markup(&world, &bot, &args),
            "deletemessage" => change::delete(&world, &bot, &args),
            "getchat" => chats::get_chat(&world, &bot, &args),
            "getuserprofilephotos" => me::profile_photos(&world, &bot, &args),
            "getfile" => download::get_file(&world, &args),
            method => match method.strip_prefix("send") {
                Some(what) => send::send(&world, &bot, what, &args).await,
                None => Err(Failure::new(404, "Not Found: method not found")),
            },
        }
    }
    .boxed()
}
