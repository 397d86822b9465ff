//! Whatever is given, there is an answer.

use flow::{Context, catalogue};
use proptest::prelude::*;
use serde_json::{Value, json};

fn check(text: &str) -> Result<(), TestCaseError> {
    let found = flow::parse(text, &Context::default());
    if let Err(mistakes) = &found {
        prop_assert!(!mistakes.is_empty());
        for mistake in mistakes {
            prop_assert!(text.get(mistake.bytes.clone()).is_some(), "{mistake:?}");
            prop_assert!(!mistake.message.is_empty());
            let units = text.encode_utf16().count();
            prop_assert!(mistake.utf16.start <= mistake.utf16.end && mistake.utf16.end <= units);
        }
        prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.bytes.start));
    }
    Ok(())
}

/// Any JSON, with numbers that JSON and this program read alike.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec!["a", "${a}", "true", "typing", "5"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..5).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A name: any, or one of a node, a parameter, a sibling.
fn name() -> impl Strategy<Value = String> {
    let parameters = catalogue::nodes().flat_map(|node| node.argument.parameters());
    let siblings = ["tag", "break", "limit", "max", "failover", "default", "a"];
    let known: Vec<String> = catalogue::nodes()
        .map(|node| node.name)
        .chain(parameters.map(|parameter| parameter.name))
        .chain(siblings)
        .map(str::to_owned)
        .collect();
    prop_oneof![1 => ".{0,6}", 9 => prop::sample::select(known)]
}

/// A list of nodes whose arguments are anything, or an example with something else in one place.
fn program() -> impl Strategy<Value = Value> {
    let examples: Vec<Value> = catalogue::nodes()
        .map(|node| serde_json::from_str(node.example).expect("an example is JSON"))
        .collect();
    let example = (prop::sample::select(examples), name(), value()).prop_map(|(mut example, name, value)| {
        if let Some(Value::Object(argument)) = example.as_object_mut().and_then(|node| node.values_mut().next()) {
            argument.insert(name, value);
        }
        example
    });
    let node = (name(), value()).prop_map(|(name, value)| json!({ name: value }));
    prop::collection::vec(prop_oneof![example, node], 0..6).prop_map(Value::from)
}

proptest! {
    #[test]
    fn any_text_has_an_answer(text in ".{0,80}") {
        check(&text)?;
    }

    #[test]
    fn any_text_of_json_signs_is_read_as_serde_reads_it(text in r#"[\[\]{}",:\\u0-9eE+.\- \ntfalsrn"dD]{0,40}"#) {
        check(&text)?;
        let formatted = flow::format(&text);
        match serde_json::from_str::<Value>(&text) {
            Ok(value) => {
                let formatted = formatted.map_err(|mistake| TestCaseError::fail(mistake.to_string()))?;
                prop_assert_eq!(serde_json::from_str::<Value>(&formatted).unwrap(), value);
            }
            Err(error) => prop_assert!(formatted.is_err(), "{}", error),
        }
    }

    #[test]
    fn any_json_has_an_answer(value in value()) {
        check(&value.to_string())?;
    }

    #[test]
    fn any_program_has_an_answer_and_each_path_leads_to_its_place(program in program()) {
        let text = program.to_string();
        check(&text)?;
        for mistake in flow::parse(&text, &Context::default()).err().unwrap_or_default() {
            if let Some(range) = flow::locate(&text, &mistake.path) {
                let held = range.start <= mistake.bytes.start && mistake.bytes.end <= range.end;
                prop_assert!(held, "{mistake:?} {range:?}");
            } else {
                prop_assert_eq!(mistake.kind, flow::MistakeKind::MissingParameter, "{:?}", mistake);
            }
        }
    }

    #[test]
    fn formatting_keeps_the_value_and_is_done_once(value in value()) {
        let formatted = flow::format(&value.to_string()).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Value>(&formatted).unwrap(), &value);
        prop_assert_eq!(&flow::format(&formatted).unwrap(), &formatted);
    }

    #[test]
    fn a_path_is_found_again_by_its_place(value in value()) {
        let text = value.to_string();
        for offset in 0..text.len() {
            let path = flow::path_at(&text, offset).unwrap();
            let range = flow::locate(&text, &path).unwrap();
            prop_assert!(range.start <= offset && offset <= range.end, "{} {}", path, text);
        }
    }

    #[test]
    fn any_path_and_place_have_an_answer(text in ".{0,30}", path in r#"[\[\].a0"\\]{0,12}"#, offset in 0..40_usize) {
        let _ = flow::locate(&text, &path);
        let _ = flow::locate(r#"[{"a":[{"a":0}]}]"#, &path);
        let _ = flow::path_at(&text, offset);
        let positions = flow::Positions::new(&text);
        prop_assert!(positions.of(offset).byte <= text.len());
        prop_assert!(positions.of_utf16(offset).byte <= text.len());
    }
}
