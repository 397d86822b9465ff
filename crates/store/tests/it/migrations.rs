//! The schema goes up, down and up again.

use store::{audit, flow_calls, flows, gateways, roles, secrets, sessions, sign_in_failures, users};

store::databases! {
    async fn up_down_and_up_again(store: &TestStore) {
        assert_eq!(roles::all(store.read()).await.unwrap().len(), 3);
        store.unmigrate().await.unwrap();
        assert!(roles::all(store.read()).await.is_err());
        store.migrate().await.unwrap();
        store.migrate().await.unwrap();
        let conn = store.read();
        assert_eq!(roles::all(conn).await.unwrap().len(), 3);
        assert!(!users::any(conn).await.unwrap());
        assert_eq!(audit::last_id(conn).await.unwrap(), 0);
        assert!(flows::get(conn, model::FlowId(1)).await.unwrap().is_none());
        assert!(flow_calls::callers(conn, &[model::FlowId(1)]).await.unwrap().is_empty());
        assert!(gateways::get(conn, model::GatewayId(1)).await.unwrap().is_none());
        assert!(sessions::find(conn, &[0; 32]).await.unwrap().is_none());
        assert!(sign_in_failures::get(conn, "account:x").await.unwrap().is_none());
        secrets::check_key_ring(conn).await.unwrap();
    }
}

#[tokio::test]
async fn of_several_servers_on_one_postgresql_one_migrates_and_the_others_wait() {
    let first = store::testing::postgres().await;
    first.unmigrate().await.unwrap();
    let options = store::Options::new(first.url());
    let second = store::Store::connect(&options, store::testing::keys()).await.unwrap();
    let (one, other) = tokio::join!(first.migrate(), second.migrate());
    one.unwrap();
    other.unwrap();
    assert_eq!(roles::all(first.read()).await.unwrap().len(), 3);
    second.close().await.unwrap();
}
