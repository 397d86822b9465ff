//! What a node's object may hold, and what is never reached.

use crate::{kinds, only, paths};
use flow::{Context, MistakeKind};

const NONE: [&str; 0] = [];

#[test]
fn a_program_is_a_list_of_nodes() {
    assert_eq!(only("{}").kind, MistakeKind::Shape);
    assert_eq!(only("5").path, "");
    assert!(flow::parse("[]", &Context::default()).is_ok());
    for (text, path) in [("[5]", "[0]"), ("[null]", "[0]"), ("[[]]", "[0]"), ("[{}]", "[0]")] {
        assert_eq!(kinds(text), [(path.to_owned(), MistakeKind::Shape)], "{text}");
    }
    assert_eq!(paths(r#"[{"log":"a","sendText":"b"}]"#), ["[0]"]);
    assert_eq!(paths(r#"[{"log":"a","sendTxt":"b"}]"#), ["[0]"]);
    assert_eq!(paths(r#"[{"tag":"a","_id":"b"}]"#), ["[0]"]);
}

#[test]
fn what_stands_beside_a_node_is_looked_at() {
    let right =
        r#"[{"_id":5,"tag":"a","break":false,"async":true,"trace":1,"limit":{"max":"2","failover":"a"},"log":""}]"#;
    assert_eq!(paths(right), NONE);
    assert_eq!(paths(r#"[{"tag":null,"break":null,"limit":null,"log":""}]"#), NONE);
    for (siblings, path) in [
        (r#""tag":5"#, "[0].tag"),
        (r#""break":"yes""#, "[0].break"),
        (r#""limit":3"#, "[0].limit"),
        (r#""limit":{"failover":"a"}"#, "[0].limit.max"),
        (r#""limit":{"max":1.5,"failover":"a"}"#, "[0].limit.max"),
        (r#""limit":{"max":-1,"failover":"a"}"#, "[0].limit.max"),
        (r#""limit":{"max":"${n}","failover":"a"}"#, "[0].limit.max"),
        (r#""limit":{"max":1}"#, "[0].limit.failover"),
        (r#""limit":{"max":1,"failover":"b"}"#, "[0].limit.failover"),
        (r#""limit":{"max":1,"failover":"${a}","x":1}"#, "[0].limit.x"),
    ] {
        let text = format!(r#"[{{{siblings},"log":""}},{{"tag":"a","log":""}}]"#);
        assert_eq!(paths(&text), [path], "{text}");
    }
}

#[test]
fn break_is_a_node_when_it_stands_alone() {
    let program = flow::parse(
        r#"[{"tag":"a","break":true},{"tag":"b","log":"","break":true}]"#,
        &Context::default(),
    )
    .unwrap();
    let nodes = &program.lists[0].nodes;
    assert_eq!(nodes[0].action, flow::program::Action::Break);
    assert!(nodes[1].breaks);
}

#[test]
fn what_follows_an_end_is_never_reached_and_told_once() {
    for end in [r#"{"break":true}"#, r#"{"close":true}"#, r#"{"log":"","break":true}"#] {
        let text = format!(r#"[{end},{{"log":"a"}},{{"log":"b"}}]"#);
        assert_eq!(
            kinds(&text),
            [("[1].log".to_owned(), MistakeKind::Unreachable)],
            "{text}"
        );
    }
}

#[test]
fn a_tag_ends_what_is_never_reached() {
    assert_eq!(paths(r#"[{"close":true},{"tag":"a","log":""},{"log":""}]"#), NONE);
    assert_eq!(
        paths(r#"[{"close":true},{"log":""},{"tag":"a","log":""},{"break":true},{"log":""}]"#),
        ["[1].log", "[4].log"]
    );
}

#[test]
fn definitions_are_not_told_and_end_nothing() {
    let function = r#"{"function":{"name":"f","actions":[]}}"#;
    assert_eq!(
        paths(&format!(r#"[{{"close":true}},{function},{{"trigger":{{}}}}]"#)),
        NONE
    );
    assert_eq!(
        paths(&format!(r#"[{{"close":true}},{function},{{"log":""}}]"#)),
        ["[2].log"]
    );
}

#[test]
fn what_follows_a_jump_or_a_branch_that_ends_is_not_told() {
    assert_eq!(paths(r#"[{"tag":"a","goto":"a"},{"log":""}]"#), NONE);
    assert_eq!(
        paths(r#"[{"if":{"expression":"1","then":[{"close":true}],"else":[{"break":true}]}},{"log":""}]"#),
        NONE
    );
}

#[test]
fn an_unknown_node_is_one_mistake() {
    assert_eq!(
        paths(r#"[{"sendTxt":{"x":1,"x":2,"y":[{"goto":"z"}]}}]"#),
        ["[0].sendTxt"]
    );
    assert_eq!(paths(r#"[{"close":true},{"sendTxt":""}]"#), ["[1].sendTxt"]);
    assert_eq!(paths(r#"[{"tag":"a","sendTxt":""},{"goto":"a"}]"#), ["[0].sendTxt"]);
}

#[test]
fn names_that_stand_twice_are_told_at_the_second() {
    let twice = |path: &str| vec![(path.to_owned(), MistakeKind::Duplicate)];
    assert_eq!(kinds(r#"[{"log":"a","log":"b"}]"#), twice("[0].log"));
    assert_eq!(kinds(r#"[{"set":{"a":1,"a":2}}]"#), twice("[0].set.a"));
    assert_eq!(
        kinds(r#"[{"tag":"a","log":""},{"tag":"a","log":""}]"#),
        twice("[1].tag")
    );
    let commands = r#"[{"trigger":{"commands":{"/a":[]}}},{"trigger":{"commands":{"/a":[]}}}]"#;
    assert_eq!(kinds(commands), twice("[1].trigger.commands[\"/a\"]"));
    assert_eq!(
        kinds(r#"[{"trigger":{"commands":{"/a":[],"/a":[]}}}]"#),
        twice("[0].trigger.commands[\"/a\"]")
    );
    let disconnected = r#"[{"trigger":{"disconnected":[]}},{"trigger":{"disconnected":[]}}]"#;
    assert_eq!(kinds(disconnected), twice("[1].trigger.disconnected"));
}

#[test]
fn the_places_of_a_program_are_those_of_its_text() {
    let text = r#"[{"if":{"expression":"1","then":[{"log":"a"}]}},{"function":{"name":"f","actions":[{"tag":"t","log":""}]}}]"#;
    let program = flow::parse(text, &Context::default()).unwrap();
    let lists: Vec<(&str, bool, u32)> = program
        .lists
        .iter()
        .map(|list| (&*list.path, list.holder.is_some(), list.scope.0))
        .collect();
    assert_eq!(
        lists,
        [
            ("", false, 0),
            ("[0].if.then", true, 0),
            ("[1].function.actions", false, 1)
        ]
    );
    assert_eq!(program.scopes[1].tags["t"].list, program.functions["f"]);
}

#[test]
fn a_mistake_in_the_second_of_two_members_with_one_name_is_marked_where_it_stands() {
    let first = r#"{"sendText":"a"}"#;
    let text = format!(
        r#"[{{"if":{{"expression":"1","then":[{first}],"then":[{first},{{"sendTxt":"b"}},{{"recvMessage":{{"set":1}}}}]}}}},
            {{"sendTxt":"c","sendTxt":"d"}}]"#
    );
    let mistakes = flow::parse(&text, &Context::default()).unwrap_err();
    let marked: Vec<(&str, &str)> = mistakes
        .iter()
        .map(|mistake| (mistake.path.as_str(), &text[mistake.bytes.clone()]))
        .collect();
    assert_eq!(
        marked,
        [
            ("[0].if.then", r#""then""#),
            ("[0].if.then[1].sendTxt", r#""sendTxt""#),
            ("[0].if.then[2].recvMessage.set", "1"),
            ("[1].sendTxt", r#""sendTxt""#),
            ("[1].sendTxt", r#""sendTxt""#),
        ]
    );
    let second = text.rfind(r#""then""#).unwrap();
    assert!(mistakes[..3].iter().all(|mistake| mistake.bytes.start >= second));
    assert!(mistakes[3].bytes.end < mistakes[4].bytes.start && mistakes[4].kind == MistakeKind::Duplicate);
    // A path alone leads to the first of the two, or nowhere: whoever goes to a mistake goes by its place.
    assert_eq!(flow::locate(&text, &mistakes[1].path), None);
    for mistake in &mistakes {
        assert_eq!(flow::path_at(&text, mistake.bytes.start).as_ref(), Some(&mistake.path));
    }
}
