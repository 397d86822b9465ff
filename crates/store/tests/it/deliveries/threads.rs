//! Receipts about a thread up to a moment.

use crate::{NOW, gateway};
use model::{DeliveryResult, GatewayId, Timestamp, Way};
use store::{
    Connection,
    deliveries::{self, About, NewDelivery, Outcome, Receipt},
    gateways,
};

const LANE: &str = "facebook:123/psid-1";

fn out(gateway: GatewayId, key: &str, lane: &str, at: i64) -> NewDelivery {
    NewDelivery {
        gateway,
        way: Way::Out,
        key: key.to_owned(),
        lane: lane.to_owned(),
        peer: "Olha".to_owned(),
        kind: "text".to_owned(),
        summary: key.to_owned(),
        body: "{}".to_owned(),
        result: DeliveryResult::Queued,
        at: Timestamp(at),
        due_at: NOW,
        expires_at: Timestamp(i64::MAX),
        awaits_receipt: true,
        conversation: None,
        notes: None,
        exchange: None,
    }
}

fn up_to(gateway: GatewayId, until: i64, result: DeliveryResult) -> Receipt {
    Receipt {
        gateway,
        about: About::UpTo {
            lane: LANE.to_owned(),
            until: Timestamp(until),
        },
        result,
        error: None,
    }
}

async fn results(conn: &impl Connection, gateway: GatewayId) -> Vec<(String, DeliveryResult)> {
    let filter = deliveries::LogFilter::default();
    let mut rows = deliveries::page(conn, gateway, &filter, 100).await.unwrap();
    rows.reverse();
    rows.into_iter().map(|row| (row.summary, row.result)).collect()
}

store::databases! {
    async fn a_thread_that_was_read_up_to_a_moment_takes_its_messages_further(store: &TestStore) {
        use DeliveryResult::{Delivered, Failed, Queued, Read, Sent};
        let tx = store.begin().await.unwrap();
        let ours = gateways::insert(&tx, &gateway("A", "/aaa", None), NOW, "anna").await.unwrap();
        let other = gateways::insert(&tx, &gateway("B", "/bbb", None), NOW, "anna").await.unwrap();
        let all = [
            (out(ours, "first", LANE, 100), Sent),
            (out(ours, "second", LANE, 200), Sent),
            (out(ours, "failed", LANE, 200), Failed),
            (out(ours, "waits", LANE, 200), Queued),
            (out(ours, "another's", "facebook:123/psid-2", 200), Sent),
            (out(ours, "later", LANE, 201), Sent),
            (out(other, "elsewhere", LANE, 100), Sent),
        ];
        for (new, result) in &all {
            let ids = deliveries::insert(&tx, &[new]).await.unwrap();
            let outcome = Outcome {
                id: ids[0].unwrap(),
                result: *result,
                attempts: 1,
                due_at: NOW,
                done_at: None,
                conversation: None,
                external_id: None,
                error: None,
                exchange: None,
            };
            deliveries::settle(&tx, &[&outcome]).await.unwrap();
        }
        let first = up_to(ours, 100, Read);
        assert_eq!(deliveries::receipts(&tx, &[&first]).await.unwrap(), 1);
        let delivered = up_to(ours, 200, Delivered);
        // What was read does not become unread.
        assert_eq!(deliveries::receipts(&tx, &[&delivered]).await.unwrap(), 1);
        assert_eq!(deliveries::receipts(&tx, &[&delivered]).await.unwrap(), 0);
        let expected = [
            ("first", Read), ("second", Delivered), ("failed", Failed), ("waits", Queued), ("another's", Sent),
            ("later", Sent),
        ];
        let expected: Vec<_> = expected.map(|(name, result)| (name.to_owned(), result)).into();
        assert_eq!(results(&tx, ours).await, expected);
        assert_eq!(results(&tx, other).await, [("elsewhere".to_owned(), Sent)]);
    }

    async fn a_receipt_names_one_message_or_a_thread_and_both_may_come_together(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let ours = gateways::insert(&tx, &gateway("A", "/aaa", None), NOW, "anna").await.unwrap();
        for (key, lane) in [("named", "x"), ("in the thread", LANE)] {
            let ids = deliveries::insert(&tx, &[&out(ours, key, lane, 100)]).await.unwrap();
            let outcome = Outcome {
                id: ids[0].unwrap(),
                result: DeliveryResult::Sent,
                attempts: 1,
                due_at: NOW,
                done_at: None,
                conversation: None,
                external_id: Some(format!("id of {key}")),
                error: None,
                exchange: None,
            };
            deliveries::settle(&tx, &[&outcome]).await.unwrap();
        }
        let named = Receipt {
            about: About::Message("id of named".to_owned()),
            ..up_to(ours, 0, DeliveryResult::Failed)
        };
        let thread = up_to(ours, 100, DeliveryResult::Read);
        assert_eq!(deliveries::receipts(&tx, &[&named, &thread]).await.unwrap(), 2);
        let results: Vec<_> = results(&tx, ours).await.into_iter().map(|(_, result)| result).collect();
        assert_eq!(results, [DeliveryResult::Failed, DeliveryResult::Read]);
        assert_eq!(deliveries::receipts(&tx, &[]).await.unwrap(), 0);
    }
}
