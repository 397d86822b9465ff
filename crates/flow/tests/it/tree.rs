//! What a checked program holds.

use flow::program::{Action, Button, Media, Number, Reference, Send, SendNode, Value};
use flow::{Context, Program, Template};

fn program(text: &str) -> Program {
    flow::parse(text, &Context::default()).unwrap_or_else(|mistakes| panic!("{text} {mistakes:?}"))
}

/// The action of the only node of a program.
fn action(text: &str) -> Action {
    let mut program = program(&format!("[{text}]"));
    program.lists[0].nodes.remove(0).action
}

fn text(text: &str) -> Template {
    Template::parse(text)
}

#[test]
fn numbers_are_known_or_inserted() {
    let seconds = |written: &str| match action(&format!(r#"{{"recvMessage":{{"set":"a","timeout":{written}}}}}"#)) {
        Action::Receive { timeout, .. } => timeout,
        other => panic!("{other:?}"),
    };
    assert_eq!(seconds("1.5e2"), Some(Number::Literal(150.0)));
    assert_eq!(seconds("\"30\""), Some(Number::Literal(30.0)));
    assert_eq!(seconds("\"\""), Some(Number::Literal(0.0)));
    assert_eq!(seconds("null"), None);
    assert_eq!(seconds("\"${n}0\""), Some(Number::Text(text("${n}0"))));
}

#[test]
fn the_rows_of_a_menu_are_reply_or_inline_buttons() {
    let rows = vec![vec![Button {
        kind: None,
        caption: Some(text("C")),
        text: Some(text("T")),
        code: Some(text("1")),
        url: None,
    }]];
    let menu = |kind: &str| {
        let menu = format!(
            r#"{{"menu":{{{kind}"text":"?","noInput":true,"buttons":[[{{"caption":"C","text":"T","code":1}}]]}}}}"#
        );
        match action(&menu) {
            Action::Send(send) => send,
            other => panic!("{other:?}"),
        }
    };
    let reply = Send {
        node: SendNode::Menu,
        text: Some(text("?")),
        buttons: rows.clone(),
        no_input: true,
        ..Send::default()
    };
    let inline = Send {
        buttons: Vec::new(),
        inline: rows,
        ..reply.clone()
    };
    assert_eq!(menu(""), reply);
    assert_eq!(menu(r#""type":"buttons","#), reply);
    assert_eq!(menu(r#""type":"inline","#), inline);
}

#[test]
fn a_file_is_an_object_or_stands_beside() {
    let media = |node: &str| match action(node) {
        Action::Send(send) => send.media,
        other => panic!("{other:?}"),
    };
    let file = |image| {
        Some(Media {
            image,
            url: text("https://e.com/a"),
            name: Some(text("a")),
            mime: None,
        })
    };
    let beside = r#""url":"https://e.com/a","name":"a""#;
    assert_eq!(media(&format!(r#"{{"sendFile":{{{beside}}}}}"#)), file(false));
    assert_eq!(
        media(&format!(r#"{{"sendFile":{{"file":{{{beside}}}}}}}"#)),
        file(false)
    );
    assert_eq!(media(&format!(r#"{{"sendImage":{{{beside}}}}}"#)), file(true));
    assert_eq!(
        media(&format!(r#"{{"sendMessage":{{"type":"file","file":{{{beside}}}}}}}"#)),
        file(false)
    );
    assert_eq!(
        media(&format!(r#"{{"sendMessage":{{"type":"image","file":{{{beside}}}}}}}"#)),
        file(true)
    );
    assert_eq!(media(r#"{"sendMessage":{"text":"x"}}"#), None);
}

#[test]
fn values_keep_their_kind_and_order() {
    let value = Value::Object(vec![
        (
            "b".into(),
            Value::List(vec![Value::Null, Value::Bool(true), Value::Number(-2.5)]),
        ),
        ("a".into(), Value::Text(text("${x}"))),
    ]);
    let set = action(r#"{"set":{"z.${k}":{"b":[null,true,-2.5],"a":"${x}"},"y":""}}"#);
    assert_eq!(
        set,
        Action::Set(vec![(text("z.${k}"), value), (text("y"), Value::Text(text("")))])
    );
}

#[test]
fn a_single_value_of_math_is_a_list_of_one() {
    let data = |data: &str| match action(&format!(r#"{{"math":{{"data":{data},"setVar":"a"}}}}"#)) {
        Action::Math { data, function, .. } => (function, data),
        other => panic!("{other:?}"),
    };
    assert_eq!(data("5"), (None, vec![Value::Number(5.0)]));
    assert_eq!(data("[5]"), (None, vec![Value::Number(5.0)]));
}

#[test]
fn calendars_and_flows_go_by_id_or_name() {
    let calendar = |which: &str| match action(&format!(r#"{{"calendar":{{{which},"setVar":"a"}}}}"#)) {
        Action::Calendar { calendar, .. } => calendar,
        other => panic!("{other:?}"),
    };
    assert_eq!(calendar(r#""id":12"#), Reference::Id(text("12")));
    assert_eq!(calendar(r#""id":12,"name":"Desk""#), Reference::Id(text("12")));
    assert_eq!(calendar(r#""id":null,"name":"Desk""#), Reference::Name(text("Desk")));
    assert_eq!(action(r#"{"schema":{"id":40}}"#), Action::Schema(text("40")));
    assert_eq!(action(r#"{"schema":{"id":"040"}}"#), Action::Schema(text("040")));
}

#[test]
fn the_case_default_is_kept_apart() {
    let program = program(r#"[{"switch":{"variable":"${a}","case":{"default":[],"":[],"x":[]}}}]"#);
    let Action::Switch { cases, default, .. } = &program.lists[0].nodes[0].action else {
        panic!("{program:?}")
    };
    assert_eq!(cases.len(), 2);
    let path = |list: Option<&flow::program::ListId>| list.map(|list| &*program.lists[list.0 as usize].path);
    assert_eq!(path(cases.get("")), Some("[0].switch.case[\"\"]"));
    assert_eq!(path(default.as_ref()), Some("[0].switch.case.default"));
}

#[test]
fn a_request_keeps_what_is_written() {
    let Action::Http(http) = action(
        r#"{"httpRequest":{"url":"http://e/${id}","headers":{"B":"1","A":2},"path":{"id":"${n}"},"data":[1],"exportVariables":{"a.b":"c"}}}"#,
    ) else {
        panic!("no request")
    };
    assert_eq!(http.headers, [("B".into(), text("1")), ("A".into(), text("2"))]);
    assert_eq!(http.path, [("id".into(), text("${n}"))]);
    assert_eq!(http.data, Some(Value::List(vec![Value::Number(1.0)])));
    assert_eq!(http.export_variables, [(text("a.b"), text("c"))]);
    assert_eq!((http.method, http.timeout, http.parser), (None, None, None));
}

#[test]
fn definitions_hold_the_lists_of_their_own() {
    let program = program(
        r#"[{"if":{"expression":"1","then":[{"trigger":{"commands":{"/a":[]},"disconnected":[]}},{"function":{"name":"f","actions":[]}}]}}]"#,
    );
    let then = &program.lists[1];
    assert!(then.nodes.iter().all(|node| node.action == Action::Define));
    let lists = [
        program.commands["/a"],
        program.disconnected.unwrap(),
        program.functions["f"],
    ];
    for list in lists.map(|list| &program.lists[list.0 as usize]) {
        assert!(list.holder.is_none() && list.scope != then.scope, "{}", list.path);
    }
    assert_eq!(program.scopes.len(), 4);
}
