//! Every node of the catalogue: forms that are right, and each parameter missing or wrong, as `nodes/table.json` has them.

use crate::{kinds, paths};
use flow::catalogue::{self, Need};
use flow::{Context, MistakeKind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a node's argument may be, and what not.
#[derive(serde::Deserialize)]
struct Case {
    right: Vec<Value>,
    wrong: Vec<Wrong>,
}

/// A wrong argument, and the paths below the node's name; `#2` is the name of the second function of the program.
#[derive(serde::Deserialize)]
struct Wrong {
    value: Value,
    paths: Vec<String>,
}

fn cases() -> BTreeMap<String, Case> {
    serde_json::from_str(include_str!("nodes/table.json")).expect("the table is JSON")
}

/// A program with this node, the tags and functions that the table speaks of beside it.
fn program(name: &str, argument: &Value) -> String {
    json!([
        { name: argument },
        { "tag": "start", "log": "" },
        { "function": { "name": "goodbye", "actions": [] } },
    ])
    .to_string()
}

#[test]
fn every_node_of_the_table_has_a_test_for_each_of_its_parameters() {
    let cases = cases();
    for node in catalogue::nodes() {
        let case = cases
            .get(node.name)
            .unwrap_or_else(|| panic!("“{}” has no test", node.name));
        for parameter in node.argument.parameters() {
            let used = case.right.iter().any(|value| value.get(parameter.name).is_some());
            assert!(used, "no right form of “{}” has “{}”", node.name, parameter.name);
            let told = case
                .wrong
                .iter()
                .flat_map(|wrong| &wrong.paths)
                .any(|path| path.starts_with(&format!(".{}", parameter.name)));
            let free = parameter.need == Need::Ignored || parameter.kind == catalogue::Type::Any;
            assert!(
                told || (free && parameter.need != Need::Required),
                "no wrong form of “{}” is about “{}”",
                node.name,
                parameter.name
            );
        }
    }
    assert_eq!(cases.len(), catalogue::nodes().count());
}

#[test]
fn right_forms_are_accepted() {
    for (name, case) in cases() {
        for value in &case.right {
            assert_eq!(paths(&program(&name, value)), [""; 0], "{name} {value}");
        }
    }
}

#[test]
fn wrong_forms_are_told_with_the_path_of_what_is_wrong() {
    for (name, case) in cases() {
        for Wrong { value, paths: expected } in &case.wrong {
            let expected: Vec<String> = expected
                .iter()
                .map(|path| match path.as_str() {
                    "#2" => "[2].function.name".to_owned(),
                    path => format!("[0].{name}{path}"),
                })
                .collect();
            assert_eq!(paths(&program(&name, value)), expected, "{name} {value}");
        }
    }
}

#[test]
fn each_example_of_the_table_is_a_program() {
    for node in catalogue::nodes() {
        let text = format!(
            r#"[{}, {{ "tag": "start", "log": "" }}, {{ "function": {{ "name": "goodbye", "actions": [] }} }}]"#,
            node.example
        );
        let program = flow::parse(&text, &Context::default());
        assert!(program.is_ok(), "{text} {program:?}");
        let value: Value = serde_json::from_str(node.example).unwrap();
        assert!(value.get(node.name).is_some(), "{}", node.example);
    }
}

#[test]
fn nodes_of_the_call_centre_are_refused_in_words_and_not_looked_into() {
    for node in catalogue::CALL_CENTRE {
        assert!(catalogue::node(node.name).is_none());
        let text = json!([{ node.name: { "a": [{ "goto": "x" }] } }]).to_string();
        assert_eq!(kinds(&text), [(format!("[0].{}", node.name), MistakeKind::CallCentre)]);
        assert!(crate::only(&text).message.contains("call centre"));
    }
}
