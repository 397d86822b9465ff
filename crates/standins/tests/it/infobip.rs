//! Infobip.

mod events;
mod messages;
mod resources;

use crate::support::{Gateway, call, read};
use serde_json::{Value, json};
use standins::{Options, Peer, Standins, infobip::Guard};

pub const KEY: &str = "003026bbc133714df1834b8638bb496e-8f4b3d9a-e931";
pub const NUMBER: &str = "441134960000";
pub const PEER: &str = "380671112233";

/// A number, and the gateway that it forwards to.
pub struct Account {
    pub standins: Standins,
    pub gateway: Gateway,
}

impl Account {
    pub async fn start() -> Self {
        let standins = Standins::start_with(Options {
            clock: 1_000.0,
            ..Options::default()
        })
        .await;
        let gateway = Gateway::start().await;
        standins.infobip().number(KEY, NUMBER);
        standins.infobip().forward(NUMBER, &gateway.url, Guard::Open).unwrap();
        Self { standins, gateway }
    }

    pub fn peer(&self) -> Peer {
        self.standins.infobip().peer(NUMBER, PEER)
    }

    /// Makes a call with the key.
    pub async fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}{path}", self.standins.infobip_url());
        let key = format!("App {KEY}");
        let headers = [("authorization", key.as_str()), ("content-type", "application/json")];
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        read(&call(method, &url, &headers, body).await.unwrap())
    }

    /// Sends a message of a kind.
    pub async fn send(&self, kind: &str, content: Value) -> (u16, Value) {
        let path = format!("/whatsapp/1/message/{kind}");
        self.call("POST", &path, &message(&json!({ "content": content }))).await
    }

    /// What is wrong with a message of a kind.
    pub async fn wrong(&self, kind: &str, content: Value) -> Value {
        let (status, answer) = self.send(kind, content.clone()).await;
        assert_eq!(status, 400, "{content}: {answer}");
        answer["requestError"]["serviceException"]["validationErrors"].clone()
    }
}

/// A message to the peer with these fields more.
pub fn message(fields: &Value) -> Value {
    let mut message = json!({ "from": NUMBER, "to": PEER, "content": { "text": "Hello" } });
    for (name, value) in fields.as_object().unwrap() {
        message[name] = value.clone();
    }
    message
}
