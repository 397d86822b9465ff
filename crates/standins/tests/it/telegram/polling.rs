//! Long polling.

use super::{Bot, TOKEN};
use crate::support::LONG;
use serde_json::json;
use standins::{Options, Provider};
use std::sync::Arc;
use tokio::task::JoinHandle;

#[tokio::test]
async fn updates_stay_until_the_next_call_confirms_them() {
    let bot = Bot::fast().await;
    let peer = bot.peer(5);
    peer.says("a").unwrap();
    peer.says("b").unwrap();
    let updates = bot.ok("getUpdates", &json!({ "limit": 1 })).await;
    assert_eq!(updates.as_array().unwrap().len(), 1);
    let first = updates[0]["update_id"].as_i64().unwrap();
    let updates = bot.ok("getUpdates", &json!({ "offset": first })).await;
    assert_eq!(updates.as_array().unwrap().len(), 2);
    let updates = bot.ok("getUpdates", &json!({ "offset": first + 1 })).await;
    assert_eq!(updates[0]["message"]["text"], "b");
    assert_eq!(bot.info().await["pending_update_count"], 1);
    assert_eq!(bot.ok("getUpdates", &json!({ "offset": first + 2 })).await, json!([]));
}

#[tokio::test]
async fn a_poll_waits_for_what_comes() {
    let bot = Bot::start().await;
    let peer = bot.peer(5);
    let arguments = json!({ "timeout": 50 });
    let waiting = bot.ok("getUpdates", &arguments);
    let saying = async {
        tokio::task::yield_now().await;
        peer.says("Hi").unwrap();
    };
    let (updates, ()) = tokio::join!(waiting, saying);
    assert_eq!(updates[0]["message"]["text"], "Hi");
}

#[tokio::test]
async fn a_poll_and_a_webhook_exclude_each_other() {
    let bot = Bot::start().await;
    bot.ok("setWebhook", &json!({ "url": "http://127.0.0.1:1/x" })).await;
    let (status, description) = bot.refused("getUpdates", &json!({})).await;
    assert_eq!(status, 409);
    assert_eq!(
        description,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    );
}

/// A call of `getUpdates` that fails, and is under way.
async fn polling(bot: &Arc<Bot>) -> JoinHandle<(u16, String)> {
    let polling = tokio::spawn({
        let bot = bot.clone();
        async move { bot.refused("getUpdates", &json!({ "timeout": 50 })).await }
    });
    let begun = async {
        while !bot.standins.telegram().webhook(TOKEN).unwrap().polling {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, begun).await.unwrap();
    polling
}

#[tokio::test]
async fn another_poll_ends_the_first() {
    let other = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running";
    let bot = Arc::new(Bot::start().await);
    let first = polling(&bot).await;
    bot.ok("getUpdates", &json!({ "offset": 1 })).await;
    assert_eq!(first.await.unwrap(), (409, other.to_owned()));
}

#[tokio::test]
async fn a_webhook_that_is_set_ends_a_poll() {
    let bot = Arc::new(Bot::start().await);
    let first = polling(&bot).await;
    bot.ok("setWebhook", &json!({ "url": "http://127.0.0.1:1/x" })).await;
    let ended = first.await.unwrap();
    assert_eq!(ended, (409, "Conflict: terminated by setWebhook request".to_owned()));
}

#[tokio::test]
async fn whoever_asks_the_same_too_soon_is_slowed_down() {
    let bot = Bot::with(Options {
        clock: 50.0,
        ..Options::default()
    })
    .await;
    bot.ok("getUpdates", &json!({})).await;
    bot.ok("getUpdates", &json!({})).await;
    let second = bot.standins.journal(Provider::Telegram)[1].took_us;
    // Three seconds, fifty times faster.
    assert!(second >= 60_000, "{second}");
}

#[tokio::test]
async fn a_revoked_token_ends_a_poll() {
    let bot = Arc::new(Bot::start().await);
    let poll = polling(&bot).await;
    bot.standins.telegram().revoke(TOKEN);
    assert_eq!(poll.await.unwrap().0, 401);
}

#[tokio::test]
async fn whoever_hangs_up_no_longer_waits() {
    let bot = Arc::new(Bot::start().await);
    let poll = polling(&bot).await;
    poll.abort();
    let gone = async {
        while bot.standins.telegram().webhook(TOKEN).unwrap().polling {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONG, gone).await.unwrap();
}
