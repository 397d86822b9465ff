//! What came in and went out.

mod log;
mod receipts;
mod threads;

use crate::{NOW, gateway};
use model::{ConversationId, Delivery, DeliveryId, DeliveryResult, GatewayId, Timestamp, Way};
use sea_orm::ConnectionTrait;
use store::{
    Connection, Store,
    deliveries::{self, NewDelivery, Open, Outcome},
    gateways,
};

const GATEWAY: GatewayId = GatewayId(7);

/// What a messenger has told.
fn inbound(key: &str) -> NewDelivery {
    NewDelivery {
        gateway: GATEWAY,
        way: Way::In,
        key: key.into(),
        lane: "501".into(),
        peer: "Олена".into(),
        kind: "message".into(),
        summary: "hi".into(),
        body: "{}".into(),
        result: DeliveryResult::Received,
        at: NOW,
        due_at: NOW,
        expires_at: Timestamp(i64::MAX),
        awaits_receipt: false,
        conversation: None,
        notes: None,
        exchange: Some("as it came".into()),
    }
}

/// What a flow has said.
fn outbound(key: &str) -> NewDelivery {
    NewDelivery {
        way: Way::Out,
        body: r#"{"parts":[]}"#.into(),
        result: DeliveryResult::Queued,
        expires_at: Timestamp(NOW.0 + 1_000),
        awaits_receipt: true,
        exchange: None,
        ..inbound(key)
    }
}

/// How a delivery has come to its end.
fn outcome(id: DeliveryId, result: DeliveryResult) -> Outcome {
    Outcome {
        id,
        result,
        attempts: 1,
        due_at: NOW,
        done_at: Some(Timestamp(NOW.0 + 5)),
        conversation: None,
        external_id: None,
        error: None,
        exchange: None,
    }
}

async fn insert(store: &Store, new: &[NewDelivery]) -> Vec<Option<DeliveryId>> {
    let tx = store.begin().await.unwrap();
    let ids = deliveries::insert(&tx, &new.iter().collect::<Vec<_>>()).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

async fn one(store: &Store, new: NewDelivery) -> DeliveryId {
    insert(store, &[new]).await[0].unwrap()
}

async fn settle(store: &Store, outcomes: &[Outcome]) -> Vec<DeliveryId> {
    let tx = store.begin().await.unwrap();
    let mut ids = deliveries::settle(&tx, &outcomes.iter().collect::<Vec<_>>())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    ids.sort_unstable();
    ids
}

async fn get(conn: &impl Connection, id: DeliveryId) -> Delivery {
    deliveries::get(conn, GATEWAY, id).await.unwrap().unwrap()
}

async fn result(store: &Store, id: DeliveryId) -> DeliveryResult {
    get(store.read(), id).await.row.result
}

async fn open(store: &Store) -> Vec<DeliveryId> {
    let found = deliveries::open(store.read(), &store::leases::all(), DeliveryId(0), 1_000).await;
    found.unwrap()
}

async fn among(store: &Store, ids: &[DeliveryId]) -> Vec<Open> {
    deliveries::among(store.read(), ids).await.unwrap()
}

store::databases! {
    async fn the_order_of_ids_is_the_order_given(store: &TestStore) {
        let new: Vec<NewDelivery> = (0..300).rev().map(|n| inbound(&format!("{n:03}"))).collect();
        let ids: Vec<DeliveryId> = insert(store, &new).await.into_iter().map(Option::unwrap).collect();
        assert!(ids.is_sorted() && ids.len() == 300);
        assert_eq!(open(store).await, ids);
        let found = deliveries::open(store.read(), &[7], ids[297], 10).await.unwrap();
        assert_eq!(found, ids[298..]);
        let open = among(store, &[found[1], found[0]]).await;
        let keys: Vec<&str> = open.iter().map(|open| open.key.as_str()).collect();
        assert_eq!(keys, ["001", "000"], "{ids:?}");
    }

    async fn of_equal_keys_in_one_batch_the_first_is_stored(store: &TestStore) {
        let first = NewDelivery { summary: "first".into(), ..inbound("a") };
        let second = NewDelivery { summary: "second".into(), ..inbound("a") };
        let ids = insert(store, &[inbound("b"), first, second, inbound("c")]).await;
        assert!(ids[0].is_some() && ids[1].is_some() && ids[2].is_none() && ids[3].is_some(), "{ids:?}");
        assert_eq!(get(store.read(), ids[1].unwrap()).await.row.summary, "first");
        assert_eq!(open(store).await.len(), 3);
    }

    async fn what_was_stored_before_is_passed_over_even_when_it_is_done(store: &TestStore) {
        let id = one(store, inbound("a")).await;
        settle(store, &[outcome(id, DeliveryResult::Processed)]).await;
        let again = NewDelivery { summary: "again".into(), ..inbound("a") };
        let ids = insert(store, &[again, inbound("b")]).await;
        assert!(ids[0].is_none() && ids[1].is_some(), "{ids:?}");
        let kept = get(store.read(), id).await;
        assert_eq!((kept.row.result, kept.row.summary.as_str()), (DeliveryResult::Processed, "hi"));
    }

    async fn another_gateway_may_have_the_same_key(store: &TestStore) {
        let other = NewDelivery { gateway: GatewayId(8), ..inbound("a") };
        let ids = insert(store, &[inbound("a"), other]).await;
        assert!(ids.iter().all(Option::is_some), "{ids:?}");
        let of_one_shard = deliveries::open(store.read(), &[8], DeliveryId(0), 10).await.unwrap();
        let open = among(store, &of_one_shard).await;
        assert_eq!(open.iter().map(|open| open.gateway).collect::<Vec<_>>(), [GatewayId(8)]);
        assert!(deliveries::get(store.read(), GatewayId(8), ids[0].unwrap()).await.unwrap().is_none());
    }

    async fn no_character_of_a_messenger_is_too_strange(store: &TestStore) {
        let strange = "a\0b \u{1f600} \u{202e} \u{fffe} \"'$1 {} \\u0000 \u{7f}";
        let cleaned = strange.replace('\0', "\u{fffd}");
        let new = NewDelivery {
            key: strange.into(),
            lane: strange.into(),
            peer: strange.into(),
            kind: strange.into(),
            summary: strange.into(),
            body: strange.into(),
            notes: Some(serde_json::to_string(&[&cleaned]).unwrap()),
            exchange: Some(strange.into()),
            ..inbound("")
        };
        let ids = insert(store, &[new.clone(), new.clone()]).await;
        assert_eq!(ids[1], None, "it is known again");
        assert_eq!(insert(store, &[new]).await, [None]);
        let id = ids[0].unwrap();
        let failed = Outcome {
            external_id: Some(strange.into()),
            exchange: Some(strange.into()),
            ..outcome(id, DeliveryResult::Dead)
        };
        assert_eq!(settle(store, &[failed]).await, [id]);
        let read = get(store.read(), id).await;
        assert_eq!((&read.key, &read.thread, &read.row.peer, &read.row.summary), (&cleaned, &cleaned, &cleaned, &cleaned));
        assert_eq!((read.external_id.as_ref(), read.exchange.as_ref()), (Some(&cleaned), Some(&cleaned)));
        assert_eq!(read.notes, [cleaned]);
    }

    async fn a_message_is_claimed_once_it_is_being_sent(store: &TestStore) {
        let (id, at_once) = (one(store, outbound("a")).await, NewDelivery { result: DeliveryResult::Sending, ..outbound("b") });
        let at_once = one(store, at_once).await;
        let done = one(store, outbound("c")).await;
        settle(store, &[outcome(done, DeliveryResult::Expired)]).await;
        let tx = store.begin().await.unwrap();
        let claimed = deliveries::claim(&tx, &[done, id]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(claimed, [id], "the other one has come to its end");
        assert!(among(store, &[done]).await.is_empty());
        for (id, expected) in [(id, DeliveryResult::Sending), (at_once, DeliveryResult::Sending), (done, DeliveryResult::Expired)] {
            let row = get(store.read(), id).await.row;
            assert_eq!((row.result, row.attempts), (expected, 1));
        }
    }

    async fn what_is_not_told_anew_stays_when_a_message_comes_to_its_end(store: &TestStore) {
        let new = NewDelivery { conversation: Some(ConversationId(3)), ..outbound("a") };
        let id = one(store, new).await;
        let failed = Outcome {
            result: DeliveryResult::Queued,
            attempts: 2,
            due_at: Timestamp(NOW.0 + 60),
            done_at: None,
            external_id: Some("m-1".into()),
            error: Some(r#"{"class":"transient","message":"busy"}"#.into()),
            exchange: Some("the first exchange".into()),
            ..outcome(id, DeliveryResult::Queued)
        };
        settle(store, &[failed]).await;
        let waiting = get(store.read(), id).await;
        assert_eq!((waiting.row.next_try_at, waiting.row.attempts), (Some(Timestamp(NOW.0 + 60)), 2));
        assert_eq!(waiting.error.unwrap().message, "busy");
        settle(store, &[outcome(id, DeliveryResult::Sent)]).await;
        let sent = get(store.read(), id).await;
        assert_eq!((sent.external_id.as_deref(), sent.exchange.as_deref()), (Some("m-1"), Some("the first exchange")));
        assert_eq!((sent.conversation, sent.done_at), (Some(ConversationId(3)), Some(Timestamp(NOW.0 + 5))));
        assert!(sent.error.is_none(), "what has become of it counts");
    }

    async fn what_has_come_to_its_end_ends_once(store: &TestStore) {
        let (first, second) = (one(store, outbound("a")).await, one(store, outbound("b")).await);
        assert_eq!(settle(store, &[outcome(first, DeliveryResult::Sent)]).await, [first]);
        let late = [outcome(first, DeliveryResult::Failed), outcome(second, DeliveryResult::Failed)];
        assert_eq!(settle(store, &late).await, [second]);
        assert_eq!(result(store, first).await, DeliveryResult::Sent);
    }

    async fn an_event_is_placed_into_the_conversation_that_it_began(store: &TestStore) {
        let (first, second) = (one(store, inbound("a")).await, one(store, inbound("b")).await);
        let tx = store.begin().await.unwrap();
        let places = [(first, Some(ConversationId(1))), (second, Some(ConversationId(2)))];
        deliveries::place(&tx, &places).await.unwrap();
        assert_eq!(get(&tx, first).await.conversation, Some(ConversationId(1)));
        assert_eq!(get(&tx, second).await.conversation, Some(ConversationId(2)));
    }

    async fn messages_that_are_still_to_be_sent_are_found_by_their_keys(store: &TestStore) {
        let keys: Vec<String> = ["a", "b", "c", "d"].map(String::from).to_vec();
        let mut ids = Vec::new();
        for key in &keys[..3] {
            ids.push(one(store, outbound(key)).await);
        }
        one(store, NewDelivery { gateway: GatewayId(8), ..outbound("d") }).await;
        settle(store, &[outcome(ids[1], DeliveryResult::Sent)]).await;
        let found = deliveries::by_keys(store.read(), GATEWAY, &keys).await.unwrap();
        assert_eq!(found.iter().map(|open| open.id).collect::<Vec<_>>(), [ids[0], ids[2]]);
    }

    async fn what_a_removed_gateway_left_comes_to_its_end(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();
        let ours = one(store, NewDelivery { gateway: id, ..inbound("ours") }).await;
        let (came, goes) = (one(store, inbound("in")).await, one(store, outbound("out")).await);
        let done = one(store, outbound("done")).await;
        settle(store, &[outcome(done, DeliveryResult::Sent)]).await;
        let tx = store.begin().await.unwrap();
        assert_eq!(deliveries::abandon(&tx, NOW, 1).await.unwrap(), 1);
        assert_eq!(deliveries::abandon(&tx, NOW, 10).await.unwrap(), 1);
        assert_eq!(deliveries::abandon(&tx, NOW, 10).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(open(store).await, [ours]);
        assert_eq!(result(store, came).await, DeliveryResult::Refused);
        assert_eq!(result(store, goes).await, DeliveryResult::Failed);
        assert_eq!(result(store, done).await, DeliveryResult::Sent);
    }

    async fn open_and_troubled_ones_are_counted_by_result(store: &TestStore) {
        let mut ids = Vec::new();
        for key in ["a", "b", "c", "d"] {
            ids.push(one(store, outbound(key)).await);
        }
        one(store, inbound("e")).await;
        settle(store, &[outcome(ids[0], DeliveryResult::Sent), outcome(ids[1], DeliveryResult::Expired)]).await;
        let mut counts = deliveries::kinds_of_trouble(store.read()).await.unwrap();
        counts.sort_by_key(|(result, _)| result.code());
        let expected = [(DeliveryResult::Expired, 1), (DeliveryResult::Queued, 2), (DeliveryResult::Received, 1)];
        assert_eq!(counts, expected);
        assert_eq!(deliveries::trouble(store.read(), GATEWAY).await.unwrap(), 1);
        assert_eq!(deliveries::trouble(store.read(), GatewayId(8)).await.unwrap(), 0);
    }
}
