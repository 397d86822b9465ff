//! What goes out.

use crate::{
    stage::{Messenger, Stage},
    support::ECHO,
};
use model::{DeliveryResult, HealthState, Remedy, Way};
use serde_json::{Value, json};
use standins::Fault;
use store::testing::TestStore;

pub async fn a_messenger_that_wants_a_pause_gets_it<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    stage
        .standins
        .fault(M::AT, M::SENDS, Fault::RateLimited { retry_after: 1 }, 1);
    let peer = stage.peer(1);
    peer.says("Hi").unwrap();
    peer.replies(1).await.unwrap();
    let sent = stage.has_sent(2).await;
    assert_eq!(sent.len(), 2);
    let pause = sent[1].at_ms - (sent[0].at_ms + i64::try_from(sent[0].took_us / 1_000).unwrap());
    assert!(pause >= M::PAUSE_MS, "{pause} ms");
    stage.quiet().await;
    let left = stage.rows(Way::Out).await;
    assert_eq!((left[0].result, left[0].attempts), (DeliveryResult::Sent, 2));
    stage.product.stop().await;
}

pub async fn credentials_that_are_refused_show_and_are_not_hammered_at<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    M::revoke(&stage.standins);
    for number in 1..=5 {
        stage.peer(number).says("Hi").unwrap();
    }
    let health = stage
        .product
        .health(stage.gateway.id, HealthState::BadCredentials)
        .await;
    assert_eq!(health.remedy, Some(Remedy::ReplaceToken));
    assert!(!health.sentence.is_empty());
    let waits = |log: &model::DeliveryPage| {
        let queued = log
            .rows
            .iter()
            .filter(|row| row.way == Way::Out && row.result == DeliveryResult::Queued);
        queued.count() == 5
    };
    let log = stage.product.logged(stage.gateway.id, waits).await;
    // Those that were on their way together were refused together; nothing is tried a second time.
    let tried: Vec<u32> = log
        .rows
        .iter()
        .filter(|row| row.way == Way::Out)
        .map(|row| row.attempts)
        .collect();
    assert!(tried.iter().all(|attempts| *attempts <= 1), "{tried:?}");
    assert!((1..=5).contains(&stage.sent().len()));
    stage.product.stop().await;
}

pub async fn a_message_that_can_not_arrive_fails_visibly<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    M::writes_and_is_gone(&stage.standins);
    let entry = stage.entry(Way::Out, DeliveryResult::Failed).await;
    let error = entry.error.unwrap();
    assert_eq!(error.class, M::GONE, "{error:?}");
    assert!(!error.message.is_empty());
    assert_eq!(stage.sent().len(), 1);
    assert_eq!(stage.product.log(stage.gateway.id).await.trouble, 1);
    // A trouble of one peer is none of the gateway.
    stage.product.health(stage.gateway.id, HealthState::Connected).await;
    stage.product.stop().await;
}

/// A text, a file and buttons, then what was pressed.
const EVERYTHING: &str = r#"[
    { "sendText": "Welcome" },
    { "sendFile": { "url": "https://files.example.com/prices.pdf", "name": "prices.pdf", "text": "Our prices" } },
    { "menu": { "type": "inline", "text": "How can we help?",
        "buttons": [[{ "text": "Prices", "code": "prices" }, { "text": "A person", "code": "person" }]] } },
    { "recvMessage": { "set": "choice", "timeout": 300 } },
    { "sendText": "You said: ${choice}" }
]"#;

pub async fn everything_a_flow_says_arrives_as_the_messenger_wants_it<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, EVERYTHING).await;
    let peer = stage.peer(1);
    peer.says("Hi").unwrap();
    peer.sees(|line| line.titles() == ["Prices", "A person"]).await.unwrap();
    let seen = peer.seen().into_iter().filter(|line| !line.mine);
    let seen: Vec<String> = seen.map(|line| format!("{}: {}", line.kind, line.text)).collect();
    assert_eq!(seen, M::SHOWN);
    stage.quiet().await;
    let said = stage.said().into_iter();
    let mut calls: Value = said.map(|(call, body)| json!({ "call": call, "body": body })).collect();
    mask(&mut calls);
    let wanted: Value = serde_json::from_str(M::CALLS).unwrap();
    assert_eq!(calls, wanted, "{calls:#}");
    peer.presses("Prices").unwrap();
    peer.sees(|line| line.text == "You said: prices").await.unwrap();
    stage.product.stop().await;
}

/// Hides what is different each time.
fn mask(body: &mut Value) {
    const CHANGING: [&str; 7] = [
        "messageId",
        "notifyUrl",
        "message_id",
        "timestamp",
        "metadata",
        "tracking_data",
        "biz_opaque_callback_data",
    ];
    match body {
        Value::Array(all) => all.iter_mut().for_each(mask),
        Value::Object(members) => {
            for (key, value) in members {
                if CHANGING.contains(&key.as_str()) {
                    *value = Value::from("…");
                }
                mask(value);
            }
        }
        _ => {}
    }
}
