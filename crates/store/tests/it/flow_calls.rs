//! Which flow schema calls which.

use crate::{NOW, flow};
use model::{FlowId, FlowInput, FlowKind};
use sea_orm::{ConnectionTrait, Database};
use store::{Error, Store, Tx, flow_calls, flows};

async fn insert(tx: &Tx, name: &str) -> FlowId {
    flows::insert(tx, FlowKind::Code, &flow(name), NOW, "anna")
        .await
        .unwrap()
}

store::databases! {
    async fn what_is_called_is_found_through_others(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let [a, b, c, d] = [insert(&tx, "a").await, insert(&tx, "b").await, insert(&tx, "c").await, insert(&tx, "d").await];
        flow_calls::set(&tx, a, &[b, d]).await.unwrap();
        flow_calls::set(&tx, a, &[b]).await.unwrap();
        flow_calls::set(&tx, b, &[c]).await.unwrap();
        flow_calls::set(&tx, c, &[a]).await.unwrap();
        let reached = flow_calls::reached(&tx, &[a, FlowId(9_999)], 10).await.unwrap();
        assert_eq!(reached.keys().copied().collect::<Vec<_>>(), [a, b, c]);
        assert_eq!((reached[&b].name.as_str(), reached[&b].calls.as_slice()), ("b", [c].as_slice()));
        assert!(flow_calls::reached(&tx, &[a], 1).await.unwrap().len() > 1);
        assert_eq!(flow_calls::callers(&tx, &[a, b, d]).await.unwrap(), [(a, c), (b, a)]);
    }

    async fn what_is_called_is_not_removed_and_callers_may_go_together_with_it(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let [a, b] = [insert(&tx, "a").await, insert(&tx, "b").await];
        flow_calls::set(&tx, a, &[b]).await.unwrap();
        tx.commit().await.unwrap();
        let tx = store.begin().await.unwrap();
        assert!(matches!(flows::remove(&tx, &[b]).await, Err(Error::InUse)));
        drop(tx);
        let tx = store.begin().await.unwrap();
        flow_calls::clear(&tx, &[a, b]).await.unwrap();
        assert_eq!(flows::remove(&tx, &[b, a]).await.unwrap(), 2);
    }

    async fn what_is_gone_can_not_be_called(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let a = insert(&tx, "a").await;
        let error = flow_calls::set(&tx, a, &[FlowId(9_999)]).await;
        assert!(matches!(error, Err(Error::Missing)), "{error:?}");
    }

    async fn the_calls_of_older_programs_are_found_by_the_migration(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let called = insert(&tx, "called").await;
        let program = format!(r#"[{{"if":{{"expression":"1","then":[{{"schema":{{"id":{called}}}}},{{"schema":{{"id":"99999"}}}}]}}}}]"#);
        let caller = flows::insert(&tx, FlowKind::Code, &FlowInput { program, ..flow("caller") }, NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();
        let conn = Database::connect(store.url()).await.unwrap();
        conn.execute_unprepared("DROP TABLE flow_calls").await.unwrap();
        conn.execute_unprepared("DELETE FROM seaql_migrations WHERE version = 'm20261124_000013_flow_calls'").await.unwrap();
        conn.close().await.unwrap();
        Store::migrate(store).await.unwrap();
        assert_eq!(flow_calls::callers(store.read(), &[called]).await.unwrap(), [(called, caller)]);
    }
}
