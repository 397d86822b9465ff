//! What is created through the API: where inbound messages go, and subscriptions. Errors have the newer shape.

use super::{admit, answer::newer};
use crate::{answer, chance, world::World};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, Query, State},
    response::Response,
    routing::{get, post},
};
use http::HeaderMap;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

pub(super) const CONFIGURATIONS: &str = "inbound-message-configurations";
const SUBSCRIPTIONS: &str = "subscription";
const PROFILES: &str = "profiles";
const SECURITY: &str = "security";

pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route(
            "/resource-management/1/inbound-message-configurations",
            get(configurations).post(configure),
        )
        .route(
            "/resource-management/1/inbound-message-configurations/{key}",
            axum::routing::delete(unconfigure),
        )
        .route(
            "/subscriptions/1/subscription/WHATSAPP",
            post(subscribe).get(subscriptions),
        )
        .route(
            "/subscriptions/1/subscription/WHATSAPP/{id}",
            axum::routing::delete(unsubscribe),
        )
        .route("/subscriptions/1/profiles", post(profile))
        .route("/subscriptions/1/security", post(security))
}

fn unauthorized() -> Response {
    newer(401, "The request lacks valid authentication credentials.", &[])
}

fn read(world: &World, headers: &HeaderMap, body: &Bytes) -> Result<Value, Box<Response>> {
    if admit(world, headers).is_err() {
        return Err(Box::new(unauthorized()));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(Value::Object(fields)),
        _ => Err(Box::new(newer(400, "The body is no JSON object.", &[]))),
    }
}

async fn configurations(
    State(world): State<Arc<World>>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if admit(&world, &headers).is_err() {
        return unauthorized();
    }
    let Some(channel) = query.get("channel") else {
        return newer(400, "Bad request", &[("channel", "must not be null")]);
    };
    let fits = |entry: &&Value| {
        let same = |field: &str| query.get(field).is_none_or(|wanted| entry[field] == **wanted);
        entry["channel"] == **channel && same("number") && same("numberKey") && same("configurationKey")
    };
    let created = world.infobip.created();
    let of_kind = created.iter().filter(|((kind, _), _)| *kind == CONFIGURATIONS);
    let found: Vec<&Value> = of_kind.map(|(_, entry)| entry).filter(fits).collect();
    answer::json(200, &found)
}

/// Creates a configuration, or changes the one of this number and keyword.
async fn configure(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    let mut given = match read(&world, &headers, &body) {
        Ok(given) => given,
        Err(refused) => return *refused,
    };
    if given["channel"] != "WHATSAPP" {
        return newer(400, "Bad request", &[("channel", "must be WHATSAPP")]);
    }
    let number = given["number"].as_str().or_else(|| given["numberKey"].as_str());
    let Some(number) = number.map(str::to_owned) else {
        return newer(400, "Bad request", &[("number", "number or numberKey is required")]);
    };
    if super::own(&world, &admit(&world, &headers).unwrap_or_default(), &number).is_err() {
        return newer(404, "The number is not found.", &[("number", "is unknown")]);
    }
    let forwarding = &given["forwarding"];
    let is_url = forwarding["url"]
        .as_str()
        .is_some_and(|url| url::Url::parse(url).is_ok());
    if forwarding["type"] == "HTTP_FORWARD" && !is_url {
        return newer(400, "Bad request", &[("forwarding.url", "must be a valid url")]);
    }
    given["number"] = json!(number);
    let mut created = world.infobip.created();
    let known = created
        .iter()
        .find(|((kind, _), entry)| {
            *kind == CONFIGURATIONS && entry["number"] == given["number"] && entry["keyword"] == given["keyword"]
        })
        .map(|((_, key), _)| key.clone());
    let key = known.unwrap_or_else(|| format!("{:032X}", chance::below(u64::MAX)));
    given["configurationKey"] = json!(key);
    created.insert((CONFIGURATIONS, key), given.clone());
    answer::json(200, &given)
}

async fn unconfigure(State(world): State<Arc<World>>, Path(key): Path<String>, headers: HeaderMap) -> Response {
    remove(&world, &headers, CONFIGURATIONS, key)
}

fn remove(world: &World, headers: &HeaderMap, kind: &'static str, key: String) -> Response {
    if admit(world, headers).is_err() {
        return unauthorized();
    }
    match world.infobip.created().remove(&(kind, key)) {
        Some(_) => answer::raw(204, "application/json", ""),
        None => newer(404, "Requested resource not found.", &[]),
    }
}

/// Records what is created under an id that is given or made.
fn record(
    world: &World,
    headers: &HeaderMap,
    body: &Bytes,
    kind: &'static str,
    id: &str,
    required: &'static str,
) -> Response {
    let mut given = match read(world, headers, body) {
        Ok(given) => given,
        Err(refused) => return *refused,
    };
    if given.pointer(required).is_none_or(Value::is_null) {
        let field = required.trim_start_matches('/').replace('/', ".");
        return newer(400, "Bad request", &[(&field, "must not be null")]);
    }
    let key = given[id].as_str().map_or_else(chance::word, str::to_owned);
    given[id] = json!(key);
    world.infobip.created().insert((kind, key), given.clone());
    answer::json(201, &given)
}

async fn subscribe(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    record(&world, &headers, &body, SUBSCRIPTIONS, "subscriptionId", "/events")
}

async fn subscriptions(State(world): State<Arc<World>>, headers: HeaderMap) -> Response {
    if admit(&world, &headers).is_err() {
        return unauthorized();
    }
    let created = world.infobip.created();
    let of_kind = created.iter().filter(|((kind, _), _)| *kind == SUBSCRIPTIONS);
    let found: Vec<&Value> = of_kind.map(|(_, entry)| entry).collect();
    answer::json(200, &found)
}

async fn unsubscribe(State(world): State<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    remove(&world, &headers, SUBSCRIPTIONS, id)
}

async fn profile(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    record(&world, &headers, &body, PROFILES, "profileId", "/webhook/notifyUrl")
}

async fn security(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Response {
    record(&world, &headers, &body, SECURITY, "authId", "/type")
}
