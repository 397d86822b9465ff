//! Telegram's Bot API.

mod delivery;
mod files;
mod methods;
mod peers;
mod polling;
mod sending;
mod webhook;

use crate::support::{get, post};
use serde_json::Value;
use standins::{Options, Peer, Standins};

pub const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

/// A bot and how it calls.
pub struct Bot {
    pub standins: Standins,
}

impl Bot {
    pub async fn start() -> Self {
        Self::with(Options::default()).await
    }

    /// With all waiting a thousand times shorter.
    pub async fn fast() -> Self {
        Self::with(Options {
            clock: 1_000.0,
            ..Options::default()
        })
        .await
    }

    pub async fn with(options: Options) -> Self {
        let standins = Standins::start_with(options).await;
        standins.telegram().bot(TOKEN, "shop_bot");
        Self { standins }
    }

    pub fn url(&self, method: &str) -> String {
        format!("{}/bot{TOKEN}/{method}", self.standins.telegram_url())
    }

    /// Calls a method, whatever comes.
    pub async fn call(&self, method: &str, arguments: &Value) -> (u16, Value) {
        post(&self.url(method), arguments).await
    }

    /// Calls a method that succeeds.
    pub async fn ok(&self, method: &str, arguments: &Value) -> Value {
        let (status, answer) = self.call(method, arguments).await;
        assert_eq!((status, &answer["ok"]), (200, &Value::Bool(true)), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Calls a method that fails, and gives status and description.
    pub async fn refused(&self, method: &str, arguments: &Value) -> (u16, String) {
        let (status, answer) = self.call(method, arguments).await;
        assert_eq!(answer["error_code"], status, "{answer}");
        assert_eq!(answer["ok"], false);
        (status, answer["description"].as_str().unwrap().to_owned())
    }

    pub async fn info(&self) -> Value {
        get(&self.url("getWebhookInfo")).await.1["result"].clone()
    }

    pub fn peer(&self, chat: i64) -> Peer {
        self.standins.telegram().peer(TOKEN, chat)
    }
}
