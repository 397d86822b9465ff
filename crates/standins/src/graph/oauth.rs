//! Signing in: the dialogue, tokens for codes, and what a token is.

use super::{
    answer::{Failure, respond},
    call::Call,
    tokens::{self, Speaks},
};
use crate::{answer, chance, clock::now_secs, world::World};
use axum::response::Response;
use http::{HeaderValue, header};
use serde_json::{Value, json};
use std::sync::Arc;
use url::Url;

/// Two months.
const LONG_LIVED: i64 = 5_184_000;

/// Whoever sees the dialogue agrees: back to the app with a code.
pub(super) fn dialog(world: &World, call: &Call) -> Response {
    let app = call.args.text("client_id");
    if !world.graph.assets().apps.contains_key(app) {
        return respond(Err(Failure::new(101, "Invalid App ID")));
    }
    let Ok(mut url) = Url::parse(call.args.text("redirect_uri")) else {
        return respond(Err(Failure::missing("redirect_uri")));
    };
    let code = format!("AQ{}", chance::word());
    world.graph.tokens().add_code(&code, app);
    url.query_pairs_mut()
        .append_pair("code", &code)
        .append_pair("state", call.args.text("state"));
    let mut response = answer::raw(302, "text/html", "");
    if let Ok(value) = HeaderValue::from_str(url.as_str()) {
        response.headers_mut().insert(header::LOCATION, value);
    }
    response
}

/// A token for a code, a longer one for a short one, or the app's own.
pub(super) fn access_token(world: &World, call: &Call) -> Result<Value, Failure> {
    let (app, secret) = (call.required("client_id")?, call.required("client_secret")?);
    let is_right = world
        .graph
        .assets()
        .apps
        .get(app)
        .is_some_and(|known| known.secret == secret);
    if !is_right {
        return Err(Failure::new(1, "Error validating client secret."));
    }
    let speaks = match call.args.text("grant_type") {
        "client_credentials" => {
            return Ok(json!({ "access_token": format!("{app}|{secret}"), "token_type": "bearer" }));
        }
        "fb_exchange_token" => {
            let short = call.required("fb_exchange_token")?;
            tokens::known(&world.graph, short)?.speaks
        }
        _ => {
            call.required("redirect_uri")?;
            let code = world.graph.tokens().take_code(call.required("code")?);
            let code = code.filter(|token| token.app == app);
            let used = || Failure::new(100, "This authorization code has been used.").sub(36_009);
            code.ok_or_else(used)?.speaks
        }
    };
    let token = format!("EAA{}{}", chance::word(), chance::word());
    world.graph.tokens().add(&token, app, speaks);
    Ok(json!({ "access_token": token, "token_type": "bearer", "expires_in": LONG_LIVED }))
}

pub(super) fn debug_token(world: &Arc<World>, call: &Call) -> Result<Value, Failure> {
    tokens::admit(&world.graph, call)?;
    let input = call.required("input_token")?;
    let known = world.graph.tokens().get(input).cloned();
    let Some(token) = known else {
        let error = json!({ "code": 190, "message": "Invalid OAuth access token." });
        return Ok(json!({ "data": { "error": error, "is_valid": false, "scopes": [] } }));
    };
    let assets = world.graph.assets();
    let businesses: Vec<&String> = assets.businesses.keys().collect();
    let pages: Vec<&String> = assets.pages.keys().collect();
    let (kind, scopes, granular) = match &token.speaks {
        Speaks::App => ("APP", vec![], json!([])),
        Speaks::User => (
            "USER",
            vec![
                "pages_show_list",
                "pages_messaging",
                "pages_manage_metadata",
                "instagram_basic",
                "instagram_manage_messages",
            ],
            json!([{ "scope": "pages_messaging", "target_ids": pages }]),
        ),
        Speaks::Page(page) => (
            "PAGE",
            vec!["pages_messaging", "pages_manage_metadata"],
            json!([{ "scope": "pages_messaging", "target_ids": [page] }]),
        ),
        Speaks::System => (
            "SYSTEM_USER",
            vec!["whatsapp_business_management", "whatsapp_business_messaging"],
            json!([
                { "scope": "whatsapp_business_management", "target_ids": businesses },
                { "scope": "whatsapp_business_messaging", "target_ids": businesses },
            ]),
        ),
    };
    let mut data = json!({
        "app_id": token.app, "type": kind, "application": "Stand-in", "is_valid": token.dead.is_none(),
        "issued_at": now_secs() - 60, "expires_at": 0, "data_access_expires_at": now_secs() + LONG_LIVED,
        "scopes": scopes, "granular_scopes": granular,
    });
    match &token.speaks {
        Speaks::App => {}
        Speaks::User => data["user_id"] = json!(tokens::PERSON),
        Speaks::System => data["user_id"] = json!(tokens::SYSTEM_USER),
        Speaks::Page(page) => {
            data["user_id"] = json!(tokens::PERSON);
            data["profile_id"] = json!(page);
        }
    }
    if let Some(subcode) = token.dead {
        data["error"] = json!({ "code": 190, "message": "The session is invalid.", "subcode": subcode });
    }
    Ok(json!({ "data": data }))
}
