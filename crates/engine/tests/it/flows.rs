//! Flow schemas.

mod programs;

use crate::stage::{anna, engine, fields, flow, gateway};
use engine::{SaveError, flows};
use model::FlowKind;

store::databases! {
    async fn a_flow_schema_in_use_stays_and_its_gateways_are_named(store: &TestStore) {
        let (cx, _) = engine(store);
        let used = flow(&cx, "Echo").await;
        let free = flow(&cx, "Menu").await;
        for n in 1..=7 {
            gateway(&cx, &format!("Gateway {n}"), Some(used)).await;
        }
        let results = flows::remove(&cx, &anna(), &[used.0, free.0]).await.unwrap();
        let reason = results[0].refused.as_deref().unwrap();
        assert!(reason.contains("“Gateway 1”") && reason.contains("and 2 more"), "{reason}");
        assert_eq!(results[1].refused, None);
        assert!(flows::get(&cx, &anna(), used).await.is_ok());
        assert!(flows::get(&cx, &anna(), free).await.is_err());
    }

    async fn a_name_is_taken_in_any_letter_case(store: &TestStore) {
        let (cx, _) = engine(store);
        flow(&cx, "Привіт").await;
        let again = fields([("name", "ПРИВІТ")]);
        let error = flows::create(&cx, &anna(), FlowKind::Code, &again).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("name").unwrap().contains("taken")));
    }

    async fn a_stale_save_is_refused(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        let seen = flows::get(&cx, &anna(), id).await.unwrap().version;
        flows::update(&cx, &anna(), id, seen, &fields([("name", "Echo 2")])).await.unwrap();
        let error = flows::update(&cx, &anna(), id, seen, &fields([("name", "Echo 3")])).await.unwrap_err();
        assert!(matches!(error, SaveError::Conflict(conflict) if conflict.fields.get("name").is_some()));
    }

    async fn a_renamed_flow_schema_is_renamed_at_its_gateways(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(id)).await;
        let seen = flows::get(&cx, &anna(), id).await.unwrap().version;
        flows::update(&cx, &anna(), id, seen, &fields([("name", "Parrot")])).await.unwrap();
        let shown = engine::gateways::get(&cx, &anna(), saved.id).await.unwrap();
        assert_eq!(shown.flow.unwrap().name, "Parrot");
    }

    async fn a_choice_is_searched_for_with_as_many_characters_as_a_registry(store: &TestStore) {
        let (cx, _) = engine(store);
        flow(&cx, "Echo").await;
        assert_eq!(flows::choices(&cx, &anna(), "*CH*").await.unwrap().len(), 1);
        let error = flows::choices(&cx, &anna(), &"*x".repeat(500_000)).await.unwrap_err();
        assert!(matches!(error, engine::ListError::Invalid(errors) if errors.get("q").is_some()));
    }
}
