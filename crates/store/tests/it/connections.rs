//! Transactions, and writers that meet.

use crate::{NOW, flow};
use model::FlowKind;
use store::{Error, KeyRing, Options, Store, flows};

store::databases! {
    async fn a_transaction_that_is_dropped_leaves_nothing(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = flows::insert(&tx, FlowKind::Code, &flow("A"), NOW, "anna").await.unwrap();
        assert!(flows::get(&tx, id).await.unwrap().is_some());
        assert!(flows::get(store.read(), id).await.unwrap().is_none());
        drop(tx);
        let tx = store.begin().await.unwrap();
        assert!(flows::get(&tx, id).await.unwrap().is_none());
        tx.commit().await.unwrap();
    }

    async fn writers_that_read_first_all_succeed(store: &TestStore) {
        // A second store is a second process: its writer waits for the file's lock.
        let other = Store::connect(&Options::new(store.url()), store::testing::keys()).await.unwrap();
        let id = {
            let tx = store.begin().await.unwrap();
            let id = flows::insert(&tx, FlowKind::Code, &flow("0"), NOW, "anna").await.unwrap();
            tx.commit().await.unwrap();
            id
        };
        let mut tasks = Vec::new();
        for task in 0..8 {
            let store = if task % 2 == 0 { Store::clone(store) } else { other.clone() };
            tasks.push(tokio::spawn(async move {
                for step in 0..10 {
                    let tx = store.begin().await.unwrap();
                    assert!(flows::get(&tx, id).await.unwrap().is_some());
                    let input = flow(&format!("{task}-{step}"));
                    flows::insert(&tx, FlowKind::Code, &input, NOW, "anna").await.unwrap();
                    tx.commit().await.unwrap();
                }
            }));
        }
        for task in tasks {
            task.await.unwrap();
        }
        let all = flows::choices(store.read(), &model::NamePattern::default(), 1_000).await.unwrap();
        assert_eq!(all.len(), 81);
        other.close().await.unwrap();
    }

    async fn reading_goes_on_while_somebody_writes(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        flows::insert(&tx, FlowKind::Code, &flow("A"), NOW, "anna").await.unwrap();
        assert!(flows::choices(store.read(), &model::NamePattern::default(), 10).await.unwrap().is_empty());
        store.ping().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(flows::choices(store.read(), &model::NamePattern::default(), 10).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_is_no_usable_database_is_refused_in_words() {
    for url in [
        "mysql://localhost/x",
        "sqlite::memory:",
        "sqlite://x?mode=memory",
        "nothing",
    ] {
        let answer = Store::connect(&Options::new(url), KeyRing::from_bytes("k", [0; 32])).await;
        assert!(matches!(answer, Err(Error::Url(_))), "{url}");
    }
}
