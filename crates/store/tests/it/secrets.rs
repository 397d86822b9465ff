//! Sealed secrets.

use crate::{NOW, secret};
use model::Timestamp;
use store::{
    Connection, Error, KeyRing, Options, SealError, Store,
    secrets::{self, NewSecret, Owner},
};

async fn put(conn: &impl Connection, id: i64, field: &str, text: &str, nonce: u8) {
    let new = NewSecret {
        field,
        value: &secret(text),
        nonce: [nonce; secrets::NONCE_BYTES],
    };
    secrets::put(
        conn,
        Owner::Gateways,
        id,
        &new,
        Timestamp(NOW.0 + i64::from(nonce)),
        "anna",
    )
    .await
    .unwrap();
}

store::databases! {
    async fn a_secret_is_opened_replaced_and_removed(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        put(&tx, 1, "secret.token", "first", 1).await;
        put(&tx, 1, "secret.token", "пароль", 2).await;
        put(&tx, 1, "secret.app_secret", "other", 3).await;
        put(&tx, 2, "secret.token", "of another", 4).await;
        let opened = secrets::open(&tx, Owner::Gateways, 1, "secret.token").await.unwrap();
        assert_eq!(opened.map(|secret| secret.expose().clone()).as_deref(), Some("пароль"));
        let states = secrets::states(&tx, Owner::Gateways, 1).await.unwrap();
        let states: Vec<_> = states.iter().map(|state| (state.field.as_str(), state.set_at.0 - NOW.0)).collect();
        assert_eq!(states, [("secret.app_secret", 3), ("secret.token", 2)]);
        assert!(secrets::remove(&tx, Owner::Gateways, 1, "secret.app_secret").await.unwrap());
        assert!(!secrets::remove(&tx, Owner::Gateways, 1, "secret.app_secret").await.unwrap());
        secrets::remove_all(&tx, Owner::Gateways, &[1]).await.unwrap();
        assert!(secrets::states(&tx, Owner::Gateways, 1).await.unwrap().is_empty());
        assert!(secrets::open(&tx, Owner::Gateways, 2, "secret.token").await.unwrap().is_some());
    }

    async fn a_key_that_is_missing_is_named(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        put(&tx, 1, "secret.token", "hunter2", 1).await;
        tx.commit().await.unwrap();
        secrets::check_key_ring(store.read()).await.unwrap();
        let other = Store::connect(&Options::new(store.url()), KeyRing::from_bytes("other", [9; 32])).await.unwrap();
        let error = secrets::check_key_ring(other.read()).await.unwrap_err();
        assert!(matches!(&error, Error::Sealed(SealError::MissingKeys(ids)) if ids == &["test"]), "{error:?}");
        assert!(error.to_string().contains("test"), "{error}");
        let error = secrets::open(other.read(), Owner::Gateways, 1, "secret.token").await.unwrap_err();
        assert!(matches!(error, Error::Sealed(SealError::UnknownKey(_))), "{error:?}");
        other.close().await.unwrap();
    }
}

#[tokio::test]
async fn the_file_does_not_hold_what_was_sealed() {
    let store = store::testing::sqlite().await;
    let tx = store.begin().await.unwrap();
    put(&tx, 1, "secret.token", "planted-secret-0451", 1).await;
    tx.commit().await.unwrap();
    let path = store
        .url()
        .trim_start_matches("sqlite://")
        .trim_end_matches("?mode=rwc")
        .to_owned();
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(format!("{path}{suffix}")).unwrap();
        assert!(!bytes.windows(14).any(|window| window == b"planted-secret"), "{suffix}");
    }
}
