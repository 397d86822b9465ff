//! Filled forms of every provider.

use super::Client;
use model::{
    Fields, Provider,
    form::{Control, Field, SecretShape},
    settings::tabs,
};
use serde_json::{Value, json};

/// The form of a provider with every field filled and every switch on; `secret` makes up each secret by its key.
pub fn filled(provider: Provider, name: &str, secret: impl Fn(&Field) -> String) -> Fields {
    let mut fields = Fields::defaults(provider);
    fields.set(
        "uri",
        format!("/test-{}", name.to_lowercase().replace([' ', '“', '”'], "-")),
    );
    for field in tabs(provider).iter().flat_map(model::form::Tab::fields) {
        let text = match &field.control {
            Control::Switch => "true".to_owned(),
            Control::Secret { .. } => secret(field),
            Control::Address { schemes } => format!("{}://a.example", schemes[0]),
            Control::Text { .. } => text(field).to_owned(),
            Control::Integer { max, .. } if field.default.is_empty() => if *max > 100 { "45" } else { "7" }.to_owned(),
            _ => continue,
        };
        fields.set(field.key, text);
    }
    fields.set("name", name);
    fields
}

fn text(field: &Field) -> &'static str {
    match field.key {
        "settings.client_id" => "123456",
        "settings.version" => "v24.0",
        "settings.channels.email.url" => "a@b.example",
        _ => "Some text",
    }
}

/// A secret that fits its field.
pub fn any_secret(field: &Field) -> String {
    match field.control {
        Control::Secret {
            shape: SecretShape::BotToken,
            ..
        } => "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw".to_owned(),
        _ => "any-secret-of-a-test".to_owned(),
    }
}

/// Creates a gateway and gives its card.
pub async fn create(client: &Client, provider: Provider, name: &str) -> Value {
    let fields = filled(provider, name, any_secret);
    let answer = client
        .call("gateways/create", &json!({"provider": provider, "fields": fields}))
        .await;
    assert_eq!(answer.status, 200, "{provider}: {}", answer.body);
    answer.json()
}

/// Creates a flow schema and gives its card.
pub async fn create_flow(client: &Client, name: &str) -> Value {
    let fields = json!({"name": name, "description": "", "program": "[]", "tags": ""});
    let answer = client
        .call("flows/create", &json!({"kind": "code", "fields": fields}))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}
