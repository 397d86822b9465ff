//! Sessions and failed sign-ins.

use crate::{NOW, secret};
use model::{Timestamp, UserId};
use std::collections::BTreeSet;
use store::{
    Connection,
    sessions::{self, NewSession},
    sign_in_failures,
    users::{self, NewUser},
};

const HOUR: i64 = 3_600_000;

async fn user(conn: &impl Connection) -> UserId {
    let hash = secret("hash");
    let new = NewUser {
        name: "Bob",
        password_hash: &hash,
        must_change_password: true,
        disabled: false,
        roles: &BTreeSet::new(),
    };
    users::insert(conn, &new, NOW, "anna").await.unwrap()
}

async fn begin(conn: &impl Connection, user: UserId, token: u8) {
    let new = NewSession {
        id_hash: [token; 32],
        user,
        at: NOW,
        expires_at: Timestamp(NOW.0 + HOUR * i64::from(token)),
        address: "::1",
        user_agent: "Firefox\0",
    };
    sessions::insert(conn, &new).await.unwrap();
}

store::databases! {
    async fn a_session_is_found_with_its_user(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let user = user(&tx).await;
        begin(&tx, user, 1).await;
        let later = Timestamp(NOW.0 + 5);
        sessions::touch(&tx, &[1; 32], user, later).await.unwrap();
        let found = sessions::find(&tx, &[1; 32]).await.unwrap().unwrap();
        assert_eq!((found.user, found.name.as_str(), found.disabled, found.must_change_password), (user, "Bob", false, true));
        assert_eq!((found.created_at, found.last_seen_at, found.expires_at), (NOW, later, Timestamp(NOW.0 + HOUR)));
        assert_eq!(users::rows(&tx, &[user]).await.unwrap()[0].last_seen_at, Some(later));
        assert!(sessions::find(&tx, &[2; 32]).await.unwrap().is_none());
        assert!(sessions::remove(&tx, &[1; 32]).await.unwrap());
        assert!(!sessions::remove(&tx, &[1; 32]).await.unwrap());
    }

    async fn signing_out_everywhere_may_keep_this_one(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let user = user(&tx).await;
        for token in 1..=4 {
            begin(&tx, user, token).await;
        }
        assert_eq!(sessions::remove_of_user(&tx, user, Some(&[2; 32])).await.unwrap(), 3);
        assert!(sessions::find(&tx, &[2; 32]).await.unwrap().is_some());
        users::remove(&tx, &[user]).await.unwrap();
        assert!(sessions::find(&tx, &[2; 32]).await.unwrap().is_none());
    }

    async fn ended_and_idle_sessions_are_removed(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let user = user(&tx).await;
        for token in 1..=3 {
            begin(&tx, user, token).await;
        }
        sessions::touch(&tx, &[3; 32], user, Timestamp(NOW.0 + HOUR)).await.unwrap();
        let now = Timestamp(NOW.0 + HOUR);
        assert_eq!(sessions::remove_expired(&tx, now, NOW).await.unwrap(), 1);
        assert_eq!(sessions::remove_expired(&tx, now, Timestamp(NOW.0 + 1)).await.unwrap(), 1);
        assert!(sessions::find(&tx, &[3; 32]).await.unwrap().is_some());
    }

    async fn failures_are_counted_until_they_are_old_or_cleared(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let key = "account:боб\0";
        let at = |ms| Timestamp(NOW.0 + ms);
        assert_eq!(sign_in_failures::record(&tx, key, at(0), at(-10)).await.unwrap(), 1);
        assert_eq!(sign_in_failures::record(&tx, key, at(5), at(-5)).await.unwrap(), 2);
        let found = sign_in_failures::get(&tx, key).await.unwrap().unwrap();
        assert_eq!((found.count, found.last_at), (2, at(5)));
        assert_eq!(sign_in_failures::record(&tx, key, at(20), at(10)).await.unwrap(), 1);
        assert_eq!(sign_in_failures::remove_old(&tx, at(20)).await.unwrap(), 0);
        assert_eq!(sign_in_failures::remove_old(&tx, at(21)).await.unwrap(), 1);
        sign_in_failures::record(&tx, key, at(0), at(-10)).await.unwrap();
        sign_in_failures::clear(&tx, key).await.unwrap();
        assert!(sign_in_failures::get(&tx, key).await.unwrap().is_none());
    }
}
