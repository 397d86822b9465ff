//! Gateways that were removed and are not yet taken off.

use crate::{NOW, secret};
use model::{GatewayId, Provider, Timestamp};
use sea_orm::{ConnectionTrait, Statement};
use store::{Error, KeyRing, Options, SealError, Store, departures};

const LUGGAGE: &str = r#"{"secrets":{"secret.token":"445da6az1s345z78"}}"#;

async fn put(store: &Store, id: i64) {
    let tx = store.begin().await.unwrap();
    let nonce = [u8::try_from(id).unwrap(); 24];
    departures::put(&tx, GatewayId(id), Provider::Viber, &secret(LUGGAGE), nonce, NOW)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn due(store: &Store, at: Timestamp) -> Vec<(i64, u32)> {
    let due = departures::due(store.read(), &store::leases::all(), at, 10)
        .await
        .unwrap();
    due.into_iter()
        .map(|departure| (departure.gateway.0, departure.failures))
        .collect()
}

store::databases! {
    async fn luggage_is_sealed_and_comes_back_as_it_was(store: &TestStore) {
        put(store, 7).await;
        let due = departures::due(store.read(), &[7], NOW, 10).await.unwrap();
        assert_eq!((due[0].gateway, due[0].provider, due[0].removed_at), (GatewayId(7), Provider::Viber, NOW));
        assert_eq!(due[0].luggage.expose(), LUGGAGE);
        let sql = Statement::from_string(store.read().get_database_backend(), "SELECT sealed FROM departures");
        let row = store.read().query_one_raw(sql).await.unwrap().unwrap();
        let sealed: Vec<u8> = row.try_get("", "sealed").unwrap();
        assert!(!String::from_utf8_lossy(&sealed).contains("445da6az1s345z78"));
    }

    async fn luggage_of_another_gateway_or_key_does_not_open(store: &TestStore) {
        put(store, 7).await;
        let keys = KeyRing::from_bytes("test", [8; 32]);
        let other = Store::connect(&Options::new(store.url()), keys).await.unwrap();
        let refused = departures::due(other.read(), &[7], NOW, 10).await;
        assert!(matches!(refused, Err(Error::Sealed(SealError::Damaged))), "{refused:?}");
        other.close().await.unwrap();
        let tx = store.begin().await.unwrap();
        tx.execute_unprepared("UPDATE departures SET gateway_id = 71").await.unwrap();
        assert!(matches!(departures::due(&tx, &[7], NOW, 10).await, Err(Error::Sealed(SealError::Damaged))));
    }

    async fn a_departure_is_tried_until_it_is_done(store: &TestStore) {
        put(store, 7).await;
        put(store, 8).await;
        assert!(due(store, Timestamp(NOW.0 - 1)).await.is_empty());
        assert!(departures::due(store.read(), &[9], NOW, 10).await.unwrap().is_empty());
        assert_eq!(departures::due(store.read(), &store::leases::all(), NOW, 1).await.unwrap().len(), 1);
        let later = Timestamp(NOW.0 + 100);
        let tx = store.begin().await.unwrap();
        departures::again(&tx, GatewayId(7), later).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(store, NOW).await, [(8, 0)]);
        assert_eq!(due(store, later).await, [(8, 0), (7, 1)]);
        let tx = store.begin().await.unwrap();
        departures::done(&tx, GatewayId(8)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(store, later).await, [(7, 1)]);
    }
}
