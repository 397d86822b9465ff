//! What a run tells of its steps.

use crate::support::Talk;
use flow::{TraceLine, VariableChange};
use serde_json::json;

fn line(path: &str, node: &str, did: &str) -> TraceLine {
    TraceLine {
        path: path.into(),
        node: node.into(),
        did: did.into(),
        ..TraceLine::default()
    }
}

#[test]
fn each_step_is_told_with_its_path_and_what_it_did() {
    let mut talk = Talk::of(&json!([
        {"if": {"expression": "true", "then": [{"sendText": "hello"}]}}, {"schema": {"id": "60"}}, {"recvMessage": {"set": "a"}}
    ]));
    talk = talk.and_flow("60", &json!([{"softSleep": 5}]));
    talk.begin("hi");
    talk.after(1);
    talk.says("yes");
    let told: Vec<String> = talk
        .trace
        .iter()
        .map(|line| format!("{}: {}", line.path, line.did))
        .collect();
    assert_eq!(
        told,
        [
            "[0].if: it is true",
            "[0].if.then[0].sendText: sends “hello”",
            "[1].schema: runs flow 60",
            "flow 60 [0].softSleep: pauses 5 ms",
            "flow 60 [0].softSleep: the pause is over",
            "[2].recvMessage: waits 600 s for a message",
            "[2].recvMessage: took “yes”",
        ]
    );
    assert_eq!(
        talk.trace[1],
        line("[0].if.then[0].sendText", "sendText", "sends “hello”")
    );
}

#[test]
fn variables_are_told_before_and_after() {
    let talk = Talk::start(&json!([{"set": {"a": "1"}}, {"set": {"a": "2", "b.c": 3}}, {"unSet": ["a"]}]));
    let change = |name: &str, before: &str, after: &str| VariableChange {
        name: name.into(),
        before: before.into(),
        after: after.into(),
    };
    assert_eq!(talk.trace[1].changed, [change("a", "1", "2"), change("b.c", "", "3")]);
    assert_eq!(talk.trace[2].changed, [change("a", "2", "")]);
}

#[test]
fn a_failure_is_told_in_a_sentence() {
    let talk = Talk::start(&json!([{"goto": "${peer_name}"}]));
    assert_eq!(talk.trace[0].failed.as_deref(), Some("there is no tag “Ann” here"));
    assert_eq!(talk.failed, [("[0].goto".into(), "there is no tag “Ann” here".into())]);
}

#[test]
fn a_limit_is_told_where_it_was_reached() {
    let talk = Talk::start(
        &json!([{"function": {"name": "f", "actions": [{"execute": {"name": "f"}}]}}, {"execute": {"name": "f"}}]),
    );
    let last = talk.trace.last().unwrap();
    assert_eq!(last.path, "[0].function.actions[0].execute");
    let why = "more than 64 lists, functions and flows inside each other";
    assert_eq!(
        last.failed.as_deref(),
        Some(format!("{why}: the conversation ends").as_str())
    );
    assert_eq!(talk.why(), why);
}

#[test]
fn what_is_not_sent_at_the_end_is_told() {
    let talk = Talk::start(&json!([{"trigger": {"disconnected": [{"sendText": "unheard"}]}}]));
    let last = talk.trace.last().unwrap();
    assert_eq!(last.did, "sends nothing: the conversation is over");
}

#[test]
fn long_values_are_cut() {
    let talk = Talk::start(&json!([{"js": {"data": "return 'я'.repeat(100000)", "setVar": "a"}}]));
    assert!(talk.trace[0].changed[0].after.len() < 600);
    assert_eq!(talk.var("a").len(), 200_000);
}
