//! What an app is told about, and where: `/{app}/subscriptions`.

use super::{
    answer::Failure,
    assets::{Object, Subscription},
    call::Call,
    is_on,
    tokens::{self, Speaks},
};
use crate::{Provider, chance, outgoing::Outgoing, world::World};
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Arc};
use url::Url;

/// The fields that there are, by object.
const PAGE_FIELDS: [&str; 15] = [
    "messages",
    "message_echoes",
    "message_edits",
    "message_deliveries",
    "message_reads",
    "message_reactions",
    "messaging_postbacks",
    "messaging_referrals",
    "messaging_optins",
    "messaging_handovers",
    "standby",
    "feed",
    "messaging_account_linking",
    "messaging_policy_enforcement",
    "inbox_labels",
];
const INSTAGRAM_FIELDS: [&str; 12] = [
    "messages",
    "message_echoes",
    "message_edit",
    "messaging_postbacks",
    "messaging_seen",
    "messaging_referral",
    "message_reactions",
    "messaging_optins",
    "messaging_handover",
    "standby",
    "comments",
    "mentions",
];
const WHATSAPP_FIELDS: [&str; 8] = [
    "messages",
    "message_template_status_update",
    "account_update",
    "account_alerts",
    "phone_number_quality_update",
    "message_echoes",
    "history",
    "user_preferences",
];

pub(crate) const fn fields_of(object: Object) -> &'static [&'static str] {
    match object {
        Object::Page => &PAGE_FIELDS,
        Object::Instagram => &INSTAGRAM_FIELDS,
        Object::WhatsApp => &WHATSAPP_FIELDS,
    }
}

pub(super) async fn serve(world: &Arc<World>, call: &Call, app: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    if token.speaks != Speaks::App || token.app != app {
        return Err(Failure::new(
            15,
            "(#15) This method must be called with an app access_token.",
        ));
    }
    match call.method.as_str() {
        "GET" => Ok(json!({ "data": list(world, app) })),
        "POST" => add(world, call, app).await,
        "DELETE" => {
            let object = call.args.given("object").map(object).transpose()?;
            let mut assets = world.graph.assets();
            if let Some(known) = assets.apps.get_mut(app) {
                known
                    .subscriptions
                    .retain(|known, _| object.is_some_and(|object| object != *known));
            }
            Ok(json!({ "success": true }))
        }
        _ => Err(Failure::unknown_path(&call.pieces)),
    }
}

fn object(name: &str) -> Result<Object, Failure> {
    let found = Object::ALL.into_iter().find(|object| object.code() == name);
    found.ok_or_else(|| Failure::invalid("Param object must be one of {page, instagram, whatsapp_business_account}"))
}

fn list(world: &World, app: &str) -> Vec<Value> {
    let assets = world.graph.assets();
    let subscriptions = assets.apps.get(app).into_iter().flat_map(|app| &app.subscriptions);
    subscriptions
        .map(|(object, subscription)| {
            let fields: Vec<Value> = subscription
                .fields
                .iter()
                .map(|name| json!({ "name": name, "version": "v26.0" }))
                .collect();
            json!({
                "object": object.code(), "callback_url": subscription.callback_url, "active": true, "fields": fields,
            })
        })
        .collect()
}

async fn add(world: &Arc<World>, call: &Call, app: &str) -> Result<Value, Failure> {
    let object = object(call.required("object")?)?;
    let url = call.required("callback_url")?;
    let verify_token = call.required("verify_token")?;
    let fields = call.list("fields");
    if fields.is_empty() {
        return Err(Failure::missing("fields"));
    }
    if let Some(unknown) = fields.iter().find(|field| !fields_of(object).contains(&field.as_str())) {
        let text = format!(
            "Param fields must be one of {:?} - got \"{unknown}\".",
            fields_of(object)
        );
        return Err(Failure::invalid(&text));
    }
    verify(world, url, verify_token).await?;
    let subscription = Subscription {
        callback_url: url.to_owned(),
        fields: fields.into_iter().collect::<BTreeSet<_>>(),
    };
    if let Some(known) = world.graph.assets().apps.get_mut(app) {
        known.subscriptions.insert(object, subscription);
    }
    Ok(json!({ "success": true }))
}

/// Asks an address whether it is ours to call: it has to give back the challenge, and nothing else.
pub(super) async fn verify(world: &World, url: &str, verify_token: &str) -> Result<(), Failure> {
    let failed = |why: &str| {
        Failure::new(
            2_200,
            format!("(#2200) Callback verification failed with the following errors: {why}"),
        )
    };
    let Ok(mut challenged) = Url::parse(url) else {
        return Err(Failure::invalid("Param callback_url must be a valid URL"));
    };
    if is_on(&world.graph.switches.strict_urls) && challenged.scheme() != "https" {
        return Err(Failure::invalid("Param callback_url must use HTTPS"));
    }
    let challenge = chance::below(1 << 31).to_string();
    challenged
        .query_pairs_mut()
        .append_pair("hub.mode", "subscribe")
        .append_pair("hub.challenge", &challenge)
        .append_pair("hub.verify_token", verify_token);
    let answer = world.call(Outgoing::get(Provider::Graph, challenged)).await;
    let answer = answer.map_err(|unanswered| failed(&unanswered.to_string()))?;
    if answer.status != 200 {
        let text = format!(
            "HTTP Status Code = {}; HTTP Message = {}",
            answer.status,
            answer.reason()
        );
        return Err(failed(&text));
    }
    if answer.body != challenge.as_bytes() {
        return Err(failed("the challenge was not given back"));
    }
    Ok(())
}
