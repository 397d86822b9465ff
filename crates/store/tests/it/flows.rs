//! Flow schemas.

mod programs;

use crate::{NOW, flow, gateway};
use model::{FlowColumn, FlowKind, GatewayColumn, ListQuery, NamePattern, Version};
use store::{Error, Unique, flows, gateways};

store::databases! {
    async fn what_was_saved_is_read_back(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = flows::insert(&tx, FlowKind::Code, &flow("Магазин"), NOW, "anna").await.unwrap();
        let read = flows::get(&tx, id).await.unwrap().unwrap();
        assert_eq!((read.name.as_str(), read.program.as_str(), read.kind), ("Магазин", "[ 1 ]", FlowKind::Code));
        assert_eq!(read.tags, ["shop", "Київ"]);
        assert_eq!(flows::names(&tx, &[id]).await.unwrap(), [(id, "Магазин".to_owned())]);
        assert_eq!(flows::reference(&tx, id).await.unwrap().unwrap().name, "Магазин");
        assert_eq!(flows::rows(&tx, &[id]).await.unwrap()[0].used_by, 0);
    }

    async fn a_flow_schema_is_found_by_name_and_may_be_kept_by_a_file(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let id = flows::insert(&tx, FlowKind::Code, &flow("Їжак"), NOW, "anna").await.unwrap();
        let first = flows::insert(&tx, FlowKind::Code, &flow("Echo"), NOW, "anna").await.unwrap();
        assert_eq!(flows::by_name(&tx, "їЖАК").await.unwrap(), Some(id));
        assert_eq!(flows::by_name(&tx, "Їж").await.unwrap(), None);
        assert_eq!(flows::ids(&tx).await.unwrap(), [first, id]);
        flows::declare(&tx, id, "shop.yaml").await.unwrap();
        let kept = flows::get(&tx, id).await.unwrap().unwrap();
        assert_eq!((kept.stamps.declared_by.as_deref(), kept.version), (Some("shop.yaml"), Version::FIRST));
    }

    async fn a_name_that_differs_in_case_only_is_taken(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        flows::insert(&tx, FlowKind::Code, &flow("Їжак"), NOW, "anna").await.unwrap();
        let error = flows::insert(&tx, FlowKind::Code, &flow("їЖАК"), NOW, "anna").await;
        assert!(matches!(error, Err(Error::Conflict(Unique::FlowName))), "{error:?}");
    }

    async fn one_in_use_is_not_removed_and_names_its_gateways(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let used = flows::insert(&tx, FlowKind::Code, &flow("Used"), NOW, "anna").await.unwrap();
        let free = flows::insert(&tx, FlowKind::Code, &flow("Free"), NOW, "anna").await.unwrap();
        for name in ["g", "f", "e", "d", "c", "b", "a"] {
            gateways::insert(&tx, &gateway(name, &format!("/gateway-{name}"), Some(used)), NOW, "anna").await.unwrap();
        }
        tx.commit().await.unwrap();
        let uses = flows::used_by(store.read(), &[used, free]).await.unwrap();
        assert_eq!((uses.len(), uses[0].flow, uses[0].count), (1, used, 7));
        let names: Vec<&str> = uses[0].first.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["a", "b", "c", "d", "e"]);
        let page = flows::page(store.read(), &ListQuery::default().parse::<FlowColumn>().unwrap()).await.unwrap();
        assert_eq!(page.rows.iter().map(|row| row.used_by).collect::<Vec<_>>(), [7, 0]);
        let tx = store.begin().await.unwrap();
        let error = flows::remove(&tx, &[free, used]).await;
        assert!(matches!(error, Err(Error::InUse)), "{error:?}");
        drop(tx);
        let tx = store.begin().await.unwrap();
        assert_eq!(flows::remove(&tx, &[free]).await.unwrap(), 1);
    }

    async fn renaming_one_moves_its_gateways_in_the_sort_by_flow(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        let first = flows::insert(&tx, FlowKind::Code, &flow("A"), NOW, "anna").await.unwrap();
        let second = flows::insert(&tx, FlowKind::Code, &flow("B"), NOW, "anna").await.unwrap();
        gateways::insert(&tx, &gateway("of first", "/first", Some(first)), NOW, "anna").await.unwrap();
        gateways::insert(&tx, &gateway("of second", "/second", Some(second)), NOW, "anna").await.unwrap();
        assert!(flows::update(&tx, first, Version::FIRST, &flow("C"), NOW, "anna").await.unwrap());
        assert!(!flows::update(&tx, first, Version::FIRST, &flow("D"), NOW, "anna").await.unwrap());
        tx.commit().await.unwrap();
        let query = ListQuery { sort: "flow".into(), ..ListQuery::default() };
        let page = gateways::page(store.read(), &query.parse::<GatewayColumn>().unwrap()).await.unwrap();
        let names: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["of second", "of first"]);
    }

    async fn choices_are_by_name_and_as_many_as_asked_for(store: &TestStore) {
        let tx = store.begin().await.unwrap();
        for name in ["beta", "Alpha", "alphabet", "gamma"] {
            flows::insert(&tx, FlowKind::Code, &flow(name), NOW, "anna").await.unwrap();
        }
        let names = |flows: Vec<model::FlowRef>| flows.into_iter().map(|flow| flow.name).collect::<Vec<_>>();
        let found = flows::choices(&tx, &NamePattern::parse("ALPHA"), 10).await.unwrap();
        assert_eq!(names(found), ["Alpha", "alphabet"]);
        let found = flows::choices(&tx, &NamePattern::default(), 3).await.unwrap();
        assert_eq!(names(found), ["Alpha", "alphabet", "beta"]);
    }
}
