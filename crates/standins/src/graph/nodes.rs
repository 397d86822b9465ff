//! What can be read: pages, accounts, numbers, people.

use super::{
    answer::Failure,
    assets::Object,
    call::Call,
    media,
    tokens::{self, Speaks, Token},
};
use crate::{chat::Profile, world::World};
use serde_json::{Value, json};
use std::sync::Arc;

/// Any object by its id.
pub(super) fn node(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    if id == "me" {
        return Ok(call.fields(&me(world, &token)));
    }
    if let Some(found) = asset(world, &token, id) {
        return Ok(call.fields(&found));
    }
    if let Some(found) = media::node(world, id) {
        return Ok(found);
    }
    let person = person(world, &token, id).ok_or_else(|| Failure::no_object(id))?;
    Ok(call.fields(&person))
}

fn me(world: &World, token: &Token) -> Value {
    match &token.speaks {
        Speaks::Page(page) => asset(world, token, page).unwrap_or_default(),
        Speaks::App => json!({ "id": token.app, "name": "Stand-in" }),
        Speaks::User => json!({ "id": tokens::PERSON, "name": "Olha Koval" }),
        Speaks::System => json!({ "id": tokens::SYSTEM_USER, "name": "System user" }),
    }
}

fn asset(world: &World, token: &Token, id: &str) -> Option<Value> {
    let assets = world.graph.assets();
    if let Some(page) = assets.pages.get(id) {
        let may = token.speaks == Speaks::User || token.speaks == Speaks::Page(id.to_owned());
        let mut node = json!({ "id": id, "name": page.name, "category": "Shopping" });
        if let Some(instagram) = &page.instagram {
            let username = assets.instagram.get(instagram).map_or("", |account| &account.username);
            let account = json!({ "id": instagram, "username": username, "name": username });
            node["instagram_business_account"] = account;
        }
        drop(assets);
        if let Some(text) = world
            .graph
            .tokens()
            .of_page(id)
            .filter(|_| token.speaks == Speaks::User)
        {
            node["access_token"] = json!(text);
        }
        return may.then_some(node);
    }
    if let Some(account) = assets.instagram.get(id) {
        let may = token.speaks == Speaks::User || token.speaks == Speaks::Page(account.page.clone());
        let node =
            json!({ "id": id, "username": account.username, "name": account.username, "profile_picture_url": "" });
        return may.then_some(node);
    }
    if let Some(number) = assets.numbers.get(id).filter(|_| token.speaks == Speaks::System) {
        return Some(json!({
            "id": id, "display_phone_number": number.display, "verified_name": number.name, "name_status": "APPROVED",
            "quality_rating": "GREEN", "code_verification_status": "VERIFIED", "status": "CONNECTED",
            "platform_type": "CLOUD_API",
        }));
    }
    if assets.businesses.contains_key(id) && token.speaks == Speaks::System {
        return Some(json!({ "id": id, "name": "Stand-in Business", "currency": "EUR", "timezone_id": "1" }));
    }
    let is_app = assets.apps.contains_key(id) && token.app == *id;
    is_app.then(|| json!({ "id": id, "name": "Stand-in" }))
}

/// Somebody who wrote to the page, or to its Instagram account.
fn person(world: &World, token: &Token, id: &str) -> Option<Value> {
    let Speaks::Page(page) = &token.speaks else {
        return None;
    };
    let instagram = world
        .graph
        .assets()
        .pages
        .get(page)
        .and_then(|page| page.instagram.clone());
    if let Some(chat) = world.graph.chats.get(page, id) {
        return Some(described(id, &chat.state().profile, Object::Page));
    }
    let chat = world.graph.chats.get(&instagram?, id)?;
    let described = described(id, &chat.state().profile, Object::Instagram);
    Some(described)
}

fn described(id: &str, profile: &Profile, object: Object) -> Value {
    let picture = "https://platform-lookaside.fbsbx.com/platform/profilepic/?psid=1";
    match object {
        Object::Instagram => json!({
            "id": id, "name": profile.name(), "username": profile.username, "profile_pic": picture,
            "follower_count": 7,
        }),
        Object::Page | Object::WhatsApp => json!({
            "id": id, "first_name": profile.first_name, "last_name": profile.last_name, "profile_pic": picture,
            "locale": format!("{}_{}", profile.language, profile.country),
        }),
    }
}

/// The pages of a person that the app may see, with the tokens that speak for them.
pub(super) fn pages(world: &Arc<World>, call: &Call) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    if token.speaks != Speaks::User {
        return Err(Failure::new(200, "(#200) Requires pages_show_list permission"));
    }
    let mut ids: Vec<String> = world.graph.assets().pages.keys().cloned().collect();
    ids.retain(|id| world.graph.tokens().may_see(&token.app, id));
    let pages: Vec<Value> = ids
        .iter()
        .filter_map(|id| asset(world, &token, id))
        .map(|node| {
            let mut shown = call.fields(&node);
            if call.args.text("fields").is_empty() {
                shown["tasks"] = json!(["MESSAGING", "MANAGE"]);
            }
            shown
        })
        .collect();
    Ok(json!({ "data": pages, "paging": { "cursors": { "before": "b", "after": "a" } } }))
}

fn of_business(world: &Arc<World>, call: &Call, id: &str) -> Result<(), Failure> {
    let token = tokens::admit(&world.graph, call)?;
    let is_known = world.graph.assets().businesses.contains_key(id);
    if is_known && token.speaks == Speaks::System {
        Ok(())
    } else {
        Err(Failure::no_object(id))
    }
}

pub(super) fn numbers(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    of_business(world, call, id)?;
    let token = tokens::admit(&world.graph, call)?;
    let ids: Vec<String> = {
        let assets = world.graph.assets();
        let of = assets.numbers.iter().filter(|(_, number)| number.business == id);
        of.map(|(id, _)| id.clone()).collect()
    };
    let numbers: Vec<Value> = ids
        .iter()
        .filter_map(|id| asset(world, &token, id))
        .map(|node| call.fields(&node))
        .collect();
    Ok(json!({ "data": numbers, "paging": { "cursors": { "before": "b", "after": "a" } } }))
}

pub(super) fn templates(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    of_business(world, call, id)?;
    let assets = world.graph.assets();
    let templates = assets.businesses.get(id).map(|business| business.templates.clone());
    Ok(json!({ "data": templates.unwrap_or_default() }))
}

/// Registers a number for the cloud; it always is.
pub(super) fn register(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    asset(world, &token, id).ok_or_else(|| Failure::no_object(id))?;
    call.required("messaging_product")?;
    call.required("pin")?;
    Ok(json!({ "success": true }))
}
