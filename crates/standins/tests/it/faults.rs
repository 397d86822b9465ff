//! Calls that go wrong.

use crate::support::{LONG, call, post};
use fetch::Failure;
use serde_json::json;
use standins::{Fault, Provider, Standins};
use std::collections::BTreeMap;

const TOKEN: &str = "110:AA";

async fn started() -> (Standins, String) {
    let standins = Standins::start().await;
    standins.telegram().bot(TOKEN, "shop_bot");
    let url = format!("{}/bot{TOKEN}/getMe", standins.telegram_url());
    (standins, url)
}

#[tokio::test]
async fn a_refusal_has_the_messengers_own_shape() {
    let (standins, url) = started().await;
    let fault = Fault::Error {
        status: 500,
        code: None,
        subcode: None,
        message: Some("Internal Server Error: restart".into()),
    };
    standins.fault(Provider::Telegram, "getMe", fault, 1);
    let refused = json!({ "ok": false, "error_code": 500, "description": "Internal Server Error: restart" });
    assert_eq!(post(&url, &json!({})).await, (500, refused));
    assert_eq!(post(&url, &json!({})).await.0, 200);
}

#[tokio::test]
async fn too_many_requests_are_said_in_the_header_and_in_the_body() {
    let (standins, url) = started().await;
    standins.fault(Provider::Telegram, "*", Fault::RateLimited { retry_after: 7 }, 1);
    let answer = call("GET", &url, &[], "").await.unwrap();
    assert_eq!(
        (answer.status, &answer.headers["retry-after"]),
        (429, &"7".parse().unwrap())
    );
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(body["parameters"]["retry_after"], 7);
    assert_eq!(body["description"], "Too Many Requests: retry after 7");
}

#[tokio::test]
async fn an_answer_can_be_anything() {
    let (standins, url) = started().await;
    let fault = Fault::Answer {
        status: 418,
        headers: BTreeMap::from([("x-a".into(), "b".into())]),
        body: "tea".into(),
    };
    standins.fault(Provider::Telegram, "getMe", fault, 1);
    standins.fault(Provider::Telegram, "getMe", Fault::Garbage, 1);
    standins.fault(Provider::Telegram, "getMe", Fault::Empty, 1);
    let answer = call("GET", &url, &[], "").await.unwrap();
    assert_eq!(
        (answer.status, &answer.headers["x-a"], &answer.body[..]),
        (418, &"b".parse().unwrap(), &b"tea"[..])
    );
    let garbage = call("GET", &url, &[], "").await.unwrap();
    assert_eq!(garbage.status, 200);
    assert!(serde_json::from_slice::<serde_json::Value>(&garbage.body).is_err());
    assert!(call("GET", &url, &[], "").await.unwrap().body.is_empty());
}

#[tokio::test]
async fn a_connection_breaks_before_within_or_after() {
    let (standins, url) = started().await;
    for fault in [Fault::Close, Fault::CloseHalfWay, Fault::LoseAnswer] {
        standins.fault(Provider::Telegram, "getMe", fault.clone(), 1);
        let failure = call("GET", &url, &[], "").await.unwrap_err();
        assert!(matches!(failure, Failure::Broken { .. }), "{fault:?}: {failure:?}");
    }
    let statuses: Vec<_> = standins.journal(Provider::Telegram).iter().map(|e| e.status).collect();
    assert_eq!(statuses, [None, Some(200), None]);
}

#[tokio::test]
async fn what_lost_its_answer_was_done() {
    let (standins, _) = started().await;
    let peer = standins.telegram().peer(TOKEN, 5);
    let url = format!("{}/bot{TOKEN}/sendMessage", standins.telegram_url());
    standins.fault(Provider::Telegram, "sendMessage", Fault::LoseAnswer, 1);
    let body = json!({ "chat_id": 5, "text": "Hi" }).to_string();
    let json = [("content-type", "application/json")];
    call("POST", &url, &json, body.clone()).await.unwrap_err();
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "Hi");
    standins.fault(Provider::Telegram, "sendMessage", Fault::Close, 1);
    call("POST", &url, &json, body).await.unwrap_err();
    assert_eq!(peer.seen().len(), 1);
}

#[tokio::test]
async fn a_call_that_hangs_is_in_the_journal_while_it_hangs() {
    let (standins, url) = started().await;
    standins.fault(Provider::Telegram, "getMe", Fault::Hang, 1);
    let calling = tokio::spawn(async move { call("GET", &url, &[], "").await });
    let entry = standins
        .wait_for(Provider::Telegram, |e| e.asks("getme"), LONG)
        .await
        .unwrap();
    assert_eq!(
        (entry.status, entry.failure.as_deref()),
        (None, Some("left hanging by a fault"))
    );
    assert!(!calling.is_finished());
    drop(standins);
    assert!(calling.await.unwrap().is_err());
}

#[tokio::test]
async fn a_delayed_call_is_done_later() {
    let (standins, url) = started().await;
    standins.fault(Provider::Telegram, "getMe", Fault::Delay { ms: 20 }, 1);
    assert_eq!(post(&url, &json!({})).await.0, 200);
    let entry = standins
        .wait_for(Provider::Telegram, |e| e.asks("getMe"), LONG)
        .await
        .unwrap();
    assert!(entry.took_us >= 20_000, "{}", entry.took_us);
}

#[tokio::test]
async fn the_second_half_of_an_answer_may_come_later() {
    let (standins, url) = started().await;
    standins.fault(Provider::Telegram, "getMe", Fault::SlowBody { ms: 20 }, 1);
    let begun = std::time::Instant::now();
    assert_eq!(post(&url, &json!({})).await.1["result"]["username"], "shop_bot");
    assert!(begun.elapsed().as_millis() >= 20);
}

#[tokio::test]
async fn a_standin_that_was_dropped_answers_nobody() {
    let (standins, url) = started().await;
    assert_eq!(post(&url, &json!({})).await.0, 200);
    drop(standins);
    // The port is free as soon as the task that listened has ended.
    let gone = async { while call("GET", &url, &[], "").await.is_ok() {} };
    tokio::time::timeout(LONG, gone).await.unwrap();
}
