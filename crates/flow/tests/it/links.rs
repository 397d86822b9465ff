//! Jumps, calls of functions and of flows.

use crate::{kinds, only, paths};
use flow::{Called, Context, MistakeKind};

const NONE: [&str; 0] = [];

#[test]
fn a_tag_is_found_within_its_scope_alone() {
    let inner = r#"{"if":{"expression":"1","then":[{"tag":"a","log":""}]}}"#;
    assert_eq!(paths(&format!(r#"[{inner},{{"goto":"a"}}]"#)), NONE, "in an inner list");
    let function = r#"{"function":{"name":"f","actions":[{"tag":"a","goto":"a"}]}}"#;
    assert_eq!(paths(&format!("[{function}]")), NONE);
    let from_outside = only(&format!(r#"[{function},{{"goto":"a"}}]"#));
    assert_eq!(
        (from_outside.path.as_str(), from_outside.kind),
        ("[1].goto", MistakeKind::MissingTag)
    );
    assert!(from_outside.message.contains("outside"), "{from_outside}");
    let triggers =
        r#"[{"trigger":{"commands":{"/a":[{"tag":"x","log":""}],"/b":[{"goto":"x"}]},"disconnected":[{"goto":"x"}]}}]"#;
    assert_eq!(
        paths(triggers),
        [
            "[0].trigger.commands[\"/b\"][0].goto",
            "[0].trigger.disconnected[0].goto"
        ]
    );
}

#[test]
fn the_same_tag_may_stand_in_two_scopes() {
    assert_eq!(
        paths(r#"[{"tag":"a","goto":"a"},{"function":{"name":"f","actions":[{"tag":"a","goto":"a"}]}}]"#),
        NONE
    );
}

#[test]
fn a_tag_that_is_nearly_right_is_offered() {
    let mistake = only(r#"[{"tag":"main_menu","log":""},{"goto":"mainmenu"}]"#);
    assert!(mistake.message.contains("“main_menu”"), "{mistake}");
}

#[test]
fn functions_hold_from_the_start_wherever_they_stand() {
    let inner = r#"[{"execute":{"name":"f"}},{"if":{"expression":"1","then":[{"function":{"name":"f","actions":[{"execute":{"name":"f"}}]}}]}}]"#;
    assert_eq!(paths(inner), NONE);
    assert_eq!(
        kinds(r#"[{"execute":{"name":"f"}}]"#),
        [("[0].execute.name".to_owned(), MistakeKind::MissingFunction)]
    );
}

/// The mistakes of a program with the id 1, among flows that call each other as told.
fn among(text: &str, flows: &[(&str, &[&str])]) -> Vec<(String, MistakeKind, String)> {
    let find = |id: &str| {
        let (name, calls) = flows.iter().find(|(name, _)| *name == id)?;
        Some(Called {
            name: format!("Flow {name}"),
            calls: calls.iter().map(|id| (*id).to_owned()).collect(),
        })
    };
    let context = Context {
        id: Some("1"),
        flows: Some(&find),
    };
    let mistakes = flow::parse(text, &context).err().unwrap_or_default();
    mistakes
        .into_iter()
        .map(|mistake| (mistake.path, mistake.kind, mistake.message))
        .collect()
}

#[test]
fn a_call_of_a_flow_that_does_not_exist_is_told() {
    let found = among(
        r#"[{"schema":{"id":404}},{"schema":{"id":"2"}},{"schema":{"id":"${x}"}}]"#,
        &[("2", &[])],
    );
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].0.as_str(), found[0].1),
        ("[0].schema.id", MistakeKind::MissingFlow)
    );
    assert!(found[0].2.contains("404"));
}

#[test]
fn without_a_list_of_flows_calls_are_not_looked_at() {
    assert_eq!(paths(r#"[{"schema":{"id":404}}]"#), NONE);
}

#[test]
fn a_ring_of_flows_is_told_at_the_node_that_closes_it() {
    let text = r#"[{"schema":{"id":4}},{"schema":{"id":2}}]"#;
    let found = among(text, &[("2", &["3", "4"]), ("3", &["4", "1"]), ("4", &[])]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].0.as_str(), found[0].1), ("[1].schema", MistakeKind::Ring));
    assert!(
        found[0].2.contains("“this flow” → “Flow 2” → “Flow 3” → “this flow”"),
        "{}",
        found[0].2
    );
}

#[test]
fn a_flow_that_calls_itself_is_a_ring() {
    let found = among(r#"[{"schema":{"id":"1"}}]"#, &[("1", &[])]);
    assert_eq!((found[0].0.as_str(), found[0].1), ("[0].schema", MistakeKind::Ring));
    let context = Context {
        id: Some("1"),
        flows: None,
    };
    assert!(flow::parse(r#"[{"schema":{"id":1}}]"#, &context).is_err());
}

#[test]
fn a_ring_of_other_flows_is_told_too() {
    let found = among(r#"[{"schema":{"id":2}}]"#, &[("2", &["3"]), ("3", &["2"])]);
    assert_eq!(found.len(), 1);
    assert!(found[0].2.contains("“Flow 2” → “Flow 3” → “Flow 2”"), "{}", found[0].2);
}

#[test]
fn two_ways_to_the_same_flow_are_no_ring() {
    let flows: &[(&str, &[&str])] = &[("2", &["4", "404"]), ("3", &["4"]), ("4", &["5"]), ("5", &[])];
    assert_eq!(
        among(
            r#"[{"schema":{"id":2}},{"schema":{"id":3}},{"schema":{"id":2}}]"#,
            flows
        ),
        []
    );
}

#[test]
fn the_calls_of_a_program_are_told_once_each() {
    let text = r#"[{"schema":{"id":2}},{"schema":{"id":"2"}},{"function":{"name":"f","actions":[{"schema":{"id":3.0}}]}},{"schema":{"id":"${x}"}}]"#;
    let program = flow::parse(text, &Context::default()).unwrap();
    assert_eq!(flow::calls(&program), ["2", "3"]);
}
