//! Meta's Graph API.

mod accounts;
mod events;
mod instagram;
mod pages;
mod subscriptions;
mod whatsapp;
mod whatsapp_events;

use crate::support::{Gateway, call, read};
use serde_json::{Value, json};
use standins::{Options, Peer, Standins, graph::Object};

pub const APP: &str = "1234567890";
pub const SECRET: &str = "test-app-secret";
pub const USER: &str = "EAAUSER";
pub const SYSTEM: &str = "EAASYSTEM";
pub const PAGE: &str = "100200300";
pub const PAGE_TOKEN: &str = "EAATESTTOKEN";
pub const INSTAGRAM: &str = "17840001";
pub const BUSINESS: &str = "900100";
pub const NUMBER: &str = "106540352242922";
pub const PSID: &str = "6000000000000001";
pub const PHONE: &str = "380671112233";

/// An app with a page, an Instagram account and a number.
pub struct Meta {
    pub standins: Standins,
    pub gateway: Gateway,
}

impl Meta {
    /// Nobody is told about anything.
    pub async fn start() -> Self {
        let standins = Standins::start_with(Options {
            clock: 1_000.0,
            ..Options::default()
        })
        .await;
        let graph = standins.graph();
        graph.app(APP, SECRET);
        graph.user_token(APP, USER);
        graph.system_token(APP, SYSTEM);
        graph.page(APP, PAGE, "Shop", PAGE_TOKEN);
        graph.instagram(PAGE, INSTAGRAM, "shop");
        graph.number(BUSINESS, NUMBER, "15550783881", "Shop");
        Self {
            standins,
            gateway: Gateway::start().await,
        }
    }

    /// The app is told about everything.
    pub async fn connected() -> Self {
        let meta = Self::start().await;
        for object in [Object::Page, Object::Instagram, Object::WhatsApp] {
            meta.standins.graph().subscribe(APP, object, &meta.gateway.url);
        }
        meta
    }

    pub fn peer(&self) -> Peer {
        self.standins.graph().peer(PAGE, PSID)
    }

    pub fn phone(&self) -> Peer {
        self.standins.graph().peer(NUMBER, PHONE)
    }

    /// Makes a call with a token.
    pub async fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/v26.0{path}", self.standins.graph_url());
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("content-type", "application/json")];
        if !token.is_empty() {
            headers.push(("authorization", bearer.as_str()));
        }
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        read(&call(method, &url, &headers, body).await.unwrap())
    }

    pub async fn get(&self, path: &str, token: &str) -> (u16, Value) {
        self.call("GET", path, token, &Value::Null).await
    }

    /// Sends a message of the page to the peer.
    pub async fn send(&self, message: Value) -> (u16, Value) {
        self.send_with(&json!({ "message": message })).await
    }

    /// Sends from the page to the peer, with these parameters.
    pub async fn send_with(&self, fields: &Value) -> (u16, Value) {
        let mut body = json!({ "recipient": { "id": PSID } });
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.call("POST", "/me/messages", PAGE_TOKEN, &body).await
    }

    /// Code and subcode of an error.
    pub fn code(answer: &Value) -> (i64, Option<i64>) {
        let error = &answer["error"];
        assert!(error["fbtrace_id"].is_string(), "{answer}");
        (error["code"].as_i64().unwrap(), error["error_subcode"].as_i64())
    }

    /// Sends a message of the number to the phone.
    pub async fn send_whatsapp(&self, fields: &Value) -> (u16, Value) {
        let mut body = json!({ "messaging_product": "whatsapp", "to": PHONE });
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.call("POST", &format!("/{NUMBER}/messages"), SYSTEM, &body).await
    }
}
