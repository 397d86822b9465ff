//! Programs and peers that mean no good. Each ends within its limits, in words.

use crate::support::Talk;
use flow::run::Engine;
use flow::{Cause, Effect};
use model::message::Part;
use serde_json::{Value as Json, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

fn ends_with_an_error(program: &Json, why: &str) -> Talk {
    let talk = Talk::start(program);
    assert_eq!(talk.cause(), Some(Cause::FlowErr));
    assert!(talk.why().contains(why), "{}", talk.why());
    assert!(talk.state.is_over());
    talk
}

#[test]
fn an_endless_loop_ends_at_ten_thousand_steps() {
    let inner = json!({"while": {"condition": "true", "do": [{"sendText": "x"}]}});
    let talk = ends_with_an_error(
        &json!([{"while": {"condition": "true", "do": [inner, inner, inner, inner, inner, inner]}}]),
        "more than 10000 steps",
    );
    assert!(talk.sent.len() < 10_000);
}

#[test]
fn a_loop_of_definitions_ends_too() {
    let body = json!([{"function": {"name": "f", "actions": []}}]);
    let inner = json!({"while": {"condition": "true", "maxSteps": 100_000, "do": body}});
    ends_with_an_error(&json!([inner]), "more than 10000 steps");
}

#[test]
fn an_endless_jump_fails_at_last_and_the_program_goes_on() {
    let talk = Talk::start(&json!([{"tag": "t", "goto": "t"}]));
    assert_eq!(talk.failures(), ["[0].goto"]);
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
}

#[test]
fn two_nodes_that_fail_over_to_each_other_end() {
    let limit = |tag: &str| json!({"max": 0, "failover": tag});
    let talk = Talk::start(&json!([
        {"tag": "a", "sendText": "a", "limit": limit("b")}, {"tag": "b", "sendText": "b", "limit": limit("a")}
    ]));
    assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    assert!(talk.sent.is_empty());
}

#[test]
fn an_endless_recursion_of_functions_ends_at_its_depth() {
    let f = json!({"function": {"name": "f", "actions": [{"execute": {"name": "g"}}]}});
    let g = json!({"function": {"name": "g", "actions": [{"if": {"expression": "1", "then": [{"execute": {"name": "f"}}]}}]}});
    ends_with_an_error(&json!([f, g, {"execute": {"name": "f"}}]), "more than 64");
}

#[test]
fn an_endless_recursion_of_flows_ends_at_its_depth() {
    let mut talk = Talk::of(&json!([{"set": {"id": "1"}}, {"schema": {"id": "${id}"}}]));
    talk = talk.and_flow("1", &json!([{"schema": {"id": "${id}"}}]));
    talk.begin("hi");
    assert_eq!(talk.cause(), Some(Cause::FlowErr));
    assert!(talk.why().contains("more than 64"));
}

#[test]
fn a_peer_that_nests_commands_without_end_ends_at_the_depth() {
    let trigger = json!({"trigger": {"commands": {"/c": [{"recvMessage": {"set": "a"}}]}}});
    let mut talk = Talk::start(&json!([trigger, {"recvMessage": {"set": "b"}}]));
    for _ in 0..70 {
        talk.says("/c");
    }
    assert_eq!(talk.cause(), Some(Cause::FlowErr));
}

#[test]
fn variables_that_double_end_at_a_mebibyte() {
    let double = json!([{"set": {"a": "${a}${a}x"}}]);
    let talk = ends_with_an_error(
        &json!([{"while": {"condition": "true", "do": double}}]),
        "1024 KiB of variables",
    );
    assert!(talk.state.variables().bytes() <= 1 << 20);
    let grow = json!([{"set": {"a": "${a}${a}x", "b.${a}": "${a}"}}]);
    ends_with_an_error(
        &json!([{"while": {"condition": "true", "do": grow}}]),
        "1024 KiB of variables",
    );
}

#[test]
fn control_signs_in_json_count_with_their_escapes() {
    let fill = json!({"js": {"data": "return '\\u0001'.repeat(300000)", "setVar": "a"}});
    ends_with_an_error(&json!([fill, {"set": {"b.c": "${a}"}}]), "1024 KiB of variables");
}

#[test]
fn many_steps_on_long_variables_end() {
    let fill = json!({"js": {"data": "return 'x'.repeat(500000)", "setVar": "a"}});
    let inner = json!({"while": {"condition": "true", "do": [{"set": {"b": "c"}}]}});
    ends_with_an_error(&json!([fill, inner, inner, inner]), "too much work on long variables");
}

#[test]
fn a_text_put_together_without_end_ends() {
    let text = "${a}".repeat(50);
    let fill = json!({"js": {"data": "return 'x'.repeat(500000)", "setVar": "a"}});
    ends_with_an_error(
        &json!([fill, {"sendText": text}]),
        "more text is put together than there is room for",
    );
}

#[test]
fn a_flood_of_messages_ends() {
    let fill = json!({"js": {"data": "return 'x'.repeat(60000)", "setVar": "a"}});
    let talk = ends_with_an_error(
        &json!([fill, {"while": {"condition": "true", "do": [{"sendText": "${a}"}]}}]),
        "8 MiB are said at once",
    );
    assert!(talk.sent.len() < 150);
}

#[test]
fn a_script_that_loops_fails_and_scripts_that_loop_again_and_again_end_the_run() {
    let slow = json!({"js": {"data": "for (;;) {}", "setVar": "a"}});
    let mut talk = Talk::of(&json!([slow, {"sendText": "on"}]));
    talk.engine = Engine::timed_by(|| Duration::ZERO);
    talk.begin("hi");
    assert_eq!(talk.failures(), ["[0].js"]);
    assert_eq!(talk.texts(), ["on"]);
    let all = json!([{"while": {"condition": "true", "do": [slow]}}]);
    let talk = ends_with_an_error(&all, "the scripts took longer than 2 seconds together");
    assert!(talk.failed.len() < 2, "{:?}", talk.failed);
}

/// A conversation each of whose scripts takes a tenth of a second.
fn slow_talk(program: &Json) -> Talk {
    let mut talk = Talk::of(program);
    let read = AtomicU64::new(0);
    talk.engine = Engine::timed_by(move || Duration::from_millis(100 * read.fetch_add(1, Ordering::Relaxed)));
    talk.begin("hi");
    talk
}

#[test]
fn many_short_scripts_end_the_run_once_they_took_too_long_together() {
    let nodes = [
        json!({"js": {"data": "return 1", "setVar": "a"}}),
        json!({"if": {"expression": "[${a}].length === 1", "then": []}}),
        json!({"string": {"fn": "trim", "data": "a", "setVar": "a"}}),
        json!({"math": {"fn": "max", "data": [1], "setVar": "a"}}),
    ];
    for node in nodes {
        let talk = slow_talk(&json!([{"while": {"condition": "true", "do": [{"log": "round"}, node]}}]));
        assert_eq!(talk.cause(), Some(Cause::FlowErr), "{node}");
        assert_eq!(talk.why(), "the scripts took longer than 2 seconds together");
        assert_eq!(talk.log.len(), 21, "{node}");
        assert!(talk.failed.is_empty());
        let told = talk.trace.last().and_then(|line| line.failed.as_deref());
        assert!(
            told.is_some_and(|told| told.ends_with("together: the conversation ends")),
            "{told:?}"
        );
    }
}

#[test]
fn what_is_judged_without_the_script_engine_takes_none_of_its_time() {
    let plain = json!({"if": {"expression": "${a} === 'x' || &hour(9-17)", "then": [{"log": "round"}]}});
    let talk = slow_talk(&json!([{"while": {"condition": "${b} == ''", "maxSteps": 100, "do": [plain]}}]));
    assert_eq!((talk.cause(), talk.log.len()), (Some(Cause::FlowEnd), 100));
}

#[test]
fn the_time_of_scripts_is_counted_anew_with_each_event_and_at_the_end() {
    let script = json!({"js": {"data": "return 1", "setVar": "a"}});
    let fifteen = json!([{"while": {"condition": "true", "maxSteps": 15, "do": [script]}}]);
    let body = json!([{"recvMessage": {"set": "said"}}, {"execute": {"name": "work"}}]);
    let mut talk = slow_talk(&json!([
        {"function": {"name": "work", "actions": fifteen}},
        {"trigger": {"disconnected": [{"execute": {"name": "work"}}, {"log": "gone"}]}},
        {"while": {"condition": "${said} !== 'stop'", "do": body}}
    ]));
    for text in ["one", "two", "stop"] {
        assert_eq!(talk.cause(), None);
        talk.says(text);
    }
    assert_eq!(
        (talk.cause(), talk.log.as_slice()),
        (Some(Cause::FlowEnd), &["gone".to_owned()][..])
    );
}

#[test]
fn a_path_through_a_number_fails() {
    let talk = Talk::start(&json!([{"set": {"n": 5}}, {"set": {"n.a.b": 1}}, {"log": "[${n.a.b}]"}]));
    assert_eq!(talk.failures(), ["[1].set"]);
    assert_eq!(talk.log, ["[]"]);
}

#[test]
fn what_runs_at_the_end_has_its_limits_too() {
    let body = json!([{"while": {"condition": "true", "maxSteps": 100_000, "do": [{"set": {"a": "b"}}]}}]);
    let talk = Talk::start(&json!([{"trigger": {"disconnected": body}}, {"close": true}]));
    assert_eq!(talk.cause(), Some(Cause::FlowEnd), "the cause of the end stays");
    assert!(talk.state.is_over());
}

#[test]
fn a_peer_that_never_stops_writing_fills_no_store() {
    let mut talk = Talk::start(&json!([{"sleep": 3_600_000}, {"recvMessage": {"set": "a"}}]));
    for _ in 0..1_000 {
        talk.says(&"x".repeat(10_000));
    }
    assert!(talk.state.to_json().len() < 300_000);
    let mut talk = Talk::start(&json!([{"recvMessage": {"set": "a", "messageTimeout": 5}}]));
    for _ in 0..1_000 {
        talk.says(&"x".repeat(10_000));
    }
    assert!(talk.state.to_json().len() < 300_000);
}

#[test]
fn a_message_without_end_is_cut() {
    let mut talk = Talk::start(&json!([{"recvMessage": {"set": "a"}}, {"sleep": 5}]));
    talk.sends(Part::text("я".repeat(10_000_000)));
    assert_eq!(talk.var("a").len(), 65_536);
}

#[test]
fn numbers_beyond_all_bounds_are_waited_for_within_bounds() {
    for number in ["1e308", "99999999999999999999"] {
        let talk = Talk::start(&json!([{"set": {"n": number}}, {"sleep": "${n}"}]));
        assert_eq!(talk.wait, Some((false, talk.now + 315_360_000_000)));
        let talk = Talk::start(&json!([{"set": {"n": number}}, {"recvMessage": {"set": "a", "timeout": "${n}"}}]));
        assert!(matches!(talk.effects[..], [Effect::Wait { message: true, .. }]));
    }
    for number in ["1e309", "NaN", "Infinity", "0x10", "5 apples"] {
        let talk = Talk::start(&json!([{"set": {"n": number}}, {"sleep": "${n}"}]));
        assert_eq!(talk.failures(), ["[1].sleep"], "{number}");
    }
}

#[test]
fn start_variables_beyond_all_bounds_end_the_conversation() {
    let mut talk = Talk::of(&json!([{"sendText": "never"}]));
    talk.variables.push(("a".into(), "x".repeat(2 << 20)));
    talk.begin("hi");
    assert_eq!(talk.cause(), Some(Cause::FlowErr));
    assert!(talk.sent.is_empty());
}
