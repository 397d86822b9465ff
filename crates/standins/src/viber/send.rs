//! `send_message` and `broadcast_message`.

use super::{
    account::Account,
    answer::{HOST, Refused, Status, fail, failed, ok},
    check::{self, Checked},
    events,
};
use crate::{
    Provider,
    chat::{Chat, Keyboard},
    outgoing::Outgoing,
    seen::Seen,
    world::World,
};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

/// So many messages without a word of the user.
const MOST_UNANSWERED: u32 = 100;
/// The most receivers of a broadcast.
const MOST_RECEIVERS: usize = 300;

pub(crate) async fn one(world: &Arc<World>, account: &Arc<Account>, arguments: &Value) -> Response {
    match try_one(world, account, arguments).await {
        Ok(token) => ok(json!({ "message_token": token, "chat_hostname": HOST, "billing_status": 1 })),
        Err((status, why)) => fail(status, &why),
    }
}

async fn try_one(world: &Arc<World>, account: &Arc<Account>, arguments: &Value) -> Result<u64, Refused> {
    if account.state().webhook.is_none() {
        return Err((Status::WebhookNotSet, "set the webhook first".into()));
    }
    let missing = || (Status::MissingData, "receiver".to_owned());
    let receiver = arguments["receiver"]
        .as_str()
        .filter(|id| !id.is_empty())
        .ok_or_else(missing)?;
    let message = check::message(arguments)?;
    fetch(world, &message).await?;
    deliver(world, account, receiver, &message)
}

/// Gives a message to a user.
fn deliver(world: &Arc<World>, account: &Arc<Account>, receiver: &str, message: &Checked) -> Result<u64, Refused> {
    let chat = world.viber.chats.get(&account.token, receiver);
    let chat = chat.ok_or((Status::ReceiverNotRegistered, "there is no such user".to_owned()))?;
    let state = chat.state();
    if state.gone {
        return Err((Status::ReceiverNotRegistered, "the user left Viber".into()));
    }
    if !state.subscribed {
        return Err((Status::ReceiverNotSubscribed, "the user is not subscribed".into()));
    }
    if state.unanswered >= MOST_UNANSWERED {
        let why = "maximum messages from public account to a user without reply exceeded";
        return Err((Status::TooManyRequests, why.into()));
    }
    drop(state);
    let token = world.viber.token();
    show(&chat, token, message);
    if world.viber.receipts.load(Ordering::Relaxed) {
        for receipt in ["delivered", "seen"] {
            events::receipt(world, account, &chat, token, receipt, None);
        }
    }
    Ok(token)
}

/// Puts a message into the chat.
pub(crate) fn show(chat: &Chat, token: u64, message: &Checked) {
    chat.state().memo.clone_from(&message.tracking_data);
    let keyboard = if message.has_keyboard {
        Keyboard::Show
    } else {
        Keyboard::Remove
    };
    let seen = Seen {
        id: token.to_string(),
        ..message.seen.clone()
    };
    chat.say(seen, keyboard);
}

/// Fetches a file by its address, as Viber does, if the stand-in is to do that.
async fn fetch(world: &World, message: &Checked) -> Result<(), Refused> {
    if !world.viber.fetches.load(Ordering::Relaxed) {
        return Ok(());
    }
    let Some(file) = message.seen.file.as_ref().filter(|_| message.seen.kind != "link") else {
        return Ok(());
    };
    let answer = world.call(Outgoing::get(Provider::Viber, &file.url)).await;
    match answer {
        Ok(answer) if answer.is_success() => Ok(()),
        _ => Err((Status::BadData, "media can't be fetched".into())),
    }
}

pub(crate) async fn many(world: &Arc<World>, account: &Arc<Account>, arguments: &Value) -> Response {
    if account.state().webhook.is_none() {
        return fail(Status::WebhookNotSet, "set the webhook first");
    }
    let Some(receivers) = arguments["broadcast_list"].as_array() else {
        return fail(Status::MissingData, "broadcast_list");
    };
    if receivers.is_empty() || receivers.len() > MOST_RECEIVERS {
        return fail(Status::BadData, "broadcast_list: from 1 to 300");
    }
    let message = match check::message(arguments) {
        Ok(message) => message,
        Err((status, why)) => return fail(status, &why),
    };
    if let Err((status, why)) = fetch(world, &message).await {
        return fail(status, &why);
    }
    let mut failures = Vec::new();
    for receiver in receivers {
        if let Err((status, why)) = deliver(world, account, receiver.as_str().unwrap_or_default(), &message) {
            let mut entry = failed(status, &why);
            entry["receiver"] = receiver.clone();
            failures.push(entry);
        }
    }
    ok(json!({ "message_token": world.viber.token(), "failed_list": failures }))
}
