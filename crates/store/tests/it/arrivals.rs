//! What one server tells the others that it has stored for them.

use sea_orm::ConnectionTrait;
use std::time::Duration;
use store::{
    Store,
    arrivals::{self, Listener},
    testing,
};
use tokio::time::timeout;

/// Long enough for a test.
const PATIENCE: Duration = Duration::from_secs(20);

async fn tell(store: &Store, shards: &[i64]) {
    let tx = store.begin().await.unwrap();
    arrivals::tell(&tx, shards.iter().copied()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn next(listener: &mut Listener) -> Option<Vec<i64>> {
    timeout(PATIENCE, listener.next()).await.unwrap().unwrap()
}

#[tokio::test]
async fn every_server_hears_for_which_shards_something_was_stored() {
    let store = testing::postgres().await;
    let mut one = Listener::connect(store.read()).await.unwrap().unwrap();
    let mut two = Listener::connect(store.read()).await.unwrap().unwrap();
    tell(&store, &[3, 17]).await;
    for listener in [&mut one, &mut two] {
        assert_eq!(next(listener).await, Some(vec![3, 17]));
    }
}

#[tokio::test]
async fn what_is_not_committed_is_not_told() {
    let store = testing::postgres().await;
    let mut listener = Listener::connect(store.read()).await.unwrap().unwrap();
    let tx = store.begin().await.unwrap();
    arrivals::tell(&tx, [1]).await.unwrap();
    drop(tx);
    tell(&store, &[]).await;
    tell(&store, &[2]).await;
    assert_eq!(next(&mut listener).await, Some(vec![2]));
}

#[tokio::test]
async fn a_listener_whose_connection_was_cut_says_so_and_goes_on() {
    let store = testing::postgres().await;
    let mut listener = Listener::connect(store.read()).await.unwrap().unwrap();
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    store.read().execute_unprepared(cut).await.unwrap();
    assert_eq!(next(&mut listener).await, None, "meanwhile there may have been news");
    tell(&store, &[5]).await;
    assert_eq!(next(&mut listener).await, Some(vec![5]));
}

#[tokio::test]
async fn with_sqlite_there_is_nobody_to_hear() {
    let store = testing::sqlite().await;
    assert!(Listener::connect(store.read()).await.unwrap().is_none());
}
