//! Flow schemas.

mod programs;

use crate::stage::{anna, engine, fields, flow, gateway};
use engine::{SaveError, flows};
use model::{FlowId, FlowKind};

/// A program that calls these.
fn calling(ids: &[FlowId]) -> String {
    let nodes: Vec<String> = ids
        .iter()
        .map(|id| format!(r#"{{"schema":{{"id":"{id}"}}}}"#))
        .collect();
    format!("[{}]", nodes.join(","))
}

async fn save(cx: &engine::Context, id: FlowId, program: &str) -> Result<(), SaveError> {
    let seen = flows::get(cx, &anna(), id).await.unwrap().version;
    let saved = flows::update(cx, &anna(), id, seen, &fields([("program", program)])).await;
    saved.map(|_| ())
}

fn program_error(result: Result<(), SaveError>) -> String {
    match result {
        Err(SaveError::Invalid(errors)) => errors.get("program").unwrap().to_owned(),
        other => panic!("{other:?}"),
    }
}

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

    async fn a_program_with_mistakes_is_refused_in_words_and_nothing_is_written(store: &TestStore) {
        let (cx, _) = engine(store);
        let wrong = "[\n{\"sendTxt\":\"a\"},\n{\"goto\":\"b\"},\n{\"recvMessage\":{}},\n1,\n2\n]";
        let form = fields([("name", "Echo"), ("program", wrong)]);
        let created = flows::create(&cx, &anna(), FlowKind::Code, &form).await.map(|_| ());
        let sentence = program_error(created);
        assert!(sentence.starts_with("The program has 5 mistakes. Line 2, [0].sendTxt: "), "{sentence}");
        assert!(sentence.contains(" Line 3, [1].goto: ") && sentence.ends_with(" And 2 more."), "{sentence}");
        assert!(flows::choices(&cx, &anna(), "").await.unwrap().is_empty());

        let id = flow(&cx, "Echo").await;
        let sentence = program_error(save(&cx, id, "[1]").await);
        assert!(sentence.starts_with("The program has a mistake. Line 1, [0]: "), "{sentence}");
        assert_eq!(flows::get(&cx, &anna(), id).await.unwrap().program, "[]");
        assert_eq!(flows::check(&cx, &anna(), Some(id), wrong).await.unwrap().len(), 5);
    }

    async fn every_door_refuses_what_is_no_program_with_its_place(store: &TestStore) {
        let (cx, _) = engine(store);
        let id = flow(&cx, "Echo").await;
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let large = format!("[\"{}\"]", "x".repeat(model::MAX_PROGRAM_BYTES));
        let wrong = [
            ("[\n  {\"sendText\": }\n]", "The program has a mistake. Line 2: Here a value is expected"),
            ("nothing", "The program has a mistake. Line 1: “nothing” is no JSON value"),
            ("{}", "The program has a mistake. Line 1: A program is a list of nodes"),
            (deep.as_str(), "The program has a mistake. Line 1: Nested deeper than 300 lists"),
            (large.as_str(), "The program has a mistake. Line 1: A program has at most 1048576 bytes; this one has 1048580."),
        ];
        for (program, expected) in wrong {
            let form = fields([("name", "New"), ("program", program)]);
            let created = program_error(flows::create(&cx, &anna(), FlowKind::Code, &form).await.map(|_| ()));
            assert!(created.starts_with(expected), "{created}");
            assert_eq!(program_error(save(&cx, id, program).await), created);
            // What a file holds goes into the form of a new flow schema as it stands there.
            let imported = model::FlowFile { program: program.into(), ..model::FlowFile::of(&flows::get(&cx, &anna(), id).await.unwrap()) };
            let form = imported.named_after("New.json").fields();
            assert_eq!(program_error(flows::create(&cx, &anna(), FlowKind::Code, &form).await.map(|_| ())), created);
        }
        assert_eq!(flows::choices(&cx, &anna(), "").await.unwrap().len(), 1);
    }

    async fn a_program_as_deep_as_one_may_be_is_saved(store: &TestStore) {
        let (cx, _) = engine(store);
        let value = format!("{}1{}", "[".repeat(290), "]".repeat(290));
        let id = flow(&cx, "Deep").await;
        save(&cx, id, &format!(r#"[{{"set":{{"a":{value}}}}}]"#)).await.unwrap();
    }

    async fn a_program_with_mistakes_is_told_together_with_other_wrong_fields(store: &TestStore) {
        let (cx, _) = engine(store);
        let form = fields([("name", " "), ("program", "[1]")]);
        let error = flows::create(&cx, &anna(), FlowKind::Code, &form).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("name").is_some() && errors.get("program").is_some()));
        let id = flow(&cx, "Echo").await;
        let seen = flows::get(&cx, &anna(), id).await.unwrap().version;
        let error = flows::update(&cx, &anna(), id, seen, &form).await.unwrap_err();
        assert!(matches!(error, SaveError::Invalid(errors) if errors.get("name").is_some() && errors.get("program").is_some()));
    }

    async fn an_old_mistake_does_not_refuse_a_new_name(store: &TestStore) {
        let (cx, _) = engine(store);
        let mut input = model::FlowInput::parse(&fields([("name", "Old")])).unwrap();
        input.program = "[1, no JSON".into();
        let tx = cx.store.begin().await.unwrap();
        let id = store::flows::insert(&tx, FlowKind::Code, &input, cx.now(), "anna").await.unwrap();
        tx.commit().await.unwrap();
        let seen = flows::get(&cx, &anna(), id).await.unwrap().version;
        let form = fields([("name", "Older"), ("program", "[1, no JSON")]);
        assert_eq!(flows::update(&cx, &anna(), id, seen, &form).await.unwrap().name, "Older");
        program_error(save(&cx, id, "[2]").await);
    }

    async fn a_call_needs_a_flow_schema_and_may_close_no_ring(store: &TestStore) {
        let (cx, _) = engine(store);
        let [a, b, c] = [flow(&cx, "Alpha").await, flow(&cx, "Beta").await, flow(&cx, "Gamma").await];
        let sentence = program_error(save(&cx, a, &calling(&[FlowId(9_999)])).await);
        assert!(sentence.contains("[0].schema.id") && sentence.contains("9999"), "{sentence}");
        program_error(save(&cx, a, &format!(r#"[{{"schema":{{"id":"0{b}"}}}}]"#)).await);
        save(&cx, a, &calling(&[b])).await.unwrap();
        save(&cx, b, &calling(&[c])).await.unwrap();
        let sentence = program_error(save(&cx, c, &calling(&[a])).await);
        assert!(sentence.contains("“Gamma” → “Alpha” → “Beta” → “Gamma”"), "{sentence}");
        program_error(save(&cx, c, &calling(&[c])).await);
        // Without the call between them there is no ring.
        save(&cx, b, "[]").await.unwrap();
        save(&cx, c, &calling(&[a])).await.unwrap();
    }

    async fn two_saves_at_once_close_no_ring(store: &TestStore) {
        let (cx, _) = engine(store);
        let [a, b] = [flow(&cx, "Alpha").await, flow(&cx, "Beta").await];
        let (to_b, to_a) = (calling(&[b]), calling(&[a]));
        let (one, other) = tokio::join!(save(&cx, a, &to_b), save(&cx, b, &to_a));
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
    }

    async fn a_flow_schema_that_is_called_stays_and_its_callers_are_named(store: &TestStore) {
        let (cx, _) = engine(store);
        let called = flow(&cx, "Called").await;
        let mut callers = Vec::new();
        for n in 1..=7 {
            let id = flow(&cx, &format!("Caller {n}")).await;
            save(&cx, id, &calling(&[called])).await.unwrap();
            callers.push(id.0);
        }
        let results = flows::remove(&cx, &anna(), &[called.0, callers[0]]).await.unwrap();
        let reason = results[0].refused.as_deref().unwrap();
        assert!(reason.contains("called by “Caller 2”") && reason.contains("and 1 more"), "{reason}");
        assert_eq!(results[1].refused, None);
        // Who calls nothing any more, and who is removed as well, is in nobody's way.
        save(&cx, FlowId(callers[1]), "[]").await.unwrap();
        callers[0] = called.0;
        let results = flows::remove(&cx, &anna(), &callers).await.unwrap();
        assert!(results.iter().all(|result| result.refused.is_none()), "{results:?}");
    }

    async fn what_a_flow_schema_in_use_calls_stays_with_it(store: &TestStore) {
        let (cx, _) = engine(store);
        let [used, called, deep] = [flow(&cx, "Used").await, flow(&cx, "Called").await, flow(&cx, "Deep").await];
        save(&cx, called, &calling(&[deep])).await.unwrap();
        save(&cx, used, &calling(&[called])).await.unwrap();
        gateway(&cx, "Gateway", Some(used)).await;
        let results = flows::remove(&cx, &anna(), &[deep.0, called.0, used.0]).await.unwrap();
        let reasons: Vec<&str> = results.iter().map(|result| result.refused.as_deref().unwrap()).collect();
        assert!(reasons[0].contains("called by “Called”"), "{reasons:?}");
        assert!(reasons[1].contains("called by “Used”"), "{reasons:?}");
        assert!(reasons[2].contains("used by “Gateway”"), "{reasons:?}");
    }
}
