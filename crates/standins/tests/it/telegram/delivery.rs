//! Updates on their way to a webhook.

use super::{Bot, TOKEN};
use crate::support::{Gateway, Heard, LONG, Scripted};
use serde_json::json;
use standins::{Direction, Provider, Seal};

async fn connected() -> (Bot, Gateway) {
    let (bot, gateway) = (Bot::fast().await, Gateway::start().await);
    bot.ok("setWebhook", &json!({ "url": gateway.url, "secret_token": "s3cret" }))
        .await;
    (bot, gateway)
}

#[tokio::test]
async fn an_update_is_posted_with_the_secret_and_is_gone_when_it_was_taken() {
    let (bot, gateway) = connected().await;
    let id = bot.peer(5).says("Hi").unwrap();
    let heard = gateway.heard(1).await.remove(0);
    assert_eq!(
        (heard.method.as_str(), heard.header("content-type")),
        ("POST", "application/json")
    );
    assert_eq!(
        (heard.path.as_str(), heard.header("x-telegram-bot-api-secret-token")),
        ("/chat/a", "s3cret")
    );
    let update = heard.json();
    assert!(update["update_id"].as_i64().unwrap() >= 100_000_000);
    assert_eq!(update["message"]["message_id"].to_string(), id);
    assert_eq!(update["message"]["chat"]["type"], "private");
    bot.standins.settled(Provider::Telegram, LONG).await.unwrap();
    assert_eq!(bot.info().await["pending_update_count"], 0);
}

#[tokio::test]
async fn update_ids_grow_one_by_one_and_message_ids_by_chat() {
    let (bot, gateway) = connected().await;
    let (one, two) = (bot.peer(5), bot.peer(6));
    for text in ["a", "b"] {
        one.says(text).unwrap();
        two.says(text).unwrap();
    }
    let mut updates: Vec<_> = gateway.heard(4).await.iter().map(Heard::json).collect();
    updates.sort_by_key(|update| update["update_id"].as_i64());
    let first = updates[0]["update_id"].as_i64().unwrap();
    for (update, n) in updates.iter().zip(0..) {
        assert_eq!(update["update_id"], first + n);
    }
    let ids: Vec<_> = updates
        .iter()
        .map(|update| update["message"]["message_id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [ids[0], ids[0], ids[0] + 1, ids[0] + 1]);
}

#[tokio::test]
async fn a_failed_update_is_repeated_and_holds_up_its_own_chat_only() {
    let (bot, gateway) = connected().await;
    gateway.answers([500, 500, 302].map(Scripted::status));
    let slow = bot.peer(5);
    slow.says("first").unwrap();
    slow.says("second").unwrap();
    let heard = gateway.heard(5).await;
    let texts: Vec<_> = heard
        .iter()
        .map(|heard| heard.json()["message"]["text"].clone())
        .collect();
    assert_eq!(texts, ["first", "first", "first", "first", "second"]);
    let ids: Vec<_> = heard.iter().map(|heard| heard.json()["update_id"].as_i64()).collect();
    assert_eq!((ids[0], ids[3]), (ids[1], ids[0]));
    assert_eq!(
        bot.info().await["last_error_message"],
        "Wrong response from the webhook: 302 Found"
    );
    assert!(bot.info().await["last_error_date"].as_i64().unwrap() > 1_700_000_000);
}

#[tokio::test]
async fn chats_do_not_wait_for_each_other() {
    let (bot, gateway) = connected().await;
    gateway.answers([Scripted::status(503).header("retry-after", "3600")]);
    bot.peer(5).says("stuck").unwrap();
    gateway.heard(1).await;
    bot.peer(6).says("through").unwrap();
    assert_eq!(gateway.heard(2).await[1].json()["message"]["text"], "through");
    assert_eq!(bot.info().await["pending_update_count"], 1);
}

#[tokio::test]
async fn a_refused_connection_is_told_in_the_webhook_info() {
    let bot = Bot::start().await;
    bot.ok("setWebhook", &json!({ "url": "http://127.0.0.1:1/x" })).await;
    bot.peer(5).says("Hi").unwrap();
    let called = |entry: &standins::Entry| entry.direction == Direction::Called;
    let entry = bot.standins.wait_for(Provider::Telegram, called, LONG).await.unwrap();
    assert_eq!(entry.failure.as_deref(), Some("Connection refused"));
    let told = async { while bot.info().await["last_error_message"] != "Connection refused" {} };
    tokio::time::timeout(LONG, told).await.unwrap();
    assert_eq!(bot.info().await["pending_update_count"], 1);
}

#[tokio::test]
async fn a_webhook_that_is_gone_for_a_day_is_closed() {
    // 23 hours are 10 milliseconds.
    let bot = Bot::with(standins::Options {
        clock: 8_280_000.0,
        ..standins::Options::default()
    })
    .await;
    let gateway = Gateway::start().await;
    gateway.always(Scripted::status(410));
    bot.ok("setWebhook", &json!({ "url": gateway.url })).await;
    let closed = async {
        while bot.info().await["url"] != "" {
            bot.peer(5).says("anybody?").unwrap();
        }
    };
    tokio::time::timeout(LONG, closed).await.unwrap();
}

#[tokio::test]
async fn kinds_that_were_not_asked_for_are_not_told() {
    let (bot, gateway) = connected().await;
    let telegram = bot.standins.telegram();
    let reaction = json!({ "chat": { "id": 5 } });
    assert_eq!(
        telegram.update(TOKEN, "message_reaction", &reaction, None).unwrap(),
        None
    );
    bot.peer(5).says("Hi").unwrap();
    assert!(gateway.heard(1).await[0].json()["message"].is_object());
}

#[tokio::test]
async fn an_update_can_be_repeated_and_told_out_of_order() {
    let (bot, gateway) = connected().await;
    let telegram = bot.standins.telegram();
    let message = json!({ "message_id": 1, "chat": { "id": 5 } });
    for number in [700, 699, 700] {
        let told = telegram.update(TOKEN, "message", &message, Some(number)).unwrap();
        assert_eq!(told, Some(number));
        bot.standins.settled(Provider::Telegram, LONG).await.unwrap();
    }
    let ids: Vec<_> = gateway
        .heard(3)
        .await
        .iter()
        .map(|heard| heard.json()["update_id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, [700, 699, 700]);
}

#[tokio::test]
async fn any_body_can_be_posted_with_a_wrong_secret_or_none() {
    let (bot, gateway) = connected().await;
    let telegram = bot.standins.telegram();
    gateway.always(Scripted::status(401));
    for seal in [Seal::Genuine, Seal::Forged, Seal::Missing] {
        assert_eq!(telegram.post(TOKEN, "{}", seal).await.unwrap().status, 401);
    }
    let heard = gateway.heard(3).await;
    let secrets: Vec<_> = heard
        .iter()
        .map(|heard| heard.header("x-telegram-bot-api-secret-token"))
        .collect();
    assert_eq!(secrets, ["s3cret", "s3cretx", ""]);
}

#[tokio::test]
async fn a_webhook_may_answer_with_a_call() {
    let (bot, gateway) = connected().await;
    let peer = bot.peer(5);
    let call = json!({ "method": "sendMessage", "chat_id": 5, "text": "in the answer" });
    gateway.answers([Scripted::json(&call)]);
    peer.says("Hi").unwrap();
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "in the answer");
    let refused = json!({ "method": "deleteWebhook" });
    gateway.answers([Scripted::json(&refused)]);
    peer.says("Hi").unwrap();
    gateway.heard(2).await;
    bot.standins.settled(Provider::Telegram, LONG).await.unwrap();
    assert_eq!(bot.info().await["url"], gateway.url);
}

#[tokio::test]
async fn a_user_in_the_address_becomes_a_header() {
    let (bot, gateway) = (Bot::start().await, Gateway::start().await);
    let url = gateway.url.replace("http://", "http://me:p%40ss@");
    bot.ok("setWebhook", &json!({ "url": url })).await;
    bot.peer(5).says("Hi").unwrap();
    assert_eq!(gateway.heard(1).await[0].header("authorization"), "Basic bWU6cEBzcw==");
}
