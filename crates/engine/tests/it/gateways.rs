//! Chat gateways.

use crate::stage::{anna, engine, fields, flow, gateway, last_lines, user};
use engine::{SaveError, gateways, gateways::SetEnabledError};
use model::{Action, GatewayId, Grants, Provider, Section, Version};
use store::secrets::Owner;

store::databases! {
    async fn a_new_gateway_is_disabled_has_a_random_uri_and_a_sealed_secret(store: &TestStore) {
        let (cx, _) = engine(store);
        let saved = gateway(&cx, " Support ", None).await;
        assert_eq!(saved.name, "Support");
        assert!(!saved.enabled);
        assert_eq!(saved.uri.as_str().len(), 33);
        assert_eq!(saved.secrets.len(), 1);
        let opened = store::secrets::open(cx.store.read(), Owner::Gateways, saved.id.0, "secret.token").await;
        assert_eq!(opened.unwrap().unwrap().expose(), "4453b6ac1s345678-e02c5f12174805f9");
        let lines = last_lines(&cx, Section::ChatGateways, saved.id.0).await;
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].action, lines[0].actor.as_str()), (Action::Created, "anna"));
    }

    async fn a_taken_uri_is_an_error_at_its_field_and_nothing_is_saved(store: &TestStore) {
        let (cx, _) = engine(store);
        let first = gateway(&cx, "First", None).await;
        let second = fields([("name", "Second"), ("uri", first.uri.as_str()), ("secret.token", "x1234567")]);
        let error = gateways::create(&cx, &anna(), Provider::Viber, &second).await.unwrap_err();
        let SaveError::Invalid(errors) = error else { panic!("{error}") };
        assert!(errors.get("uri").unwrap().contains("Another gateway"));
    }

    async fn the_uri_can_not_be_changed_after_the_first_save(store: &TestStore) {
        let (cx, _) = engine(store);
        let saved = gateway(&cx, "Support", None).await;
        let change = fields([("uri", "/other")]);
        let error = gateways::update(&cx, &anna(), saved.id, saved.version, &change).await.unwrap_err();
        let SaveError::Invalid(errors) = error else { panic!("{error}") };
        assert!(errors.get("uri").is_some());
    }

    async fn the_second_of_two_saves_is_refused_and_told_who_changed_what(store: &TestStore) {
        let (cx, _) = engine(store);
        let saved = gateway(&cx, "Support", None).await;
        let boris = user("boris", Grants::ALL);
        let first = fields([("name", "Help desk"), ("secret.token", "another-token-1234")]);
        gateways::update(&cx, &boris, saved.id, saved.version, &first).await.unwrap();
        let second = fields([("name", "Sales")]);
        let error = gateways::update(&cx, &anna(), saved.id, saved.version, &second).await.unwrap_err();
        let SaveError::Conflict(conflict) = error else { panic!("{error}") };
        assert_eq!(conflict.by, "boris");
        assert_eq!(conflict.fields.get("name"), Some("boris has changed this to “Help desk”."));
        assert_eq!(conflict.fields.get("secret.token"), Some("boris has replaced this."));
        let present = gateways::get(&cx, &anna(), saved.id).await.unwrap();
        assert_eq!(present.name, "Help desk");
    }

    async fn a_switch_in_between_does_not_stop_a_save(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(flow)).await;
        gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap();
        let change = fields([("name", "Help desk")]);
        let after = gateways::update(&cx, &anna(), saved.id, saved.version, &change).await.unwrap();
        assert!(after.enabled);
        assert_eq!(after.version, Version(3));
    }

    async fn without_a_flow_schema_a_gateway_can_not_be_enabled(store: &TestStore) {
        let (cx, _) = engine(store);
        let saved = gateway(&cx, "Support", None).await;
        let error = gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap_err();
        let SetEnabledError::Incomplete { fields, .. } = &error else { panic!("{error}") };
        assert!(fields.get("flow").is_some());
        assert!(error.to_string().contains("Choose a flow schema first."), "{error}");
        assert!(!gateways::get(&cx, &anna(), saved.id).await.unwrap().enabled);
    }

    async fn a_web_chat_without_chat_needs_no_flow_schema(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", "Site"), ("settings.chat.enabled", "false")]);
        let saved = gateways::create(&cx, &anna(), Provider::WebChat, &form).await.unwrap();
        let row = gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap();
        assert!(row.enabled);
    }

    async fn two_switches_from_the_same_page_conflict_unless_they_agree(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(flow)).await;
        let on = gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap();
        gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap();
        gateways::set_enabled(&cx, &anna(), saved.id, on.version, false).await.unwrap();
        let error = gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap_err();
        assert!(matches!(error, SetEnabledError::Conflict(_)), "{error}");
    }

    async fn an_enabled_gateway_keeps_its_flow_schema(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(flow)).await;
        let row = gateways::set_enabled(&cx, &anna(), saved.id, saved.version, true).await.unwrap();
        let error = gateways::update(&cx, &anna(), saved.id, row.version, &fields([("flow", "")])).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("flow").is_some()));
    }

    async fn removal_answers_for_each_and_forgets_the_secrets(store: &TestStore) {
        let (cx, _) = engine(store);
        let saved = gateway(&cx, "Support", None).await;
        let results = gateways::remove(&cx, &anna(), &[saved.id.0, 987_654]).await.unwrap();
        assert_eq!(results[0].refused, None);
        assert!(results[1].refused.as_deref().unwrap().contains("removed already"));
        let opened = store::secrets::open(cx.store.read(), Owner::Gateways, saved.id.0, "secret.token").await;
        assert_eq!(opened.unwrap(), None);
        assert_eq!(last_lines(&cx, Section::ChatGateways, saved.id.0).await[0].action, Action::Removed);
    }

    async fn the_record_names_changed_fields_and_never_a_secret(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", None).await;
        let mut form = fields([("name", "Help"), ("secret.token", "planted-secret-value")]);
        form.set("flow", flow.to_string());
        gateways::update(&cx, &anna(), saved.id, saved.version, &form).await.unwrap();
        let line = &gateways::history(&cx, &anna(), saved.id, None).await.unwrap()[0];
        let text = serde_json::to_string(line).unwrap();
        assert!(!text.contains("planted-secret-value"));
        let changed: Vec<_> = line.changes.iter().map(|change| (change.field.as_str(), change.to.as_deref())).collect();
        assert_eq!(changed, [("name", Some("Help")), ("flow", Some("Echo")), ("secret.token", None)]);
    }

    async fn a_flow_schema_that_is_gone_is_an_error_at_its_field(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", "Support"), ("flow", "4711"), ("secret.token", "x1234567")]);
        let error = gateways::create(&cx, &anna(), Provider::Viber, &form).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("flow").unwrap().contains("removed")));
    }

    async fn what_does_not_exist_is_not_found(store: &TestStore) {
        let (cx, _) = engine(store);
        let error = gateways::get(&cx, &anna(), GatewayId(4711)).await.unwrap_err();
        assert!(matches!(error, engine::GetError::NotFound(Section::ChatGateways)));
    }

    async fn a_version_that_never_was_is_a_conflict_and_no_crash(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(flow)).await;
        let change = fields([("name", "Sales")]);
        for seen in [i64::MIN, -1, 0, 2, i64::MAX] {
            let error = gateways::update(&cx, &anna(), saved.id, Version(seen), &change).await.unwrap_err();
            assert!(matches!(error, SaveError::Conflict(_)), "{seen}: {error}");
        }
        for (seen, on) in [(i64::MIN, true), (i64::MAX, false)] {
            _ = gateways::set_enabled(&cx, &anna(), saved.id, Version(seen), on).await;
        }
    }

    async fn many_switches_do_not_hide_a_change(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Echo").await;
        let saved = gateway(&cx, "Support", Some(flow)).await;
        let change = fields([("name", "Help desk")]);
        let mut version = gateways::update(&cx, &anna(), saved.id, saved.version, &change).await.unwrap().version;
        for on in [true, false].into_iter().cycle().take(50) {
            version = gateways::set_enabled(&cx, &anna(), saved.id, version, on).await.unwrap().version;
        }
        let error = gateways::update(&cx, &anna(), saved.id, saved.version, &fields([("name", "Sales")])).await;
        assert!(matches!(error, Err(SaveError::Conflict(_))));
    }

    async fn whoever_may_not_see_flow_schemas_can_not_choose_one_and_learns_no_name(store: &TestStore) {
        let (cx, _) = engine(store);
        let flow = flow(&cx, "Secret campaign").await;
        let gateways_only = Grants::default()
            .with(Section::ChatGateways, model::Letter::Read)
            .with(Section::ChatGateways, model::Letter::Update);
        let clerk = user("clerk", gateways_only);
        let saved = gateway(&cx, "Support", None).await;
        let change = fields([("flow", flow.to_string().as_str())]);
        let error = gateways::update(&cx, &clerk, saved.id, saved.version, &change).await.unwrap_err();
        let SaveError::Invalid(errors) = error else { panic!("{error}") };
        assert!(errors.get("flow").unwrap().contains("no access"));

        let chosen = gateways::update(&cx, &anna(), saved.id, saved.version, &change).await.unwrap();
        let rename = fields([("name", "Help desk"), ("flow", flow.to_string().as_str())]);
        gateways::update(&cx, &clerk, saved.id, chosen.version, &rename).await.unwrap();
    }
}
