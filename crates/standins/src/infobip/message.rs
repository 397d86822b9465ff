//! Messages.

use super::{
    account::{KEPT, Number},
    admit,
    answer::{Refused, Violations, accepted, status},
    check::Check,
    content, own, report,
};
use crate::{
    Provider, answer, chance,
    chat::{Chat, Keyboard},
    outgoing::Outgoing,
    seen::Seen,
    world::World,
};
use axum::{
    body::Bytes,
    extract::{Path, State},
    response::Response,
};
use http::HeaderMap;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

pub(crate) async fn send(
    State(world): State<Arc<World>>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    respond(&world, &kind, &headers, &body).await
}

pub(crate) async fn send_interactive(
    State(world): State<Arc<World>>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    respond(&world, &format!("interactive/{kind}"), &headers, &body).await
}

async fn respond(world: &Arc<World>, kind: &str, headers: &HeaderMap, body: &Bytes) -> Response {
    match respond_or_refuse(world, kind, headers, body).await {
        Ok(answered) => answer::json(200, &answered),
        Err(refused) => refused.respond(),
    }
}

async fn respond_or_refuse(
    world: &Arc<World>,
    kind: &str,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Value, Refused> {
    let key = admit(world, headers)?;
    if !content::KINDS.contains(&kind) {
        return Err(Refused::new(404, "NOT_FOUND", "Requested URL not found."));
    }
    let unreadable = |_| Refused::new(400, "BAD_REQUEST", "Bad request");
    let given: Value = serde_json::from_slice(body).map_err(unreadable)?;
    if kind != "template" {
        return one(world, &key, kind, &given).await;
    }
    // Templates go in lists.
    let mut answers = Vec::new();
    for message in given["messages"].as_array().into_iter().flatten() {
        answers.push(one(world, &key, kind, message).await?);
    }
    if answers.is_empty() {
        let mut violations = Violations::default();
        violations.add("messages", "must not be empty");
        violations.check()?;
    }
    let bulk = given["bulkId"].as_str().map_or_else(chance::word, str::to_owned);
    Ok(json!({ "messages": answers, "bulkId": bulk }))
}

async fn one(world: &Arc<World>, key: &str, kind: &str, given: &Value) -> Result<Value, Refused> {
    let mut violations = Violations::default();
    let mut check = Check {
        given,
        violations: &mut violations,
    };
    let (from, to) = (check.phone("from"), check.phone("to"));
    let mut id = check.optional("messageId", 50);
    check.optional("callbackData", 4_000);
    if !check.optional("notifyUrl", 2_048).is_empty() {
        check.url("notifyUrl");
    }
    if !given["content"].is_object() {
        check.violations.add("content", "must not be null");
    }
    let seen = content::read(kind, &mut check);
    violations.check()?;
    let number = own(world, key, &from)?;
    if let Some(answer) = number.state().sent.get(&id) {
        return Ok(answer.clone());
    }
    if id.is_empty() {
        id = chance::word();
    }
    fetch(world, &seen).await?;
    let status = verdict(&number, kind, given);
    let answer = accepted(&to, &id, &status);
    remember(&number, &id, &answer);
    if status["groupId"] == 1 {
        let chat = world.infobip.chats.open(&number.digits, &to);
        let failure = failure(&chat, kind);
        if failure.is_none() {
            let seen = Seen { id: id.clone(), ..seen };
            chat.say(seen, Keyboard::Keep);
        }
        report::follow(world, &number, &chat, &id, given, failure);
    }
    Ok(answer)
}

fn remember(number: &Number, id: &str, answer: &Value) {
    let mut state = number.state();
    if state.sent.len() >= KEPT {
        state.sent.clear();
    }
    state.sent.insert(id.to_owned(), answer.clone());
}

/// Whether the message is taken, or rejected with status 200.
fn verdict(number: &Number, kind: &str, given: &Value) -> Value {
    let mut state = number.state();
    if let Some(name) = state.rejections.pop_front() {
        return status(5, "REJECTED", 6, &name, "The message is rejected.");
    }
    if kind == "template" && !is_known(&state.templates, &given["content"]) {
        return status(
            5,
            "REJECTED",
            73,
            "REJECTED_TEMPLATE_MISMATCH",
            "There is no such template.",
        );
    }
    status(1, "PENDING", 7, "PENDING_ENROUTE", "Message sent to next instance")
}

/// Whether a template of this name, language and number of placeholders is there and approved.
fn is_known(templates: &[Value], content: &Value) -> bool {
    templates.iter().any(|template| {
        let text = template["structure"]["body"]["text"].as_str().unwrap_or_default();
        let given = content["templateData"]["body"]["placeholders"].as_array();
        template["name"] == content["templateName"]
            && template["language"] == content["language"]
            && template["status"] == "APPROVED"
            && given.map_or(0, Vec::len) == text.matches("{{").count()
    })
}

/// Why a message that was taken does not arrive.
fn failure(chat: &Chat, kind: &str) -> Option<&'static str> {
    let state = chat.state();
    if state.gone || state.blocked {
        Some("EC_INVALID_DESTINATION_ADDRESS")
    } else if state.window_closed && kind != "template" {
        Some("EC_REENGAGEMENT_WINDOW_EXPIRED")
    } else {
        None
    }
}

/// Fetches a file by its address, if the stand-in is to do that.
async fn fetch(world: &World, seen: &Seen) -> Result<(), Refused> {
    let Some(file) = seen
        .file
        .as_ref()
        .filter(|_| world.infobip.fetches.load(Ordering::Relaxed))
    else {
        return Ok(());
    };
    let answer = world.call(Outgoing::get(Provider::Infobip, &file.url)).await;
    match answer {
        Ok(answer) if answer.is_success() => Ok(()),
        _ => Err(Refused::new(400, "BAD_REQUEST", "Media can't be downloaded.")),
    }
}
