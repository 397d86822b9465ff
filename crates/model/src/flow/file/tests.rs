//! Files that are read and written.

use super::*;
use crate::FlowInput;

fn echo() -> FlowFile {
    FlowFile {
        name: "Їжак “Echo”".into(),
        description: "Repeats\nwhat is said".into(),
        kind: FlowKind::Diagram,
        tags: vec!["shop".into(), "Київ".into()],
        program: "[\n\t{ \"set\": {\"b\": 1.10, \"a\": 12345678901234567890123.0e-2} }\r\n]".into(),
    }
}

fn refused(text: &str) -> String {
    FlowFile::parse(text).unwrap_err().to_string()
}

#[test]
fn what_was_written_is_read_back_to_the_last_space_and_digit() {
    let text = echo().to_json();
    assert!(
        text.starts_with("{\n  \"chat_gateways_flow\": 1,\n  \"name\": \"Їжак"),
        "{text}"
    );
    assert!(text.contains(&echo().program), "{text}");
    assert_eq!(FlowFile::parse(&text).unwrap(), echo());
}

#[test]
fn the_file_is_json_whose_program_is_a_list_and_no_text() {
    let value: serde_json::Value = serde_json::from_str(&echo().to_json()).unwrap();
    assert!(value["program"][0]["set"].is_object());
    assert_eq!((&value["kind"], &value["tags"][1]), (&"diagram".into(), &"Київ".into()));
}

#[test]
fn a_flow_schema_without_tags_whose_texts_end_in_braces_is_read_back() {
    let file = FlowFile {
        name: "}".into(),
        description: "}\n}".into(),
        tags: Vec::new(),
        ..echo()
    };
    assert_eq!(FlowFile::parse(&file.to_json()).unwrap(), file);
}

#[test]
fn a_bare_program_is_read_and_named_after_its_file() {
    let file = FlowFile::parse("\u{feff} [ {\"sendText\": \"hi\"} ]\n").unwrap();
    assert_eq!((file.name.as_str(), file.kind), ("", FlowKind::Code));
    assert_eq!(file.program, "[ {\"sendText\": \"hi\"} ]");
    assert_eq!(file.clone().named_after("Мій echo.JSON").name, "Мій echo");
    assert_eq!(file.clone().named_after("ї").name, "ї");
    assert_eq!(file.named_after("a.txt").name, "a.txt");
    assert_eq!(echo().named_after("other.json"), echo());
}

#[test]
fn a_flow_schema_of_the_original_is_read_without_its_drawing() {
    let text = r#"{"id": "60", "name": "Shop", "description": null, "type": 2, "editor": true, "tags": null,
        "schema": [{"b": 1.0, "a": 2}], "payload": {"nodes": [1, 2]}, "debug": false}"#;
    let file = FlowFile::parse(text).unwrap();
    assert_eq!((file.name.as_str(), file.description.as_str()), ("Shop", ""));
    assert_eq!((file.kind, file.tags.len()), (FlowKind::Code, 0));
    assert_eq!(file.program, r#"[{"b": 1.0, "a": 2}]"#);
}

#[test]
fn the_form_of_a_new_flow_schema_takes_what_was_read() {
    let input = FlowInput::parse(&echo().fields()).unwrap();
    assert_eq!((input.name, input.description), (echo().name, echo().description));
    assert_eq!((input.program, input.tags), (echo().program, echo().tags));
}

#[test]
fn what_is_wrong_is_said_in_words_with_its_place() {
    let cases = [
        ("", "The file is empty."),
        (" \n", "The file is empty."),
        ("name: x", "The file is no JSON. Line 1, column 2: expected ident."),
        (
            "[\n {\"їжак\": }\n]",
            "The file is no JSON. Line 2, column 11: expected value.",
        ),
        ("[] []", "The file is no JSON. Line 1, column 4: trailing characters."),
        (
            "[1, 2",
            "The file is no JSON. Line 1, column 5: EOF while parsing a list.",
        ),
        ("\"text\"", "This is not the file of a flow schema"),
        ("{\"program\": []}", "This is not the file of a flow schema"),
        ("{\"chat_gateways_flow\": 1}", "The file has no “program”."),
        ("{\"chat_gateways_flow\": 2}", "The file has format 2; this version"),
        (
            "{\"chat_gateways_flow\": \"1\"}",
            "Line 1, column 24: “chat_gateways_flow” must be the number of a format.",
        ),
        (
            "{\"chat_gateways_flow\": 1,\n  \"program\": \"[]\"}",
            "Line 2, column 14: the program must be a list of nodes",
        ),
        (
            "{\"schema\": [],\n\n \"name\": 7}",
            "Line 3, column 10: “name” must be a text.",
        ),
        ("{\"schema\": [], \"tags\": [1]}", "“tags” must be a list of texts."),
        (
            "{\"chat_gateways_flow\": 1, \"kind\": \"drawing\", \"program\": []}",
            "“kind” must be “code” or “diagram”.",
        ),
        (
            "{\"schema\": [],\n \"schema\": [1]}",
            "Line 2, column 12: “schema” is here for a second time.",
        ),
    ];
    for (text, expected) in cases {
        let said = refused(text);
        assert!(said.contains(expected), "{text:?}: {said}");
    }
}

#[test]
fn a_program_of_the_largest_size_survives_the_way_out_and_in() {
    let file = FlowFile {
        program: format!("[\"{}\"]", "x".repeat(MAX_PROGRAM_BYTES - 4)),
        ..echo()
    };
    assert_eq!(FlowFile::parse(&file.to_json()).unwrap(), file);
    let larger = format!("[\"{}\"]", "x".repeat(MAX_PROGRAM_BYTES - 3));
    assert!(refused(&larger).contains("1048577"));
    assert!(refused(&" ".repeat(MAX_FLOW_FILE_BYTES + 1)).contains("4194305"));
}

#[test]
fn a_million_levels_do_not_crash_the_reader() {
    let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
    assert_eq!(FlowFile::parse(&deep).unwrap().program, deep);
    assert!(refused(&"[{\"a\":".repeat(100_000)).contains("EOF"));
}

#[test]
fn half_a_character_is_refused_in_a_name_and_left_to_the_check_in_a_program() {
    let file = r#"{"chat_gateways_flow": 1, "name": "\ud800", "program": []}"#;
    assert!(refused(file).contains("“name” must be a text"));
    let file = r#"{"chat_gateways_flow": 1, "name": "x", "program": ["\ud800"]}"#;
    assert_eq!(FlowFile::parse(file).unwrap().program, r#"["\ud800"]"#);
}
