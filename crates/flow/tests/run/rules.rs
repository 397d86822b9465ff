//! The rules that the cases do not show to their corners.

use crate::support::Talk;
use flow::{Cause, Effect, Event};
use model::message::{FileRef, Part};
use serde_json::{Value as Json, json};

fn say(text: &str) -> Json {
    json!({"sendText": text})
}

#[test]
fn an_empty_program_ends_at_once() {
    let talk = Talk::start(&json!([]));
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    assert!(talk.state.is_over());
}

#[test]
fn nothing_happens_before_the_start_and_after_the_end() {
    let mut talk = Talk::of(&json!([say("a")]));
    talk.says("early");
    talk.happen(Event::Time);
    assert!(talk.sent.is_empty());
    talk.begin("hi");
    talk.sent.clear();
    talk.says("late");
    talk.begin("again");
    talk.leaves();
    assert!(talk.effects.is_empty());
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}

#[test]
fn rule_3_inserted_text_is_never_looked_at_again() {
    let mut talk = Talk::of(&json!([say("${start_message} $${g}")]));
    talk.globals.insert("g".into(), "${peer_name}".into());
    talk.begin("$${g} ${peer_name}");
    assert_eq!(talk.texts(), ["$${g} ${peer_name} ${peer_name}"]);
}

#[test]
fn rule_14_a_loop_is_counted_anew_each_time_it_is_entered() {
    let inner = json!({"while": {"condition": "true", "maxSteps": 2, "do": [say("i")]}});
    let mut talk = Talk::start(&json!([{"while": {"condition": "true", "maxSteps": 3, "do": [inner, say("o")]}}]));
    assert_eq!(talk.texts().concat(), "iioiioiio");
}

#[test]
fn rule_15_a_jump_into_a_loop_begins_a_first_round_there() {
    let body = json!([say("a"), {"tag": "in", "sendText": "b"}]);
    let mut talk = Talk::start(&json!([
        {"goto": "in"}, {"while": {"condition": "true", "maxSteps": 3, "do": body}}, say("end")
    ]));
    assert_eq!(talk.texts().concat(), "bababend");
}

#[test]
fn rule_15_a_jump_within_a_loop_stays_in_its_round() {
    let body = json!([
        {"tag": "again", "js": {"data": "return Number(${n}) + 1", "setVar": "n"}},
        {"if": {"expression": "${n} % 2", "then": [{"goto": "again"}]}},
        say("${n}")
    ]);
    let mut talk = Talk::start(&json!([{"while": {"condition": "true", "maxSteps": 3, "do": body}}]));
    assert_eq!(talk.texts(), ["2", "4", "6"]);
}

#[test]
fn rule_15_the_thousand_and_first_jump_fails_and_the_program_goes_on() {
    let mut talk = Talk::start(&json!([
        {"tag": "t", "js": {"data": "return Number(${n}) + 1", "setVar": "n"}}, {"goto": "t"}, say("${n}")
    ]));
    assert_eq!(talk.failures(), ["[1].goto"]);
    assert_eq!(talk.texts(), ["1001"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}

#[test]
fn rule_16_a_limit_is_counted_anew_with_each_call() {
    let actions = json!([
        {"tag": "again", "sendText": "x", "limit": {"max": 2, "failover": "out"}}, {"goto": "again"},
        {"tag": "out", "sendText": "|"}
    ]);
    let mut talk = Talk::start(&json!([
        {"function": {"name": "f", "actions": actions}}, {"execute": {"name": "f"}}, {"execute": {"name": "f"}}
    ]));
    assert_eq!(talk.texts().concat(), "xx|xx|");
}

#[test]
fn rule_16_a_failover_that_cannot_be_made_ends_the_run() {
    let mut talk = Talk::start(&json!([
        {"tag": "t", "set": {"a": "1"}, "limit": {"max": 5000, "failover": "t"}}, {"goto": "t"},
        {"tag": "u", "sendText": "x", "limit": {"max": 1, "failover": "t"}}, {"if": {"expression": "true", "then": [{"goto": "u"}]}},
        {"while": {"condition": "true", "maxSteps": 3, "do": [{"sendText": "y", "limit": {"max": 1, "failover": "t"}}]}},
        say("never")
    ]));
    assert_eq!(talk.texts(), ["x", "y"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    assert_eq!(talk.why(), "1000 jumps were made in this conversation, and no more are");
}

#[test]
fn rule_18_a_flow_sees_its_own_functions_only() {
    let mut talk = Talk::of(&json!([{"function": {"name": "f", "actions": [say("f")]}}, {"schema": {"id": "1"}}]));
    talk = talk.and_flow("1", &json!([{"set": {"name": "f"}}, {"execute": {"name": "${name}"}}]));
    talk.begin("hi");
    assert_eq!(talk.failures(), ["flow 1 [1].execute"]);
}

#[test]
fn rule_18_a_function_may_call_itself() {
    let actions = json!([
        say("${n}"), {"js": {"data": "return Number(${n}) - 1", "setVar": "n"}},
        {"if": {"expression": "${n} > 0", "then": [{"execute": {"name": "f"}}]}}, say("back")
    ]);
    let mut talk = Talk::start(
        &json!([{"function": {"name": "f", "actions": actions}}, {"set": {"n": 3}}, {"execute": {"name": "f"}}]),
    );
    assert_eq!(talk.texts(), ["3", "2", "1", "back", "back", "back"]);
}

#[test]
fn rule_20_steps_are_counted_anew_behind_each_wait() {
    let busy = json!({"while": {"condition": "true", "maxSteps": 999, "do": [{"set": {"a": "b"}}]}});
    let rounds = json!([busy, busy, busy, busy, {"recvMessage": {"set": "a"}}]);
    let program = json!([{"while": {"condition": "true", "maxSteps": 3, "do": rounds}}, say("end")]);
    let mut talk = Talk::start(&program);
    for _ in 0..3 {
        talk.says("on");
    }
    assert_eq!(talk.texts(), ["end"]);
    let without = json!([busy, busy, busy, busy, {"sleep": 0}, busy, busy, say("never")]);
    let mut talk = Talk::start(&without);
    assert!(talk.texts().is_empty(), "a pause that does not pause is no wait");
    assert_eq!(talk.cause(), Some(Cause::FlowErr));
}

#[test]
fn rule_24_the_first_message_is_no_command_and_is_never_read() {
    let mut talk = Talk::of(
        &json!([{"trigger": {"commands": {"/help": [say("help")]}}}, {"recvMessage": {"set": "a"}}, say("${a}")]),
    );
    talk.begin("/help");
    assert!(talk.texts().is_empty());
    talk.says("/help");
    talk.says("x");
    assert_eq!(talk.texts(), ["help", "x"]);
}

#[test]
fn rule_26_commands_among_kept_messages_are_recognised_in_their_turn() {
    let trigger = json!({"trigger": {"commands": {"/c": [say("c")]}}});
    let mut talk = Talk::start(&json!([
        trigger, {"sleep": 1000}, {"recvMessage": {"set": "a"}}, say("${a}"), {"recvMessage": {"set": "b"}}, say("${b}")
    ]));
    for text in ["one", "/c", "two"] {
        talk.says(text);
    }
    talk.after(1);
    assert_eq!(talk.texts(), ["one", "c", "two"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}

#[test]
fn rule_28_kept_messages_are_collected_first() {
    let node = json!({"recvMessage": {"set": "a", "messageTimeout": 2}});
    let mut talk = Talk::start(&json!([{"sleep": 1000}, node, say("${a}")]));
    talk.says("one");
    talk.says("two");
    talk.after(1);
    talk.says("three");
    talk.after(2);
    assert_eq!(talk.texts(), ["one two three"]);
}

#[test]
fn rule_29_a_message_is_gone_when_its_variable_is_written_again() {
    let file = FileRef {
        url: Some("https://a.example/1".into()),
        size: Some(7),
        ..FileRef::default()
    };
    let mut talk = Talk::start(&json!([
        {"recvMessage": {"set": "a"}}, say("${a.type} ${a.file.size} ${a.contact.phone}"), {"set": {"a": "x"}}, say("[${a.type}]")
    ]));
    talk.sends(Part::Document { file, caption: None });
    assert_eq!(talk.texts(), ["file 7 ", "[]"]);
}

#[test]
fn rule_31_pieces_are_kept_over_a_command() {
    let trigger = json!({"trigger": {"commands": {"/c": [say("c")]}}});
    let node = json!({"recvMessage": {"set": "a", "timeout": 100, "messageTimeout": 5}});
    let mut talk = Talk::start(&json!([trigger, node, say("${a}")]));
    talk.says("one");
    talk.after(4);
    talk.says("/c");
    assert_eq!(talk.wait, Some((true, talk.now + 5_000)));
    talk.after(4);
    talk.says("two");
    talk.after(5);
    assert_eq!(talk.texts(), ["c", "one two"]);
}

#[test]
fn rule_32_what_follows_the_end_may_still_call_over_http() {
    let end = json!([{"httpRequest": {"url": "https://a.example/", "responseCode": "code"}}, {"log": "${code}"}]);
    let mut talk = Talk::start(&json!([{"trigger": {"disconnected": end}}, say("bye")]));
    assert!(
        matches!(
            talk.effects[1],
            Effect::Close {
                cause: Cause::FlowEnd,
                ..
            }
        ),
        "the peer is told before"
    );
    assert_eq!(talk.state.ended(), Some(Cause::FlowEnd));
    assert!(!talk.state.is_over());
    talk.says("nobody hears this");
    talk.leaves();
    talk.answers(201, "text/plain", "");
    assert_eq!(talk.log, ["201"]);
    assert!(talk.state.is_over());
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}

#[test]
fn rule_32_the_peer_may_leave_while_a_call_is_under_way() {
    let mut talk = Talk::start(&json!([
        {"trigger": {"disconnected": [{"log": "bye"}]}}, {"httpRequest": {"url": "https://a.example/"}}, {"log": "never"}
    ]));
    talk.leaves();
    talk.answers(200, "text/plain", "");
    assert_eq!(talk.log, ["bye"]);
    assert_eq!(talk.cause(), Some(Cause::PeerLeft));
}

#[test]
fn an_answer_to_another_call_is_passed_over() {
    let node = json!({"httpRequest": {"url": "https://a.example/", "responseCode": "code"}});
    let mut talk = Talk::start(&json!([node, node, say("${code}")]));
    talk.answers(200, "text/plain", "");
    talk.calls.pop();
    talk.answers(404, "text/plain", "");
    assert!(talk.texts().is_empty());
}

#[test]
fn a_message_that_comes_after_the_end_of_the_wait_is_too_late_for_it() {
    let mut talk = Talk::start(&json!([
        {"recvMessage": {"set": "a", "timeout": 10}}, say("[${a}]"), {"recvMessage": {"set": "b"}}, say("[${b}]")
    ]));
    talk.now += 10_000;
    talk.says("late");
    assert_eq!(talk.texts(), ["[]", "[late]"]);
}

#[test]
fn a_time_that_has_not_come_changes_nothing_and_says_what_is_waited_for() {
    let mut talk = Talk::start(&json!([{"recvMessage": {"set": "a", "timeout": 10}}]));
    let until = talk.now + 10_000;
    talk.now += 9_999;
    talk.happen(Event::Time);
    assert_eq!(talk.effects, [Effect::Wait { message: true, until }]);
}
