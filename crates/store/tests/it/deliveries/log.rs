//! The log, and what is done to it.

use super::*;
use deliveries::LogFilter;

/// One delivery with each result, by result.
async fn each(store: &Store) -> Vec<(Way, DeliveryResult, DeliveryId)> {
    let mut all = Vec::new();
    for (number, result) in DeliveryResult::ALL.iter().copied().enumerate() {
        for (way, new) in [
            (Way::In, inbound(&format!("i{number}"))),
            (Way::Out, outbound(&format!("o{number}"))),
        ] {
            let id = one(store, new).await;
            let ended = Outcome {
                attempts: 4,
                error: Some(r#"{"class":"unknown","message":"so"}"#.into()),
                ..outcome(id, result)
            };
            settle(store, &[ended]).await;
            all.push((way, result, id));
        }
    }
    all
}

fn may_be_opened_again(way: Way, result: DeliveryResult) -> bool {
    use DeliveryResult::{Ambiguous, Dead, Expired, Failed, Refused};
    match way {
        Way::In => matches!(result, Dead | Refused),
        Way::Out => matches!(result, Failed | Ambiguous | Expired),
    }
}

async fn ids(store: &Store, filter: LogFilter) -> Vec<DeliveryId> {
    let rows = deliveries::page(store.read(), GATEWAY, &filter, 100).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

store::databases! {
    async fn only_what_may_be_is_opened_again(store: &TestStore) {
        let all = each(store).await;
        let wished: Vec<DeliveryId> = all.iter().rev().map(|(.., id)| *id).chain([DeliveryId(9_999)]).collect();
        let (at, until) = (Timestamp(NOW.0 + 50), Timestamp(NOW.0 + 90));
        let tx = store.begin().await.unwrap();
        assert!(deliveries::reopen(&tx, GatewayId(8), &wished, at, until).await.unwrap().is_empty());
        assert!(deliveries::reopen(&tx, GATEWAY, &[], at, until).await.unwrap().is_empty());
        let opened = deliveries::reopen(&tx, GATEWAY, &wished, at, until).await.unwrap();
        tx.commit().await.unwrap();
        let expected: Vec<DeliveryId> = all
            .iter()
            .filter(|(way, result, _)| may_be_opened_again(*way, *result))
            .map(|(.., id)| *id)
            .collect();
        assert_eq!(opened, expected);
        for (way, before, id) in all {
            let now = get(store.read(), id).await;
            if opened.contains(&id) {
                let open = if way == Way::In { DeliveryResult::Received } else { DeliveryResult::Queued };
                assert_eq!((now.row.result, now.row.attempts, now.done_at, now.error), (open, 0, None, None));
            } else {
                assert_eq!((now.row.result, now.row.attempts), (before, 4));
            }
        }
        let due = deliveries::among(store.read(), &opened[..1]).await.unwrap().remove(0);
        assert_eq!((due.due_at, due.expires_at), (at, until));
    }

    async fn the_past_is_forgotten_but_nothing_that_is_still_to_be_done(store: &TestStore) {
        let old = |new: NewDelivery| NewDelivery { at: Timestamp(NOW.0 - 10), ..new };
        let mut waiting = Vec::new();
        for key in ["a", "b", "c"] {
            waiting.push(one(store, old(inbound(key))).await);
        }
        let (gone, later) = (one(store, old(outbound("d"))).await, one(store, old(outbound("e"))).await);
        let young = one(store, outbound("f")).await;
        for id in [gone, later, young] {
            settle(store, &[outcome(id, DeliveryResult::Sent)]).await;
        }
        let tx = store.begin().await.unwrap();
        // What waits stands before what is done, and there is more of it than one batch.
        assert_eq!(deliveries::purge(&tx, NOW, 1).await.unwrap(), 1);
        assert_eq!(deliveries::purge(&tx, NOW, 10).await.unwrap(), 1);
        assert_eq!(deliveries::purge(&tx, NOW, 10).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(ids(store, LogFilter::default()).await, [young, waiting[2], waiting[1], waiting[0]]);
        assert!(deliveries::get(store.read(), GATEWAY, gone).await.unwrap().is_none());
    }

    async fn exchanges_are_forgotten_before_the_rest(store: &TestStore) {
        let mut all = Vec::new();
        for (key, age) in [("a", 20), ("b", 5), ("c", 20), ("d", 20)] {
            all.push(one(store, NewDelivery { at: Timestamp(NOW.0 - age), ..inbound(key) }).await);
        }
        let tx = store.begin().await.unwrap();
        let until = Timestamp(NOW.0 - 10);
        let first = deliveries::clear_expired_exchanges(&tx, DeliveryId(0), until, 3).await.unwrap();
        assert_eq!(first, Some(all[2]));
        let second = deliveries::clear_expired_exchanges(&tx, all[2], until, 3).await.unwrap();
        assert_eq!(second, Some(all[3]));
        assert_eq!(deliveries::clear_expired_exchanges(&tx, all[3], until, 3).await.unwrap(), None);
        let mut kept = Vec::new();
        for id in &all {
            kept.push(get(&tx, *id).await.exchange.is_some());
        }
        assert_eq!(kept, [false, true, false, false]);
    }

    async fn the_log_is_read_by_way_result_trouble_and_thread(store: &TestStore) {
        let (came, other) = (one(store, inbound("a")).await, NewDelivery { lane: "502".into(), ..inbound("b") });
        let (other, failed, sent) = (one(store, other).await, one(store, outbound("c")).await, one(store, outbound("d")).await);
        settle(store, &[outcome(failed, DeliveryResult::Failed), outcome(sent, DeliveryResult::Sent)]).await;
        one(store, NewDelivery { gateway: GatewayId(8), ..inbound("a") }).await;
        let all = LogFilter::default();
        assert_eq!(ids(store, all.clone()).await, [sent, failed, other, came]);
        assert_eq!(ids(store, LogFilter { way: Some(Way::In), ..all.clone() }).await, [other, came]);
        assert_eq!(ids(store, LogFilter { result: Some(DeliveryResult::Sent), ..all.clone() }).await, [sent]);
        assert_eq!(ids(store, LogFilter { trouble: true, ..all.clone() }).await, [failed]);
        assert_eq!(ids(store, LogFilter { lane: Some("502".into()), ..all.clone() }).await, [other]);
        assert_eq!(ids(store, LogFilter { before: Some(failed), ..all.clone() }).await, [other, came]);
        let page = deliveries::page(store.read(), GATEWAY, &all, 2).await.unwrap();
        assert_eq!(page.len(), 2);
    }

    async fn an_entry_that_is_no_event_is_shown_by_its_line(store: &TestStore) {
        let wish = NewDelivery { kind: "end".into(), body: r#"{"end_by":"anna"}"#.into(), ..inbound("end:1") };
        let read = get(store.read(), one(store, wish).await).await;
        assert!(read.event.is_none() && read.message.is_none());
        assert_eq!(read.row.kind, "end");
        let said = get(store.read(), one(store, outbound("a")).await).await;
        assert!(said.message.is_some() && said.event.is_none());
    }
}
