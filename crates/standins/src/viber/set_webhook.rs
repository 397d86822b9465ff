//! `set_webhook`, which calls the webhook before it answers.

use super::{
    account::{Account, EVENTS},
    answer::{HOST, Status, fail, ok},
};
use crate::{
    Provider, Seal,
    clock::now_ms,
    push::{self, Proof, Push},
    world::World,
};
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};
use url::Url;

pub(crate) async fn set(world: &Arc<World>, account: &Account, arguments: &Value) -> Response {
    let Some(url) = arguments["url"].as_str() else {
        return fail(Status::MissingData, "url");
    };
    let event_types = match event_types(&arguments["event_types"]) {
        Ok(kinds) => kinds,
        Err(kind) => return fail(Status::BadData, &format!("unknown event type {kind}")),
    };
    if url.is_empty() {
        let mut state = account.state();
        state.webhook = None;
        state.event_types.clear();
        drop(state);
        return ok(json!({ "chat_hostname": HOST, "event_types": [] }));
    }
    let scheme = Url::parse(url).map(|url| url.scheme().to_owned()).unwrap_or_default();
    let is_strict = world.viber.strict_urls.load(Ordering::Relaxed);
    if scheme != "https" && (is_strict || scheme != "http") {
        return fail(Status::InvalidUrl, "the webhook must be an HTTPS address");
    }
    if let Err(why) = knock(world, account, url).await {
        return fail(Status::InvalidUrl, &why);
    }
    let mut state = account.state();
    state.webhook = Some(url.to_owned());
    state.event_types.clone_from(&event_types);
    drop(state);
    ok(json!({ "chat_hostname": HOST, "event_types": event_types }))
}

/// Calls the webhook, which has to answer with 200.
async fn knock(world: &World, account: &Account, url: &str) -> Result<(), String> {
    let body = json!({
        "event": "webhook",
        "timestamp": now_ms(),
        "chat_hostname": HOST,
        "message_token": world.viber.token(),
    });
    let event = Push {
        provider: Provider::Viber,
        url: url.to_owned(),
        body: body.to_string().into(),
        proof: Proof::Viber {
            token: account.token.clone(),
        },
        ladder: &[],
        then: None,
    };
    match push::send(world, &event, Seal::Genuine).await {
        Ok(answer) if answer.status == 200 => Ok(()),
        Ok(answer) => Err(format!("the webhook answered {}", answer.status)),
        Err(unanswered) => Err(unanswered.to_string()),
    }
}

/// The kinds of events that are asked for; all of them if nothing is said.
fn event_types(given: &Value) -> Result<Vec<String>, String> {
    let Some(given) = given.as_array() else {
        return Ok(EVENTS.iter().map(ToString::to_string).collect());
    };
    let mut kinds = Vec::new();
    for kind in given {
        match kind.as_str() {
            Some("message") => {}
            Some(kind) if EVENTS.contains(&kind) => kinds.push(kind.to_owned()),
            _ => return Err(kind.to_string()),
        }
    }
    Ok(kinds)
}
