//! What belongs to a number: templates, quality, files, marks of reading, and typing.

use super::{
    admit,
    answer::{Refused, Violations},
    check::Check,
    own,
};
use crate::{answer, chance, clock::now_ms, world::World};
use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    response::Response,
};
use http::HeaderMap;
use serde_json::{Value, json};
use std::sync::Arc;

fn respond(result: Result<Response, Refused>) -> Response {
    result.unwrap_or_else(Refused::respond)
}

pub(crate) async fn templates(
    State(world): State<Arc<World>>,
    Path(sender): Path<String>,
    headers: HeaderMap,
) -> Response {
    let found = admit(&world, &headers).and_then(|key| own(&world, &key, &sender));
    respond(found.map(|number| answer::json(200, &json!({ "templates": number.state().templates }))))
}

pub(crate) async fn new_template(
    State(world): State<Arc<World>>,
    Path(sender): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let create = || {
        let number = own(&world, &admit(&world, &headers)?, &sender)?;
        let given: Value = serde_json::from_slice(&body).unwrap_or_default();
        let mut violations = Violations::default();
        let mut check = Check {
            given: &given,
            violations: &mut violations,
        };
        let name = check.text("name", 1, 512);
        check.text("language", 1, 16);
        check.text("category", 1, 32);
        check.text("structure.body.text", 1, 1_024);
        if !name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        {
            check
                .violations
                .add("name", "must consist of lowercase letters, digits and underscores");
        }
        violations.check()?;
        let mut template = given;
        template["id"] = json!(chance::below(1 << 40).to_string());
        template["businessAccountId"] = json!(1);
        template["status"] = json!("PENDING");
        number.state().templates.push(template.clone());
        Ok(answer::json(201, &template))
    };
    respond(create())
}

/// Of all numbers of the key, or of those that are asked for.
pub(crate) async fn quality(
    State(world): State<Arc<World>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let ask = || {
        let key = admit(&world, &headers)?;
        let query = query.unwrap_or_default();
        let wanted: Vec<String> = url::form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name == "senders")
            .flat_map(|(_, value)| value.split(',').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        let numbers = world.infobip.of_key(&key);
        let results: Vec<Value> = numbers
            .iter()
            .filter(|number| wanted.is_empty() || wanted.iter().any(|wanted| *wanted == *number.digits))
            .map(|number| {
                json!({
                    "sender": &*number.digits, "qualityRating": "HIGH", "currentLimit": "LIMIT_10K",
                    "status": "CONNECTED", "lastUpdated": super::events::time(now_ms()),
                })
            })
            .collect();
        Ok(answer::json(200, &json!({ "results": results })))
    };
    respond(ask())
}

/// A peer's file, for the key of the number that it was sent to.
pub(crate) async fn media(
    State(world): State<Arc<World>>,
    Path((sender, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let fetch = || {
        own(&world, &admit(&world, &headers)?, &sender)?;
        let kind = format!("infobip {sender}");
        let file = world
            .files
            .get(&id)
            .filter(|file| file.kind == kind && !file.is_expired());
        let file = file.ok_or_else(|| Refused::new(404, "NOT_FOUND", "Requested media not found."))?;
        Ok(answer::file(&file))
    };
    respond(fetch())
}

/// Marks a peer's message as read.
pub(crate) async fn read(
    State(world): State<Arc<World>>,
    Path((sender, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let mark = || {
        let number = own(&world, &admit(&world, &headers)?, &sender)?;
        number.state().read.push(id.clone());
        Ok(answer::json(200, &json!({})))
    };
    respond(mark())
}

/// Shows that the account types.
pub(crate) async fn typing(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let show = || {
        let key = admit(&world, &headers)?;
        let given: Value = serde_json::from_slice(&body).unwrap_or_default();
        let mut violations = Violations::default();
        let mut check = Check {
            given: &given,
            violations: &mut violations,
        };
        let count = check.list("events", 1, 100);
        for n in 0..count {
            check.phone(&format!("events[{n}].sender"));
            check.phone(&format!("events[{n}].destinations[0].to"));
            if check.at(&format!("events[{n}].content.type")) != "TYPING_INDICATOR" {
                check
                    .violations
                    .add(&format!("events[{n}].content.type"), "must be TYPING_INDICATOR");
            }
        }
        violations.check()?;
        for event in given["events"].as_array().into_iter().flatten() {
            let number = own(&world, &key, event["sender"].as_str().unwrap_or_default())?;
            for destination in event["destinations"].as_array().into_iter().flatten() {
                let to = destination["to"].as_str().unwrap_or_default();
                let chat = world.infobip.chats.open(&number.digits, to);
                chat.state().typing_ms = now_ms();
                chat.touch();
            }
        }
        Ok(answer::json(200, &json!({ "bulkId": chance::word(), "events": [] })))
    };
    respond(show())
}
