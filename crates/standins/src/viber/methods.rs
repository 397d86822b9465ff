//! Which method is which, and those that only ask.

use super::{
    account::Account,
    answer::{Status, fail, ok},
    send, set_webhook,
};
use crate::{chat::Profile, clock::compressed, world::World};
use axum::response::Response;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// The details of a user are given so often …
const LOOKUPS: usize = 2;
/// … in this time.
const LOOKUPS_IN: Duration = Duration::from_hours(12);
/// So many users are asked for at once.
const MOST_ONLINE: usize = 100;

pub(crate) async fn call(world: &Arc<World>, account: &Arc<Account>, method: &str, arguments: &Value) -> Response {
    match method {
        "set_webhook" => set_webhook::set(world, account, arguments).await,
        "get_account_info" => info(world, account),
        "get_user_details" => details(world, account, arguments),
        "get_online" => online(world, account, arguments),
        "send_message" => send::one(world, account, arguments).await,
        "broadcast_message" => send::many(world, account, arguments).await,
        _ => crate::answer::raw(404, "text/html", "Not Found"),
    }
}

fn info(world: &World, account: &Account) -> Response {
    let state = account.state();
    let subscribers = world.viber.chats.count(&account.token, |chat| chat.subscribed);
    let mut info = json!({
        "id": account.id(),
        "name": account.name,
        "uri": account.name.to_lowercase().replace(' ', ""),
        "icon": "",
        "background": "",
        "category": "Companies, Brands & Products",
        "subcategory": "Retail",
        "country": "UA",
        "event_types": state.event_types,
        "subscribers_count": subscribers,
        "members": [],
    });
    if let Some(webhook) = &state.webhook {
        info["webhook"] = json!(webhook);
    }
    drop(state);
    ok(info)
}

fn details(world: &World, account: &Account, arguments: &Value) -> Response {
    let Some(id) = arguments["id"].as_str() else {
        return fail(Status::MissingData, "id");
    };
    let Some(chat) = world.viber.chats.get(&account.token, id) else {
        return fail(Status::ReceiverNotRegistered, "there is no such user");
    };
    let mut state = account.state();
    let lookups = state.lookups.entry(id.to_owned()).or_default();
    let window = compressed(LOOKUPS_IN, world.options.clock);
    lookups.retain(|at| at.elapsed() < window);
    if lookups.len() >= LOOKUPS {
        return fail(Status::TooManyRequests, "twice in twelve hours for a user");
    }
    lookups.push(std::time::Instant::now());
    drop(state);
    let mut user = user(id, &chat.state().profile);
    user["primary_device_os"] = json!("Android 15");
    user["viber_version"] = json!("25.1.0");
    user["device_type"] = json!("Pixel 9");
    ok(json!({ "message_token": world.viber.token(), "user": user }))
}

/// A user within an event or an answer.
pub(crate) fn user(id: &str, profile: &Profile) -> Value {
    json!({
        "id": id,
        "name": profile.name(),
        "avatar": "https://media-direct.cdn.viber.com/download_photo?dlid=0",
        "country": profile.country,
        "language": profile.language,
        "api_version": 10,
    })
}

fn online(world: &World, account: &Account, arguments: &Value) -> Response {
    let Some(ids) = arguments["ids"].as_array() else {
        return fail(Status::MissingData, "ids");
    };
    if ids.is_empty() || ids.len() > MOST_ONLINE {
        return fail(Status::BadData, "ids: from 1 to 100");
    }
    let users: Vec<Value> = ids
        .iter()
        .map(|id| {
            let known = id.as_str().and_then(|id| world.viber.chats.get(&account.token, id));
            let (status, message) = if known.is_some() {
                (0, "online")
            } else {
                (4, "unavailable")
            };
            json!({ "id": id, "online_status": status, "online_status_message": message })
        })
        .collect();
    ok(json!({ "users": users }))
}
