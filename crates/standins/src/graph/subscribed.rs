//! Which apps are told about a page or a business account: `/{id}/subscribed_apps`.

use super::{
    answer::Failure,
    assets::Object,
    call::Call,
    subscriptions::{fields_of, verify},
    tokens::{self, Speaks, Token},
};
use crate::world::World;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) async fn serve(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    let token = tokens::admit(&world.graph, call)?;
    let is_page = world.graph.assets().pages.contains_key(id);
    if id == "me" || is_page {
        let page = match (&token.speaks, id) {
            (Speaks::Page(own), "me") => own.clone(),
            _ => id.to_owned(),
        };
        tokens::for_page(&token, &page)?;
        return of_page(world, call, &page, &token);
    }
    let is_known = world.graph.assets().businesses.contains_key(id);
    if !is_known || token.speaks != Speaks::System {
        return Err(Failure::no_object(id));
    }
    of_business(world, call, id, &token).await
}

fn of_page(world: &World, call: &Call, id: &str, token: &Token) -> Result<Value, Failure> {
    let fields = call.list("subscribed_fields");
    if let Some(unknown) = fields
        .iter()
        .find(|field| !fields_of(Object::Page).contains(&field.as_str()))
    {
        return Err(Failure::invalid(&format!(
            "Param subscribed_fields must not have \"{unknown}\"."
        )));
    }
    let mut assets = world.graph.assets();
    let page = assets.pages.get_mut(id).ok_or_else(|| Failure::no_object(id))?;
    match call.method.as_str() {
        "GET" => {
            let apps: Vec<Value> = page
                .subscribed
                .iter()
                .map(|(app, fields)| json!({ "id": app, "name": "Stand-in", "subscribed_fields": fields }))
                .collect();
            Ok(json!({ "data": apps }))
        }
        "POST" if fields.is_empty() => Err(Failure::missing("subscribed_fields")),
        "POST" => {
            page.subscribed.insert(token.app.clone(), fields.into_iter().collect());
            Ok(json!({ "success": true }))
        }
        "DELETE" => {
            page.subscribed.remove(&token.app);
            Ok(json!({ "success": true }))
        }
        _ => Err(Failure::unknown_path(&call.pieces)),
    }
}

async fn of_business(world: &Arc<World>, call: &Call, id: &str, token: &Token) -> Result<Value, Failure> {
    let elsewhere = call.args.given("override_callback_uri");
    if let (Some(url), "POST") = (elsewhere, call.method.as_str()) {
        verify(world, url, call.required("verify_token")?).await?;
    }
    let mut assets = world.graph.assets();
    let business = assets.businesses.get_mut(id).ok_or_else(|| Failure::no_object(id))?;
    match call.method.as_str() {
        "GET" => {
            let apps: Vec<Value> = business
                .subscribed
                .iter()
                .map(|(app, elsewhere)| {
                    let mut one = json!({ "whatsapp_business_api_data": { "id": app, "name": "Stand-in" } });
                    if let Some(url) = elsewhere {
                        one["override_callback_uri"] = json!(url);
                    }
                    one
                })
                .collect();
            Ok(json!({ "data": apps }))
        }
        "POST" => {
            business
                .subscribed
                .insert(token.app.clone(), elsewhere.map(str::to_owned));
            Ok(json!({ "success": true }))
        }
        "DELETE" => {
            business.subscribed.remove(&token.app);
            Ok(json!({ "success": true }))
        }
        _ => Err(Failure::unknown_path(&call.pieces)),
    }
}
