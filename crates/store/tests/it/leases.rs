//! Servers that share the gateways of one database.

use std::time::{Duration, Instant};
use store::{
    Store,
    deliveries::SHARDS,
    leases::{self, Leased},
    testing::{self, TestStore},
};
use tokio::time::timeout;

/// Long enough for a test.
const LONG: i64 = 60_000;

async fn renew(store: &Store, server: &str, ms: i64, done_with: &[i64]) -> Leased {
    let tx = store.begin().await.unwrap();
    let leased = leases::renew(&tx, server, ms, done_with).await.unwrap();
    tx.commit().await.unwrap();
    leased
}

/// Two servers with a half each.
async fn halves(store: &TestStore) -> (Vec<i64>, Vec<i64>) {
    let all = renew(store, "one", LONG, &[]).await;
    assert_eq!((all.shards.len(), all.beyond), (64, 0));
    let none = renew(store, "two", LONG, &[]).await;
    assert_eq!((none.shards.len(), none.beyond), (0, 0), "the first one has them still");
    let too_many = renew(store, "one", LONG, &[]).await;
    assert_eq!((too_many.shards.len(), too_many.beyond), (64, 32));
    let half = renew(store, "one", LONG, &too_many.shards[32..]).await;
    assert_eq!((half.shards.len(), half.beyond), (32, 0));
    let other = renew(store, "two", LONG, &[]).await;
    assert_eq!((other.shards.len(), other.beyond), (32, 0));
    (half.shards, other.shards)
}

#[tokio::test]
async fn with_sqlite_one_server_has_all() {
    let store = testing::sqlite().await;
    assert!(!leases::are_needed(store.read()));
    assert_eq!(leases::all().len(), usize::try_from(SHARDS).unwrap());
}

#[tokio::test]
async fn two_servers_share_every_shard() {
    let store = testing::postgres().await;
    assert!(leases::are_needed(store.read()));
    let (one, two) = halves(&store).await;
    let mut all: Vec<i64> = one.iter().chain(&two).copied().collect();
    all.sort_unstable();
    assert_eq!(all, leases::all());
    assert_eq!(renew(&store, "one", LONG, &[]).await.shards, one, "and so it stays");
    assert_eq!(renew(&store, "two", LONG, &[]).await.shards, two);
}

#[tokio::test]
async fn who_leaves_is_succeeded_at_once() {
    let store = testing::postgres().await;
    let (one, _) = halves(&store).await;
    let tx = store.begin().await.unwrap();
    leases::leave(&tx, "two").await.unwrap();
    tx.commit().await.unwrap();
    let all = renew(&store, "one", LONG, &[]).await;
    assert_eq!((all.shards.len(), all.beyond), (64, 0));
    assert!(one.iter().all(|shard| all.shards.contains(shard)));
}

#[tokio::test]
async fn who_is_silent_for_too_long_is_succeeded() {
    let store = testing::postgres().await;
    let silent = renew(&store, "silent", 1, &[]).await;
    assert_eq!(silent.shards.len(), 64);
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        let heir = renew(&store, "heir", 1, &[]).await;
        if heir.shards.len() == 64 {
            break;
        }
        assert!(Instant::now() < deadline, "{heir:?}");
    }
    let heir = renew(&store, "heir", LONG, &[]).await;
    let back = renew(&store, "silent", LONG, &[]).await;
    assert!(
        back.shards.iter().all(|shard| !heir.shards.contains(shard)),
        "nobody has a shard twice"
    );
    let tx = store.begin().await.unwrap();
    let held = leases::hold(&tx, "silent", &heir.shards).await.unwrap();
    assert!(held.is_empty(), "what was lost is lost: {held:?}");
}

#[tokio::test]
async fn only_shards_that_a_server_has_are_held() {
    let store = testing::postgres().await;
    let (one, two) = halves(&store).await;
    let tx = store.begin().await.unwrap();
    assert_eq!(leases::hold(&tx, "one", &leases::all()).await.unwrap(), one);
    assert_eq!(leases::hold(&tx, "two", &[one[0], two[0]]).await.unwrap(), [two[0]]);
    assert!(leases::hold(&tx, "nobody", &leases::all()).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_held_is_taken_by_nobody_until_the_commit() {
    let store = testing::postgres().await;
    renew(&store, "one", LONG, &[]).await;
    let writing = store.begin().await.unwrap();
    assert_eq!(leases::hold(&writing, "one", &[3, 5]).await.unwrap(), [3, 5]);
    // Its own renewals go on meanwhile, and it may even let go.
    let renewed = timeout(Duration::from_secs(5), renew(&store, "one", LONG, &[])).await;
    assert_eq!(renewed.unwrap().shards.len(), 64);
    let leaving = async {
        let tx = store.begin().await.unwrap();
        leases::leave(&tx, "one").await.unwrap();
        tx.commit().await.unwrap();
    };
    timeout(Duration::from_secs(5), leaving).await.unwrap();
    let other = renew(&store, "two", LONG, &[]).await;
    assert_eq!(other.shards.len(), 62, "{other:?}");
    assert!(!other.shards.contains(&3) && !other.shards.contains(&5));
    writing.commit().await.unwrap();
    assert_eq!(renew(&store, "two", LONG, &[]).await.shards.len(), 64);
}

#[tokio::test]
async fn renewals_and_writers_do_not_wait_for_each_other() {
    let store = testing::postgres().await;
    renew(&store, "one", LONG, &[]).await;
    let other = Store::connect(&store::Options::new(store.url()), testing::keys())
        .await
        .unwrap();
    let mut writers = Vec::new();
    for writer in 0..3 {
        let store = Store::clone(&other);
        writers.push(tokio::spawn(async move {
            for round in 0..100 {
                let tx = store.begin().await.unwrap();
                // In an order of their own, as the writes come.
                let mut wanted = leases::all();
                wanted.rotate_left((writer * 20 + round) % 64);
                assert_eq!(leases::hold(&tx, "one", &wanted).await.unwrap().len(), 64);
                tx.commit().await.unwrap();
            }
        }));
    }
    for _ in 0..50 {
        assert_eq!(renew(&store, "one", LONG, &[]).await.shards.len(), 64);
    }
    for writer in writers {
        writer.await.unwrap();
    }
    other.close().await.unwrap();
}
