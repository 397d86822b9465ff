//! Gateways.

use crate::{NOW, flow, gateway, secret};
use model::{FlowKind, GatewayColumn, GatewayId, ListQuery, Timestamp, Version};
use store::{
    Error, Unique, flows, gateways,
    secrets::{self, NewSecret, Owner},
};

store::databases! {
    async fn gateways_are_found_by_name_and_may_be_kept_by_a_file(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let mut saved = Vec::new();
        for (name, uri) in [("Їжак", "/aaa"), ("їжак", "/bbb"), ("Other", "/ccc")] {
            saved.push(gateways::insert(&tx, &gateway(name, uri, None), NOW, "anna").await.unwrap());
        }
        assert_eq!(gateways::by_name(&tx, "ЇЖАК").await.unwrap(), saved[..2]);
        assert!(gateways::by_name(&tx, "Їж").await.unwrap().is_empty());
        assert_eq!(gateways::ids(&tx).await.unwrap(), [saved[2], saved[0], saved[1]]);
        gateways::declare(&tx, saved[1], "shop.yaml").await.unwrap();
        let declared = |id| { let tx = &tx; async move { gateways::get(tx, id).await.unwrap().unwrap() } };
        let kept = declared(saved[1]).await;
        assert_eq!((kept.stamps.declared_by.as_deref(), kept.version), (Some("shop.yaml"), Version::FIRST));
        assert_eq!(declared(saved[0]).await.stamps.declared_by, None);
    }

    async fn what_was_saved_is_read_back(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let flow = flows::insert(&tx, FlowKind::Diagram, &flow("Shop"), NOW, "anna").await.unwrap();
        let input = gateway("Підтримка", "/abc", Some(flow));
        let id = gateways::insert(&tx, &input, NOW, "anna").await.unwrap();
        let token = NewSecret { field: "secret.token", value: &secret("hunter2"), nonce: [1; 24] };
        secrets::put(&tx, Owner::Gateways, id.0, &token, NOW, "anna").await.unwrap();
        tx.commit().await.unwrap();

        let read = gateways::get(store.read(), id).await.unwrap().unwrap();
        assert_eq!((read.name.as_str(), read.uri.as_str(), read.enabled), ("Підтримка", "/abc", false));
        assert_eq!((&read.settings, &read.templates), (&input.settings, &input.templates));
        assert_eq!(read.flow.map(|flow| (flow.id, flow.kind)), Some((flow, FlowKind::Diagram)));
        assert_eq!((read.version, read.stamps.created_at, read.stamps.updated_by.as_str()), (Version::FIRST, NOW, "anna"));
        assert_eq!(read.secrets.len(), 1);
        let rows = gateways::rows(store.read(), &[id, GatewayId(99)]).await.unwrap();
        assert_eq!((rows.len(), rows[0].flow.as_ref().unwrap().name.as_str()), (1, "Shop"));
        assert_eq!(gateways::names(store.read(), &[id]).await.unwrap(), [(id, "Підтримка".to_owned())]);
        let page = gateways::page(store.read(), &ListQuery::default().parse::<GatewayColumn>().unwrap()).await.unwrap();
        assert_eq!(page.rows, rows);
    }

    async fn a_uri_that_is_taken_is_refused(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna").await.unwrap();
        let error = gateways::insert(&tx, &gateway("B", "/abc", None), NOW, "anna").await.unwrap_err();
        assert!(matches!(error, Error::Conflict(Unique::GatewayUri)), "{error:?}");
        assert!(!error.to_string().to_lowercase().contains("constraint"), "{error}");
    }

    async fn a_flow_schema_that_is_gone_is_refused(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let error = gateways::insert(&tx, &gateway("A", "/abc", Some(model::FlowId(7))), NOW, "anna").await;
        assert!(matches!(error, Err(Error::Missing)), "{error:?}");
    }

    async fn a_stale_save_changes_nothing(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna").await.unwrap();
        let later = Timestamp(NOW.0 + 1);
        assert!(gateways::update(&tx, id, Version(1), &gateway("B", "/other", None), later, "bob").await.unwrap());
        assert!(!gateways::update(&tx, id, Version(1), &gateway("C", "/abc", None), later, "cleo").await.unwrap());
        assert!(gateways::set_enabled(&tx, id, Version(2), true, later, "cleo").await.unwrap());
        assert!(!gateways::set_enabled(&tx, id, Version(2), false, later, "cleo").await.unwrap());
        let read = gateways::get(&tx, id).await.unwrap().unwrap();
        assert_eq!((read.name.as_str(), read.uri.as_str(), read.enabled), ("B", "/abc", true));
        assert_eq!((read.version, read.stamps.created_by.as_str(), read.stamps.updated_by.as_str()), (Version(3), "anna", "cleo"));
    }

    async fn a_removed_gateway_takes_its_secrets_along_and_its_id_is_not_given_again(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = gateways::insert(&tx, &gateway("A", "/abc", None), NOW, "anna").await.unwrap();
        let token = NewSecret { field: "secret.token", value: &secret("x"), nonce: [1; 24] };
        secrets::put(&tx, Owner::Gateways, id.0, &token, NOW, "anna").await.unwrap();
        assert_eq!(gateways::remove(&tx, &[id, GatewayId(50)]).await.unwrap(), 1);
        assert!(secrets::open(&tx, Owner::Gateways, id.0, "secret.token").await.unwrap().is_none());
        let next = gateways::insert(&tx, &gateway("B", "/abc", None), NOW, "anna").await.unwrap();
        assert!(next > id);
    }
}
