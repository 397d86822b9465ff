//! Telegram as the tests play it.

mod bodies;
mod calls;
mod door;
mod limits;
mod messages;
mod standing;

use crate::{
    Account, Endpoints, Wire,
    listener::{self, Listener, Told},
};
use model::{GatewayId, Secret, Settings, message::ProviderError, settings};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
pub(super) const DOOR: &str = "Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE";

/// A gateway at Telegram itself, with a public address.
pub(super) fn account() -> Account {
    Account {
        gateway: GatewayId(7),
        name: "Shop".into(),
        settings: Settings::TelegramBot(settings::TelegramBot {}),
        secrets: [("secret.token".to_owned(), Secret::new(TOKEN.to_owned()))].into(),
        callback_url: "https://chat.example/chat/shop".into(),
        is_public: true,
        door_secret: Secret::new(DOOR.to_owned()),
        meta: Vec::new(),
        endpoints: Arc::new(Endpoints::default()),
    }
}

/// The same at a listener.
pub(super) fn account_at(listener: &Listener) -> Account {
    let mut account = account();
    Arc::make_mut(&mut account.endpoints).telegram = listener.url.clone();
    account
}

pub(super) fn wire() -> Wire {
    listener::wire([TOKEN, DOOR])
}

pub(super) fn path(method: &str) -> String {
    format!("/bot{TOKEN}/{method}")
}

pub(super) fn ok(result: &Value) -> Told {
    Told::json(200, &json!({ "ok": true, "result": result }))
}

pub(super) fn refused(code: u16, description: &str) -> Told {
    Told::json(
        code,
        &json!({ "ok": false, "error_code": code, "description": description }),
    )
}

/// What is told of a failure ends with the messenger's words and has no secret in it.
#[track_caller]
pub(super) fn assert_ends_with(error: &ProviderError, words: &str) {
    assert!(
        error.message.ends_with(&format!(" Telegram says: {words}")),
        "{}",
        error.message
    );
    assert!(!error.message.contains(TOKEN), "{}", error.message);
}
