//! Sign-ins with Meta that are under way.

use crate::{NOW, gateway, secret};
use model::Timestamp;
use std::collections::BTreeSet;
use store::{
    Store, gateways,
    meta_sign_ins::{self, SignIn},
    sessions::{self, NewSession},
    users::{self, NewUser},
};

const STATE: [u8; 32] = [7; 32];
const SESSION: [u8; 32] = [8; 32];

async fn begin(store: &Store) -> SignIn {
    let tx = store.begin().await.unwrap();
    let gateway = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna")
        .await
        .unwrap();
    let hash = secret("hash");
    let user = NewUser {
        name: "anna",
        password_hash: &hash,
        must_change_password: false,
        disabled: false,
        roles: &BTreeSet::new(),
    };
    let user = users::insert(&tx, &user, NOW, "anna").await.unwrap();
    let session = NewSession {
        id_hash: SESSION,
        user,
        at: NOW,
        expires_at: Timestamp(NOW.0 + 1_000_000),
        address: "",
        user_agent: "",
    };
    sessions::insert(&tx, &session).await.unwrap();
    let new = SignIn {
        session: SESSION,
        gateway,
        kind: "facebook".into(),
        expires_at: Timestamp(NOW.0 + 1_000),
    };
    meta_sign_ins::begin(&tx, STATE, &new, NOW).await.unwrap();
    tx.commit().await.unwrap();
    new
}

store::databases! {
    async fn a_sign_in_is_good_once(store: &TestStore) {
        let new = begin(store).await;
        let tx = store.begin().await.unwrap();
        assert!(meta_sign_ins::get(&tx, [9; 32]).await.unwrap().is_none());
        let found = meta_sign_ins::get(&tx, STATE).await.unwrap().unwrap();
        assert!(found == new);
        assert!(meta_sign_ins::end(&tx, STATE).await.unwrap());
        assert!(!meta_sign_ins::end(&tx, STATE).await.unwrap());
    }

    async fn a_sign_in_ends_with_its_session_and_its_gateway(store: &TestStore) {
        let new = begin(store).await;
        let tx = store.begin().await.unwrap();
        sessions::remove(&tx, &SESSION).await.unwrap();
        assert!(meta_sign_ins::get(&tx, STATE).await.unwrap().is_none());
        let orphan = meta_sign_ins::begin(&tx, STATE, &new, NOW).await;
        assert!(matches!(orphan, Err(store::Error::Missing)), "{orphan:?}");
    }

    async fn those_that_are_too_old_are_forgotten_when_another_one_begins(store: &TestStore) {
        let new = begin(store).await;
        let tx = store.begin().await.unwrap();
        meta_sign_ins::begin(&tx, [1; 32], &new, Timestamp(NOW.0 + 1_000)).await.unwrap();
        assert!(meta_sign_ins::get(&tx, STATE).await.unwrap().is_none());
    }
}
