//! Viber.

mod events;
mod methods;
mod sending;

use crate::support::{Gateway, post_with};
use serde_json::{Value, json};
use standins::{Options, Peer, Standins};

pub const TOKEN: &str = "445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9";
/// Ids of Viber have characters that mean something in addresses.
pub const USER: &str = "01234567/90A+=";

/// An account, and the gateway that it is connected to.
pub struct Account {
    pub standins: Standins,
    pub gateway: Gateway,
}

impl Account {
    /// Not connected.
    pub async fn start() -> Self {
        let standins = Standins::start_with(Options {
            clock: 1_000.0,
            ..Options::default()
        })
        .await;
        standins.viber().account(TOKEN, "Shop");
        let gateway = Gateway::start().await;
        Self { standins, gateway }
    }

    pub async fn connected() -> Self {
        let account = Self::start().await;
        account
            .standins
            .viber()
            .set_webhook(TOKEN, &account.gateway.url)
            .unwrap();
        account
    }

    /// The user, who has written, and the gateway, which has heard it.
    pub async fn subscriber(&self) -> Peer {
        let peer = self.peer();
        let before = self.gateway.so_far().len();
        peer.says("Hi").unwrap();
        self.gateway.heard(before + 1).await;
        peer
    }

    pub fn peer(&self) -> Peer {
        self.standins.viber().peer(TOKEN, USER)
    }

    /// Calls a method; the HTTP status is always 200.
    pub async fn call(&self, method: &str, body: &Value) -> Value {
        let url = format!("{}/pa/{method}", self.standins.viber_url());
        let (status, answer) = post_with(&url, &[("x-viber-auth-token", TOKEN)], body).await;
        assert_eq!(status, 200);
        answer
    }

    /// The status that a method answers.
    pub async fn status(&self, method: &str, body: &Value) -> i64 {
        self.call(method, body).await["status"].as_i64().unwrap()
    }

    /// The status of a message to the user with these fields more.
    pub async fn send(&self, fields: &Value) -> i64 {
        self.status("send_message", &message(fields)).await
    }
}

/// A message to the user.
pub fn message(fields: &Value) -> Value {
    let mut message = json!({ "receiver": USER, "sender": { "name": "Support" }, "type": "text", "text": "Hello" });
    for (name, value) in fields.as_object().unwrap() {
        message[name] = value.clone();
    }
    message
}
