//! What comes in.

use crate::{
    stage::{Account, Messenger, Stage},
    support::ECHO,
};
use axum::body::Bytes;
use model::{DeliveryResult, Way};
use standins::Seal;
use std::time::Duration;
use store::testing::TestStore;

/// The door takes bodies up to here.
const LARGEST: usize = 1 << 20;
/// So long everything takes at most that is under way.
const PATIENCE: Duration = Duration::from_secs(20);

pub async fn a_message_enters_once_and_its_reply_leaves<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let peer = stage.peer(1);
    peer.says("Hi").unwrap();
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "You said: Hi");
    stage.quiet().await;
    let came = stage.rows(Way::In).await;
    assert_eq!(came.len(), 1, "{came:?}");
    assert_eq!(
        (came[0].result, came[0].summary.as_str()),
        (DeliveryResult::Processed, "Hi")
    );
    let left = stage.rows(Way::Out).await;
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!(
        (left[0].result, left[0].summary.as_str()),
        (DeliveryResult::Sent, "You said: Hi")
    );
    assert_eq!(stage.has_sent(1).await.len(), 1);
    stage.product.stop().await;
}

pub async fn a_message_that_comes_twice_is_one<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let first = stage.genuine(Account::Mine, "Only once").await;
    let (second, third) = tokio::join!(first.send(), first.send());
    assert_eq!((second.status, third.status), (200, 200));
    // What comes after it is answered after it.
    stage.genuine(Account::Mine, "The next").await;
    stage.quiet().await;
    let words: Vec<String> = stage.rows(Way::Out).await.into_iter().map(|row| row.summary).collect();
    assert_eq!(words, ["You said: The next", "You said: Only once"]);
    assert_eq!(stage.rows(Way::In).await.len(), 2);
    stage.product.stop().await;
}

pub async fn what_is_forged_is_refused_and_leaves_nothing_behind<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let genuine = stage.genuine(Account::Mine, "It is me").await;
    stage.quiet().await;
    let before = stage.stored().await;
    let unsigned = genuine.clone().without(M::PROOF).send().await;
    let forged = genuine.clone().spoiled(M::PROOF).send().await;
    assert_eq!((unsigned.status, unsigned.body.len()), (401, 0));
    assert_eq!(forged, unsigned);
    assert_eq!(stage.stored().await, before);
    assert_eq!(genuine.send().await.status, 200);
    stage.product.stop().await;
}

pub async fn an_event_of_an_unknown_kind_is_taken_and_hurts_nobody<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let body = Bytes::from_static(M::UNKNOWN.as_bytes());
    let answer = M::post(&stage.standins, body, Seal::Genuine).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    stage.genuine(Account::Mine, "And on it goes").await;
    stage.quiet().await;
    let came = stage.rows(Way::In).await;
    let dead = came.iter().filter(|row| row.result == DeliveryResult::Dead);
    assert_eq!(dead.count(), 0, "{came:?}");
    stage.product.stop().await;
}

pub async fn half_a_character_does_not_lose_its_message<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let genuine = stage.genuine(Account::Mine, "Half a face").await;
    stage.quiet().await;
    // Otherwise it would be known already.
    stage.forget_deliveries().await;
    let body = String::from_utf8_lossy(&genuine.body).replace("a face", "\\ud83d");
    let answer = M::post(&stage.standins, Bytes::from(body), Seal::Genuine).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    stage.quiet().await;
    let came = stage.rows(Way::In).await;
    assert_eq!(came.len(), 1, "{came:?}");
    assert_eq!(
        (came[0].result, came[0].summary.as_str()),
        (DeliveryResult::Processed, "Half \u{fffd}")
    );
    stage.product.stop().await;
}

pub async fn a_body_that_is_too_large_is_refused_unread<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    let padded = |length: usize| {
        let mut body = M::UNKNOWN.as_bytes().to_vec();
        body.resize(length, b' ');
        Bytes::from(body)
    };
    let largest = M::post(&stage.standins, padded(LARGEST), Seal::Genuine).await;
    assert_eq!(largest.status, 200);
    // Of some messengers it begins a conversation, whose answer is stored a moment later.
    stage.quiet().await;
    let before = stage.stored().await;
    let larger = M::post(&stage.standins, padded(LARGEST + 1), Seal::Genuine).await;
    assert_eq!((larger.status, larger.body.len()), (413, 0));
    assert_eq!(stage.stored().await, before);
    stage.product.stop().await;
}

pub async fn while_the_database_is_away_a_messenger_is_asked_to_come_again<M: Messenger>(store: &TestStore) {
    let stage = Stage::<M>::new(store, ECHO).await;
    // What the door has to know of a gateway it knows by now.
    stage.genuine(Account::Mine, "Before").await;
    stage.quiet().await;
    let away = crate::away::Away::take(store).await;
    let peer = M::peer(&stage.standins, Account::Mine, 4_711);
    peer.says("Meanwhile").unwrap();
    let refused = stage
        .standins
        .wait_for(M::AT, |entry| entry.status == Some(503), PATIENCE)
        .await
        .unwrap();
    assert!(refused.answer.is_empty());
    assert_eq!(stage.sent().len(), 1);
    away.give_back().await;
    let peer = peer.patient_for(PATIENCE);
    peer.sees(|line| line.text == "You said: Meanwhile").await.unwrap();
    stage.quiet().await;
    assert_eq!(stage.rows(Way::In).await.len(), 2);
    assert_eq!(stage.sent().len(), 2);
    stage.product.stop().await;
}
