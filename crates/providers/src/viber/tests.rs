//! Viber as the tests play it.

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

pub(super) const TOKEN: &str = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
pub(super) const PEER: &str = "01234567890A+/=";

/// A gateway at Viber itself, with a public address.
pub(super) fn account() -> Account {
    Account {
        gateway: GatewayId(7),
        name: "Shop".into(),
        settings: Settings::Viber(settings::Viber {
            bot_name: "Support".into(),
            button_background: "#1d2733".into(),
            button_color: "#ffffff".into(),
            welcome: String::new(),
        }),
        secrets: [("secret.token".to_owned(), Secret::new(TOKEN.to_owned()))].into(),
        callback_url: "https://chat.example/chat/shop".into(),
        is_public: true,
        door_secret: Secret::new(String::new()),
        meta: Vec::new(),
        endpoints: Arc::new(Endpoints::default()),
    }
}

/// The same at a listener.
pub(super) fn account_at(listener: &Listener) -> Account {
    let mut account = account();
    Arc::make_mut(&mut account.endpoints).viber = listener.url.clone();
    account
}

pub(super) fn set(account: &mut Account, change: impl FnOnce(&mut settings::Viber)) {
    let Settings::Viber(settings) = &mut account.settings else {
        panic!("settings of Viber")
    };
    change(settings);
}

pub(super) fn wire() -> Wire {
    listener::wire([TOKEN])
}

pub(super) fn ok(more: Value) -> Told {
    let mut body = json!({ "status": 0, "status_message": "ok" });
    let Value::Object(more) = more else { panic!("an object") };
    body.as_object_mut().unwrap().extend(more);
    Told::json(200, &body)
}

pub(super) fn refused(status: u64, words: &str) -> Told {
    Told::json(200, &json!({ "status": status, "status_message": words }))
}

/// What is told of a failure ends with the messenger's words and has no secret in it.
#[track_caller]
pub(super) fn assert_ends_with(error: &ProviderError, words: &str) {
    assert!(
        error.message.ends_with(&format!(" Viber says: {words}")),
        "{}",
        error.message
    );
    assert!(!error.message.contains(TOKEN), "{}", error.message);
}
