//! What messengers say about messages that they took.

use super::*;
use deliveries::{About, Receipt};

fn receipt(result: DeliveryResult) -> Receipt {
    Receipt {
        gateway: GATEWAY,
        about: About::Message("m-1".into()),
        result,
        error: (result == DeliveryResult::Failed).then(|| r#"{"class":"blocked","message":"no"}"#.into()),
    }
}

/// A message that the messenger calls `m-1`.
async fn message(store: &Store, result: DeliveryResult) -> DeliveryId {
    let id = one(store, outbound("a")).await;
    let taken = Outcome {
        external_id: Some("m-1".into()),
        ..outcome(id, result)
    };
    settle(store, &[taken]).await;
    id
}

async fn receive(store: &Store, results: &[DeliveryResult]) -> u64 {
    let receipts: Vec<Receipt> = results.iter().copied().map(receipt).collect();
    let tx = store.begin().await.unwrap();
    let count = deliveries::receipts(&tx, &receipts.iter().collect::<Vec<_>>())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    count
}

store::databases! {
    async fn a_message_only_gets_further(store: &TestStore) {
        use DeliveryResult::{Ambiguous, Delivered, Dead, Expired, Failed, Queued, Read, Sending, Sent};
        let cases = [
            (Sent, Delivered, Delivered), (Sent, Read, Read), (Sent, Failed, Failed),
            (Ambiguous, Delivered, Delivered), (Ambiguous, Read, Read), (Ambiguous, Failed, Failed),
            (Delivered, Read, Read), (Delivered, Failed, Delivered), (Delivered, Delivered, Delivered),
            (Read, Delivered, Read), (Read, Failed, Read),
            (Failed, Delivered, Failed), (Failed, Read, Failed), (Expired, Delivered, Expired),
            (Queued, Delivered, Queued), (Sending, Delivered, Sending), (Dead, Read, Dead),
        ];
        let id = message(store, Sent).await;
        for (before, said, after) in cases {
            let tx = store.begin().await.unwrap();
            tx.execute_unprepared(&format!("UPDATE deliveries SET result = '{}', error = NULL", before.code())).await.unwrap();
            tx.commit().await.unwrap();
            let count = receive(store, &[said]).await;
            let read = get(store.read(), id).await;
            assert_eq!(read.row.result, after, "{before:?}, then {said:?}");
            assert_eq!(count, u64::from(before != after), "{before:?}, then {said:?}");
            assert_eq!(read.error.is_some(), said == Failed && after == Failed && before != Failed, "{before:?}, then {said:?}");
        }
    }

    async fn of_several_receipts_at_once_the_furthest_counts(store: &TestStore) {
        use DeliveryResult::{Delivered, Failed, Read, Sent};
        let id = message(store, Sent).await;
        for (said, after) in [
            (&[Delivered, Read][..], Read),
            (&[Read, Delivered], Read),
            (&[Delivered, Delivered], Delivered),
            (&[Delivered, Failed], Delivered),
            (&[Failed, Delivered, Read], Failed),
        ] {
            let tx = store.begin().await.unwrap();
            tx.execute_unprepared("UPDATE deliveries SET result = 'sent'").await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(receive(store, said).await, 1, "{said:?}");
            assert_eq!(result(store, id).await, after, "{said:?}");
        }
    }

    async fn a_receipt_is_for_a_message_of_its_own_gateway(store: &TestStore) {
        let id = message(store, DeliveryResult::Sent).await;
        let came = one(store, inbound("b")).await;
        let named = Outcome { external_id: Some("m-2".into()), ..outcome(came, DeliveryResult::Processed) };
        settle(store, &[named]).await;
        let elsewhere = Receipt { gateway: GatewayId(8), ..receipt(DeliveryResult::Read) };
        let unknown = Receipt { about: About::Message("m-3".into()), ..receipt(DeliveryResult::Read) };
        let of_an_event = Receipt { about: About::Message("m-2".into()), ..receipt(DeliveryResult::Read) };
        let tx = store.begin().await.unwrap();
        assert_eq!(deliveries::receipts(&tx, &[&elsewhere, &unknown, &of_an_event]).await.unwrap(), 0);
        tx.commit().await.unwrap();
        assert_eq!(result(store, id).await, DeliveryResult::Sent);
        assert_eq!(result(store, came).await, DeliveryResult::Processed);
    }
}
