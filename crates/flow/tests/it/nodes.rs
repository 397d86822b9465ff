//! Every node of the table: forms that are right, and each parameter missing or wrong.

use crate::{kinds, paths};
use flow::catalogue::{self, Need};
use flow::{Context, MistakeKind};
use serde_json::{Value, json};

/// A node, values of its argument that are right, and values that are wrong with the paths below the node's name.
struct Case {
    name: &'static str,
    right: Vec<Value>,
    wrong: Vec<(Value, Vec<&'static str>)>,
}

fn case(name: &'static str, right: Vec<Value>, wrong: Vec<(Value, Vec<&'static str>)>) -> Case {
    Case { name, right, wrong }
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

fn messages() -> Vec<Case> {
    let row = json!([[{ "text": "Yes", "code": "yes" }, { "caption": "Site", "type": "url", "url": "https://e.com" }]]);
    vec![
        case(
            "sendText",
            vec![json!(""), json!("Hi ${peer_name}")],
            vec![(json!({ "text": "x" }), vec![""]), (json!(5), vec![""]), (json!(null), vec![""]), (json!(["x"]), vec![""])],
        ),
        case(
            "recvMessage",
            vec![
                json!({ "set": "a" }),
                json!({ "set": "a.b.0", "timeout": "30", "messageTimeout": "${n}", "delimiter": "\n" }),
                json!({ "set": "a", "timeout": null, "messageTimeout": "" }),
            ],
            vec![
                (json!({}), vec![".set"]),
                (json!({ "set": "" }), vec![".set"]),
                (json!({ "set": null }), vec![".set"]),
                (json!({ "set": 5, "timeout": "a minute", "messageTimeout": -1, "delimiter": 7 }), vec![".delimiter", ".messageTimeout", ".set", ".timeout"]),
                (json!({ "set": "a", "timeout": true }), vec![".timeout"]),
                (json!({ "set": "a", "timout": 5 }), vec![".timout"]),
                (json!({ "sett": "a" }), vec![".set"]),
                (json!("a"), vec![""]),
            ],
        ),
        case(
            "menu",
            vec![
                json!({ "text": "?", "buttons": row }),
                json!({ "type": "inline", "text": "?", "buttons": [[]], "set": "x", "noInput": true, "kind": "a_1" }),
                json!({ "text": "?", "buttons": [[{ "text": "1", "code": 1, "type": "reply", "url": "tg://x" }]] }),
            ],
            vec![
                (json!({}), vec![".text", ".buttons"]),
                (json!({ "text": "?", "buttons": "Yes, No" }), vec![".buttons"]),
                (json!({ "text": "?", "buttons": ["Yes"] }), vec![".buttons[0]"]),
                (json!({ "text": "?", "buttons": [["Yes"]] }), vec![".buttons[0][0]"]),
                (json!({ "text": "?", "buttons": [[{ "code": "yes" }]] }), vec![".buttons[0][0].text"]),
                (json!({ "text": "?", "buttons": [[{ "text": "x", "type": "url" }]] }), vec![".buttons[0][0].url"]),
                (json!({ "text": "?", "buttons": [[{ "text": "x", "cod": "y" }]] }), vec![".buttons[0][0].cod"]),
                (json!({ "text": 1, "buttons": [], "type": "list", "set": 1, "noInput": "yes", "kind": "a b" }), vec![".kind", ".noInput", ".set", ".text", ".type"]),
            ],
        ),
        case(
            "sendMessage",
            vec![
                json!({ "text": "x" }),
                json!({ "type": "file", "file": { "url": "https://e.com/a", "name": "a", "mime": "text/plain" } }),
                json!({ "inline": row, "buttons": row, "noInput": false, "kind": "${kind}", "server": "x" }),
            ],
            vec![
                (json!({}), vec![".text"]),
                (json!({ "noInput": true }), vec![".text"]),
                (json!({ "file": {} }), vec![".file.url"]),
                (json!({ "file": { "url": "ftp://e.com", "name": 1, "mime": 2 } }), vec![".file.mime", ".file.name", ".file.url"]),
                (json!({ "text": 1, "file": "x", "buttons": {}, "inline": "x", "noInput": 1, "kind": "-", "type": 1 }), vec![".buttons", ".file", ".inline", ".kind", ".noInput", ".text", ".type"]),
            ],
        ),
        case(
            "sendImage",
            vec![json!({ "url": "https://e.com/a.png" }), json!({ "url": "${u}", "name": "a", "text": "b", "kind": "c", "server": "" }), json!({ "file": { "url": "http://e.com", "name": "n" } })],
            vec![
                (json!({}), vec![".url"]),
                (json!({ "url": "a.png", "name": 1, "text": 2, "kind": "!", "file": 3 }), vec![".file", ".kind", ".name", ".text", ".url"]),
            ],
        ),
        case(
            "sendFile",
            vec![json!({ "url": "https://e.com/a.pdf", "name": "a.pdf" }), json!({ "file": { "url": "https://e.com", "id": 3 }, "text": "x", "kind": "", "source": "url", "server": "s", "expire": 5 })],
            vec![
                (json!({}), vec![".url"]),
                (json!({ "file": { "id": 3, "name": "a" } }), vec![".file.url"]),
                (json!({ "url": "", "name": [], "text": {}, "kind": 1, "file": [] }), vec![".file", ".kind", ".name", ".text", ".url"]),
            ],
        ),
        case(
            "sendAction",
            vec![json!({ "action": "typing" }), json!({ "action": "cancel" }), json!({ "action": "${a}" })],
            vec![(json!({}), vec![".action"]), (json!({ "action": "dancing" }), vec![".action"]), (json!("typing"), vec![""])],
        ),
        case(
            "chatHistory",
            vec![json!({ "variable": "h" }), json!({ "variable": "h", "format": "html", "limit": 5, "timeout": 1, "conversationId": "x" })],
            vec![(json!({}), vec![".variable"]), (json!({ "variable": "", "format": "pdf", "limit": "all" }), vec![".format", ".limit", ".variable"])],
        ),
    ]
}

fn control() -> Vec<Case> {
    vec![
        case(
            "if",
            vec![json!({ "expression": "1" }), json!({ "expression": "${a}", "then": [], "else": [{ "log": "x" }] })],
            vec![
                (json!({}), vec![".expression"]),
                (json!({ "expression": " ", "then": {}, "else": "x" }), vec![".else", ".expression", ".then"]),
                (json!({ "expression": true, "then": [5] }), vec![".expression", ".then[0]"]),
            ],
        ),
        case(
            "switch",
            vec![json!({ "variable": "${a}", "case": {} }), json!({ "variable": "", "case": { "": [], "default": [], "a b": [{ "log": "" }] } })],
            vec![
                (json!({}), vec![".variable", ".case"]),
                (json!({ "variable": 1, "case": [] }), vec![".case", ".variable"]),
                (json!({ "variable": "", "case": { "1": {}, "ї": [1], "": null } }), vec![".case[\"\"]", ".case.1", ".case[\"ї\"][0]"]),
            ],
        ),
        case(
            "while",
            vec![json!({ "condition": "0", "do": [] }), json!({ "condition": "0", "do": [{ "log": "" }], "maxSteps": "${n}" })],
            vec![(json!({}), vec![".condition", ".do"]), (json!({ "condition": "", "do": "x", "maxSteps": "many" }), vec![".condition", ".do", ".maxSteps"])],
        ),
        case("goto", vec![json!("start"), json!("${tag}")], vec![(json!("nowhere"), vec![""]), (json!({ "tag": "start" }), vec![""]), (json!(""), vec![""])]),
        case("break", vec![json!(true)], vec![(json!(false), vec![""]), (json!("true"), vec![""])]),
        case("close", vec![json!(true)], vec![(json!(false), vec![""]), (json!({}), vec![""])]),
        case(
            "function",
            vec![json!({ "name": "f", "actions": [] }), json!({ "name": "f", "actions": [{ "log": "" }] })],
            vec![(json!({}), vec![".name", ".actions"]), (json!({ "name": "", "actions": {} }), vec![".actions", ".name"]), (json!({ "name": "goodbye", "actions": [] }), vec!["#2"])],
        ),
        case(
            "execute",
            vec![json!({ "name": "goodbye" }), json!({ "name": "${f}", "async": true })],
            vec![(json!({}), vec![".name"]), (json!({ "name": "hello" }), vec![".name"]), (json!({ "name": 5 }), vec![".name"]), (json!("goodbye"), vec![""])],
        ),
        case(
            "schema",
            vec![json!({ "id": 40 }), json!({ "id": "40" }), json!({ "id": "${id}", "async": false })],
            vec![(json!({}), vec![".id"]), (json!({ "id": "" }), vec![".id"]), (json!({ "id": [40] }), vec![".id"])],
        ),
        case(
            "trigger",
            vec![json!({}), json!({ "commands": { "/a": [], "b": [{ "log": "" }] }, "disconnected": [{ "log": "" }] })],
            vec![
                (json!({ "commands": [], "disconnected": {} }), vec![".commands", ".disconnected"]),
                (json!({ "commands": { "/a": "x" } }), vec![".commands[\"/a\"]"]),
                (json!({ "commands": { "/a": [{ "goto": "start" }] } }), vec![".commands[\"/a\"][0].goto"]),
            ],
        ),
        case("sleep", vec![json!(100), json!("100"), json!("${ms}"), json!(-1)], vec![(json!("long"), vec![""]), (json!({ "ms": 1 }), vec![""])]),
        case("softSleep", vec![json!(100), json!("${ms}")], vec![(json!("1,5"), vec![""]), (json!(null), vec![""])]),
    ]
}

fn values() -> Vec<Case> {
    vec![
        case("set", vec![json!({}), json!({ "a": 1, "b.c": null, "${d}": { "e": ["${f}"] } })], vec![(json!(["a"]), vec![""]), (json!({ "": 1 }), vec!["[\"\"]"])]),
        case("unSet", vec![json!([]), json!(["a", "b.c", "${d}"])], vec![(json!("a"), vec![""]), (json!({ "a": 1 }), vec![""]), (json!(["a", 5]), vec!["[1]"])]),
        case(
            "js",
            vec![json!({ "data": "return 1;" }), json!({ "data": "", "setVar": "" }), json!({ "data": "", "setVar": "a.b" })],
            vec![(json!({}), vec![".data"]), (json!({ "data": 1, "setVar": 2 }), vec![".data", ".setVar"])],
        ),
        case(
            "string",
            vec![json!({ "fn": "trim", "data": "${a}", "setVar": "b" }), json!({ "fn": "${f}", "data": [1, {}], "args": [1, "/x/g"], "setVar": "b" })],
            vec![(json!({}), vec![".fn", ".data", ".setVar"]), (json!({ "fn": 1, "data": 1, "args": "x", "setVar": "" }), vec![".args", ".fn", ".setVar"])],
        ),
        case(
            "math",
            vec![json!({ "data": [1, 2], "setVar": "b" }), json!({ "fn": "sqrt", "data": "${a}", "setVar": "b" })],
            vec![(json!({}), vec![".data", ".setVar"]), (json!({ "fn": [], "data": 1, "setVar": {} }), vec![".fn", ".setVar"])],
        ),
        case(
            "classifier",
            vec![json!({ "cluster": { "a": ["x"], "b": [] }, "input": "${a}", "set": "t" }), json!({ "cluster": {}, "input": "", "set": "t", "matchType": "part", "phraseSearch": true })],
            vec![
                (json!({}), vec![".cluster", ".input", ".set"]),
                (json!({ "cluster": { "a": "x", "b": [1] }, "input": 1, "set": "", "matchType": "half", "phraseSearch": "no" }), vec![".cluster.a", ".cluster.b[0]", ".input", ".matchType", ".phraseSearch", ".set"]),
                (json!({ "cluster": [], "input": "", "set": "t" }), vec![".cluster"]),
            ],
        ),
    ]
}

fn outside() -> Vec<Case> {
    vec![
        case(
            "httpRequest",
            vec![
                json!({ "url": "https://e.com" }),
                json!({ "url": "${base}/x", "method": "get", "timeout": "3000", "headers": { "A": "b", "C": 1 }, "path": { "id": 7 }, "data": { "a": [null] }, "parser": "text/xml", "responseCode": "c", "exportVariables": { "a": "b.0" }, "exportCookie": "k", "cacheCookie": "", "insecureSkipVerify": true, "renegotiation": 1 }),
                json!({ "url": "http://e.com", "method": "${m}", "data": "text" }),
            ],
            vec![
                (json!({}), vec![".url"]),
                (json!({ "url": "e.com", "method": "FETCH", "timeout": "soon", "headers": [], "path": "x" }), vec![".headers", ".method", ".path", ".timeout", ".url"]),
                (json!({ "url": "http://e.com", "parser": 1, "responseCode": 2, "exportCookie": 4, "exportVariables": ["price"] }), vec![".exportCookie", ".exportVariables", ".parser", ".responseCode"]),
                (json!({ "url": "http://e.com", "headers": { "A": {} }, "path": { "x y": [] }, "exportVariables": { "": "a", "b": 1 } }), vec![".exportVariables[\"\"]", ".exportVariables.b", ".headers.A", ".path[\"x y\"]"]),
            ],
        ),
        case(
            "calendar",
            vec![json!({ "name": "Desk", "setVar": "o" }), json!({ "id": 12, "setVar": "o", "extended": true }), json!({ "id": "${c}", "name": "", "setVar": "o" })],
            vec![(json!({}), vec![".name", ".setVar"]), (json!({ "name": 1, "id": [], "setVar": "", "extended": "yes" }), vec![".extended", ".id", ".name", ".setVar"])],
        ),
        case("log", vec![json!("x ${a}")], vec![(json!(5), vec![""]), (json!({ "message": "x" }), vec![""])]),
    ]
}

fn cases() -> Vec<Case> {
    [messages(), control(), values(), outside()].into_iter().flatten().collect()
}

#[test]
fn every_node_of_the_table_has_a_test_for_each_of_its_parameters() {
    let cases = cases();
    for node in catalogue::nodes() {
        let case = cases.iter().find(|case| case.name == node.name);
        let case = case.unwrap_or_else(|| panic!("“{}” has no test", node.name));
        for parameter in node.argument.parameters() {
            let used = case.right.iter().any(|value| value.get(parameter.name).is_some());
            assert!(used, "no right form of “{}” has “{}”", node.name, parameter.name);
            let told = case.wrong.iter().flat_map(|(_, paths)| paths).any(|path| path.starts_with(&format!(".{}", parameter.name)));
            let free = parameter.need == Need::Ignored || parameter.kind == catalogue::Type::Any;
            assert!(told || (free && parameter.need != Need::Required), "no wrong form of “{}” is about “{}”", node.name, parameter.name);
        }
    }
    assert_eq!(cases.len(), catalogue::nodes().count());
}

#[test]
fn right_forms_are_accepted() {
    for case in cases() {
        for value in &case.right {
            assert_eq!(paths(&program(case.name, value)), [""; 0], "{} {value}", case.name);
        }
    }
}

#[test]
fn wrong_forms_are_told_with_the_path_of_what_is_wrong() {
    for case in cases() {
        for (value, expected) in &case.wrong {
            let expected: Vec<String> = expected
                .iter()
                .map(|path| match *path {
                    // The second function of this name is the wrong one.
                    "#2" => "[2].function.name".to_owned(),
                    path => format!("[0].{}{path}", case.name),
                })
                .collect();
            assert_eq!(paths(&program(case.name, value)), expected, "{} {value}", case.name);
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
        assert!(program.is_ok_and(|program| !program.lists[0].nodes.is_empty()) || ["break", "close"].contains(&node.name), "{text}");
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
