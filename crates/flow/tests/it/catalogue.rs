//! The table itself: complete, the same for the check, the editor and the documentation.

use flow::catalogue::{self, Argument, Need, Type, completions, nodes};
use std::collections::HashSet;

/// The nodes of the specification.
const SPECIFIED: [&str; 29] = [
    "recvMessage",
    "sendText",
    "sendMessage",
    "menu",
    "sendImage",
    "sendFile",
    "sendAction",
    "if",
    "switch",
    "set",
    "unSet",
    "while",
    "goto",
    "break",
    "function",
    "execute",
    "schema",
    "sleep",
    "softSleep",
    "js",
    "httpRequest",
    "string",
    "math",
    "calendar",
    "classifier",
    "chatHistory",
    "trigger",
    "log",
    "close",
];

#[test]
fn every_node_of_the_specification_is_in_the_table_once() {
    let found: Vec<&str> = nodes().map(|node| node.name).collect();
    let names: HashSet<&str> = found.iter().copied().collect();
    assert_eq!(names.len(), found.len());
    assert_eq!(names, HashSet::from(SPECIFIED));
}

#[test]
fn every_node_and_parameter_has_a_line_of_documentation() {
    let sentence = |text: &str| text.ends_with('.') && !text.contains('\n') && text.len() > 5;
    for node in nodes() {
        assert!(sentence(node.doc), "{}", node.name);
        if let Argument::Alone(_, doc) = node.argument {
            assert!(sentence(doc), "{}", node.name);
        }
        for parameter in node.argument.parameters() {
            assert!(sentence(parameter.doc), "{} {}", node.name, parameter.name);
        }
    }
    for parameter in [
        catalogue::SIBLINGS,
        catalogue::LIMIT,
        catalogue::BUTTON,
        catalogue::FILE,
    ]
    .into_iter()
    .flatten()
    {
        assert!(sentence(parameter.doc), "{}", parameter.name);
    }
}

#[test]
fn every_node_and_parameter_is_offered_by_the_editor() {
    let offered = completions();
    for node in nodes() {
        let completion = offered.nodes.iter().find(|completion| completion.name == node.name);
        let completion = completion.unwrap_or_else(|| panic!("{} is not offered", node.name));
        assert_eq!(completion.snippet, node.example);
        for parameter in node.argument.parameters() {
            let found = completion
                .parameters
                .iter()
                .any(|offered| offered.name == parameter.name);
            assert_eq!(
                found,
                parameter.need != Need::Ignored,
                "{} {}",
                node.name,
                parameter.name
            );
        }
    }
    for parameter in offered
        .nodes
        .iter()
        .flat_map(|node| &node.parameters)
        .chain(&offered.siblings)
        .chain(&offered.limit)
        .chain(&offered.button)
        .chain(&offered.file)
    {
        let member: serde_json::Value = serde_json::from_str(&format!("{{{}}}", parameter.snippet)).unwrap();
        assert!(member.get(parameter.name).is_some(), "{}", parameter.snippet);
    }
    let json = serde_json::to_value(&offered).unwrap();
    assert_eq!(json["nodes"][0]["name"], "sendText");
    assert_eq!(json["nodes"][0]["group"], "messages");
}

#[test]
fn words_to_choose_from_are_named_in_what_is_expected() {
    assert_eq!(Type::Choice(&["a", "b", "c"]).expected(), "“a”, “b” or “c”");
    assert_eq!(Type::Word(&["a"]).expected(), "“a”");
}

#[test]
fn the_reference_of_the_documentation_is_this_table() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FLOWS.md");
    let text = std::fs::read_to_string(path).unwrap();
    let (_, behind) = text.split_once("<!-- nodes: begin -->\n").unwrap();
    let (written, _) = behind.split_once("<!-- nodes: end -->").unwrap();
    let table = catalogue::reference();
    assert_eq!(
        written.trim(),
        table.trim(),
        "put what `cargo run -p flow --example reference` prints between the two marks of docs/FLOWS.md"
    );
    for node in nodes() {
        assert!(written.contains(&format!("### `{}`\n", node.name)), "{}", node.name);
    }
}

#[test]
fn every_program_of_the_documentation_passes_the_check() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/FLOWS.md");
    let text = std::fs::read_to_string(path).unwrap();
    let mut programs = 0;
    for block in text.split("```json\n").skip(1) {
        let (example, _) = block.split_once("\n```").unwrap();
        if example.starts_with('[') {
            programs += 1;
            let found = flow::parse(example, &flow::Context::default());
            assert!(found.is_ok(), "{example}\n{found:?}");
        }
    }
    assert!(programs >= 3);
}
