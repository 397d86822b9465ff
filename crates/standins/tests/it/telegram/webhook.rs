//! Setting webhooks and looking at them.

use super::Bot;
use crate::support::Gateway;
use serde_json::json;

#[tokio::test]
async fn a_webhook_is_set_seen_and_deleted() {
    let bot = Bot::fast().await;
    let set = json!({
        "url": "http://127.0.0.1:1/x", "secret_token": "s-_1", "max_connections": 7, "allowed_updates": ["message"],
    });
    let (_, answer) = bot.call("setWebhook", &set).await;
    assert_eq!(
        answer,
        json!({ "ok": true, "result": true, "description": "Webhook was set" })
    );
    let info = json!({
        "url": "http://127.0.0.1:1/x", "has_custom_certificate": false, "pending_update_count": 0,
        "max_connections": 7, "allowed_updates": ["message"],
    });
    assert_eq!(bot.info().await, info);
    for described in ["Webhook was deleted", "Webhook is already deleted"] {
        assert_eq!(bot.call("deleteWebhook", &json!({})).await.1["description"], described);
    }
    assert_eq!(bot.info().await["url"], "");
}

#[tokio::test]
async fn the_same_webhook_is_already_set_and_its_kinds_may_change() {
    let bot = Bot::fast().await;
    let set = json!({ "url": "http://127.0.0.1:1/x" });
    bot.ok("setWebhook", &set).await;
    let again = json!({ "url": "http://127.0.0.1:1/x", "allowed_updates": ["message"] });
    let described = async |arguments| loop {
        let (status, answer) = bot.call("setWebhook", arguments).await;
        if status != 429 {
            break answer["description"].as_str().unwrap().to_owned();
        }
    };
    assert_eq!(described(&again).await, "Webhook is already set");
    assert_eq!(bot.info().await["allowed_updates"], json!(["message"]));
    let other = json!({ "url": "http://127.0.0.1:1/x", "secret_token": "t" });
    assert_eq!(described(&other).await, "Webhook was set");
    // What is not said stays as it was.
    assert_eq!(bot.info().await["allowed_updates"], json!(["message"]));
}

#[tokio::test]
async fn a_webhook_may_be_set_once_a_second() {
    let bot = Bot::start().await;
    bot.ok("setWebhook", &json!({ "url": "http://127.0.0.1:1/x" })).await;
    let told = bot
        .refused("setWebhook", &json!({ "url": "http://127.0.0.1:1/y" }))
        .await;
    assert_eq!(told, (429, "Too Many Requests: retry after 1".into()));
    bot.ok("deleteWebhook", &json!({})).await;
}

#[tokio::test]
async fn a_wrong_secret_or_address_is_refused() {
    let bot = Bot::fast().await;
    for (arguments, description) in [
        (json!({ "url": "x" }), "Bad Request: invalid webhook URL specified"),
        (
            json!({ "url": "ftp://a.example" }),
            "Bad Request: invalid webhook URL specified",
        ),
        (
            json!({ "url": "https://a.example", "secret_token": "a b" }),
            "Bad Request: secret token contains unallowed characters",
        ),
        (
            json!({ "url": "https://a.example", "secret_token": "a".repeat(257) }),
            "Bad Request: secret token is too long",
        ),
    ] {
        let told = loop {
            let told = bot.refused("setWebhook", &arguments).await;
            if told.0 != 429 {
                break told;
            }
        };
        assert_eq!(told, (400, description.to_owned()));
    }
    assert_eq!(bot.info().await["url"], "");
}

#[tokio::test]
async fn the_cloud_takes_public_https_addresses_only() {
    let bot = Bot::start().await;
    bot.standins.telegram().strict_urls(true);
    let told = bot
        .refused("setWebhook", &json!({ "url": "http://127.0.0.1:3400/x" }))
        .await;
    let description = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook";
    assert_eq!(told, (400, description.to_owned()));
}

#[tokio::test]
async fn pending_updates_wait_for_a_webhook_or_are_dropped() {
    let bot = Bot::fast().await;
    let gateway = Gateway::start().await;
    let peer = bot.peer(5);
    peer.says("one").unwrap();
    assert_eq!(bot.info().await["pending_update_count"], 1);
    bot.ok("deleteWebhook", &json!({ "drop_pending_updates": true })).await;
    assert_eq!(bot.info().await["pending_update_count"], 0);
    peer.says("two").unwrap();
    bot.ok("setWebhook", &json!({ "url": gateway.url })).await;
    assert_eq!(gateway.heard(1).await[0].json()["message"]["text"], "two");
    assert_eq!(gateway.so_far().len(), 1);
}

#[tokio::test]
async fn somebody_else_may_take_the_webhook() {
    let bot = Bot::start().await;
    bot.ok("setWebhook", &json!({ "url": "http://127.0.0.1:1/x" })).await;
    let telegram = bot.standins.telegram();
    telegram
        .set_webhook(super::TOKEN, "http://127.0.0.1:2/other", "s")
        .unwrap();
    assert_eq!(bot.info().await["url"], "http://127.0.0.1:2/other");
    assert_eq!(telegram.webhook(super::TOKEN).unwrap().secret_token, "s");
}
