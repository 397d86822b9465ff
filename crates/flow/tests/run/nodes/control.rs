//! What runs next.

use crate::support::Talk;
use flow::Cause;
use serde_json::{Value as Json, json};

/// A node that says something.
fn say(text: &str) -> Json {
    json!({"sendText": text})
}

pub mod if_ {
    use super::*;

    #[test]
    pub fn arguments() {
        let expression = "${peer_name} === 'Ann' && $${g} === \"it's\" && &hour(10) && &wday() === 2";
        let mut talk =
            Talk::of(&json!([{"if": {"expression": expression, "then": [say("yes")], "else": [say("no")]}}]));
        talk.globals.insert("g".into(), "it's".into());
        talk.begin("hi");
        assert_eq!(talk.texts(), ["yes"]);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([
            {"if": {"expression": "'0'", "then": [say("then")], "else": [say("else")]}},
            {"if": {"expression": "0", "then": [say("then")], "else": [say("else")]}},
            {"if": {"expression": "0", "then": [say("then")]}},
            {"if": {"expression": "1", "then": []}},
            say("end")
        ]));
        assert_eq!(talk.texts(), ["then", "else", "end"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([
            {"if": {"expression": "missing.field", "then": [say("then")], "else": [say("else")]}}, say("end")
        ]));
        assert_eq!(talk.texts(), ["end"], "it takes neither branch");
        assert_eq!(talk.failures(), ["[0].if"]);
    }
}

pub mod switch {
    use super::*;

    #[test]
    pub fn arguments() {
        let cases = json!({"Ann-hi": [say("one")], "${peer_name}": [say("never")]});
        let mut talk = Talk::start(&json!([{"switch": {"variable": "${peer_name}-${start_message}", "case": cases}}]));
        assert_eq!(talk.texts(), ["one"]);
    }

    #[test]
    pub fn effect() {
        let node = |text: &str| json!({"switch": {"variable": text, "case": {"a": [say("a")], "": [say("empty")], "default": [say("default")]}}});
        let mut talk = Talk::start(&json!([
            node("a"),
            node("A"),
            node("a "),
            node("${missing}"),
            node("default")
        ]));
        assert_eq!(talk.texts(), ["a", "default", "default", "empty", "default"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([{"switch": {"variable": "b", "case": {"a": [say("a")]}}}, say("end")]));
        assert_eq!(talk.texts(), ["end"], "a text without a case does nothing");
        assert!(talk.failed.is_empty());
    }
}

pub mod while_ {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([
            {"set": {"n": "3"}}, {"while": {"condition": "true", "maxSteps": "${n}", "do": [say("x")]}}, say("end")
        ]));
        assert_eq!(talk.texts(), ["x", "x", "x", "end"]);
    }

    #[test]
    pub fn effect() {
        let count = json!({"js": {"data": "return Number(${i}) + 1", "setVar": "i"}});
        let mut talk = Talk::start(&json!([
            {"while": {"condition": "false", "do": [say("once")]}},
            {"while": {"condition": "${i} < 3", "do": [count, say("${i}")]}},
            {"while": {"condition": "true", "maxSteps": 0, "do": [say("never")]}}
        ]));
        assert_eq!(talk.texts(), ["once", "1", "2", "3"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([
            {"while": {"condition": "throw1()", "do": [say("once")]}},
            {"while": {"condition": "true", "maxSteps": "${peer_name}", "do": [say("never")]}},
            say("end")
        ]));
        assert_eq!(talk.texts(), ["once", "end"]);
        assert_eq!(talk.failures(), ["[0].while", "[1].while"]);
    }
}

pub mod goto {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk =
            Talk::start(&json!([{"goto": "for ${peer_name}"}, say("never"), {"tag": "for Ann", "sendText": "here"}]));
        assert_eq!(talk.texts(), ["here"]);
    }

    #[test]
    pub fn effect() {
        let branch = json!([say("never"), {"tag": "in", "sendText": "in"}, say("rest of the branch")]);
        let mut talk = Talk::start(&json!([
            {"goto": "in"}, say("never"), {"if": {"expression": "false", "then": branch}}, say("behind")
        ]));
        assert_eq!(talk.texts(), ["in", "rest of the branch", "behind"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([{"goto": "${missing}"}, {"goto": "to ${peer_name}"}, say("on")]));
        assert_eq!(talk.failures(), ["[0].goto", "[1].goto"]);
        assert_eq!(talk.texts(), ["on"]);
    }
}

pub mod break_ {
    use super::*;

    #[test]
    pub fn arguments() {
        let branch = json!([{"if": {"expression": "true", "then": [say("b")]}, "break": true}]);
        let mut talk = Talk::start(&json!([{"if": {"expression": "true", "then": branch}}, say("never")]));
        assert_eq!(
            talk.texts(),
            ["b"],
            "beside a node with branches it works behind the branch"
        );
        assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    }

    #[test]
    pub fn effect() {
        let inner = json!([{"while": {"condition": "true", "do": [{"break": true}]}}]);
        let mut talk = Talk::start(&json!([
            {"function": {"name": "f", "actions": inner}}, {"execute": {"name": "f"}}, say("never")
        ]));
        assert!(talk.texts().is_empty());
        assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([{"goto": "${missing}", "break": true}, {"tag": "t", "sendText": "never"}]));
        assert!(talk.texts().is_empty(), "a node that fails ends the run all the same");
        assert_eq!(talk.failures(), ["[0].goto"]);
    }
}

pub mod close {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([{"if": {"expression": "true", "then": [{"close": true}]}}, say("never")]));
        assert!(talk.texts().is_empty());
        assert!(talk.state.is_over());
    }

    #[test]
    pub fn effect() {
        let trigger = json!({"trigger": {"commands": {"/x": [{"close": true}]}}});
        let mut talk = Talk::start(&json!([trigger, {"recvMessage": {"set": "a"}}, say("never")]));
        talk.says("/x");
        assert!(
            talk.texts().is_empty(),
            "it ends the conversation from a command's list too"
        );
        assert_eq!(talk.cause(), Some(Cause::FlowEnd));
    }

    #[test]
    pub fn failure() {
        let trigger = json!({"trigger": {"disconnected": [{"close": true}, {"tag": "t", "log": "never"}]}});
        let talk = Talk::start(&json!([trigger, {"close": true}]));
        assert!(talk.log.is_empty(), "a conversation that ends already ends at once");
        assert!(talk.failed.is_empty());
        assert!(talk.state.is_over());
    }
}

pub mod function {
    use super::*;

    #[test]
    pub fn arguments() {
        let define = json!({"function": {"name": "f g", "actions": [say("f")]}});
        let mut talk =
            Talk::start(&json!([{"execute": {"name": "f g"}}, {"if": {"expression": "false", "then": [define]}}]));
        assert_eq!(talk.texts(), ["f"], "it holds from the start, wherever it stands");
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"function": {"name": "f", "actions": [say("f")]}}, say("end")]));
        assert_eq!(talk.texts(), ["end"], "a definition does nothing by itself");
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([
            {"function": {"name": "f", "actions": [{"goto": "${t}"}, say("on")]}},
            {"set": {"t": "outside"}}, {"execute": {"name": "f"}}, {"tag": "outside", "sendText": "outside"}
        ]));
        assert_eq!(
            talk.failures(),
            ["[0].function.actions[0].goto"],
            "it does not see the tags outside"
        );
        assert_eq!(talk.texts(), ["on", "outside"]);
    }
}

pub mod execute {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::start(&json!([
            {"function": {"name": "for Ann", "actions": [say("f")]}}, {"execute": {"name": "for ${peer_name}"}}
        ]));
        assert_eq!(talk.texts(), ["f"]);
    }

    #[test]
    pub fn effect() {
        let ask = json!([{"recvMessage": {"set": "a"}}, say("${a}")]);
        let mut talk = Talk::start(
            &json!([{"function": {"name": "ask", "actions": ask}}, {"execute": {"name": "ask"}}, say("end")]),
        );
        talk.says("x");
        assert_eq!(talk.texts(), ["x", "end"], "it comes back to where it was called");
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::start(&json!([{"execute": {"name": "${missing}"}}, say("on")]));
        assert_eq!(talk.failures(), ["[0].execute"]);
        assert_eq!(talk.texts(), ["on"]);
    }
}

pub mod schema {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::of(&json!([{"set": {"id": "40"}}, {"schema": {"id": "${id}"}}, {"schema": {"id": 40}}]));
        talk = talk.and_flow("40", &json!([say("forty")]));
        talk.begin("hi");
        assert_eq!(talk.texts(), ["forty", "forty"]);
    }

    #[test]
    pub fn effect() {
        let called = json!([
            {"function": {"name": "f", "actions": [say("its own f")]}}, {"execute": {"name": "f"}},
            {"recvMessage": {"set": "b"}}, {"sendText": "${a}${b}", "tag": "t"}
        ]);
        let mut talk = Talk::of(&json!([
            {"function": {"name": "f", "actions": [say("f")]}}, {"set": {"a": "A"}}, {"schema": {"id": 1}}, say("back ${b}")
        ]));
        talk = talk.and_flow("1", &called);
        talk.begin("hi");
        talk.says("B");
        assert_eq!(talk.texts(), ["its own f", "AB", "back B"]);
    }

    #[test]
    pub fn failure() {
        let mut talk = Talk::of(&json!([{"schema": {"id": "${missing}"}}, {"schema": {"id": 1}}, say("on")]));
        talk = talk.and_flow(
            "1",
            &json!([{"goto": "${missing}"}, {"execute": {"name": "${missing}"}}]),
        );
        talk.begin("hi");
        assert_eq!(talk.failures(), ["[0].schema", "flow 1 [0].goto", "flow 1 [1].execute"]);
        assert_eq!(talk.texts(), ["on"]);
    }
}

pub mod trigger {
    use super::*;

    #[test]
    pub fn arguments() {
        let trigger = json!({"trigger": {"commands": {"/a b": [say("a")], "слово": [say("w")]}, "disconnected": [{"log": "bye"}]}});
        let mut talk = Talk::start(&json!([{"recvMessage": {"set": "x"}}, trigger]));
        talk.says("/a b");
        talk.says("слово");
        talk.says("Слово");
        assert_eq!(talk.texts(), ["a", "w"]);
        assert_eq!(talk.var("x"), "Слово");
        assert_eq!(talk.log, ["bye"]);
    }

    #[test]
    pub fn effect() {
        let list = json!([{"recvMessage": {"set": "inner"}}, say("inner ${inner}")]);
        let trigger = json!({"trigger": {"commands": {"/a": list, "/b": [say("b")]}}});
        let mut talk =
            Talk::start(&json!([trigger, {"recvMessage": {"set": "outer", "timeout": 10}}, say("outer ${outer}")]));
        for text in ["/a", "/b", "one", "two"] {
            talk.says(text);
        }
        assert_eq!(
            talk.texts(),
            ["b", "inner one", "outer two"],
            "a command's list waits and is interrupted as well"
        );
    }

    #[test]
    pub fn failure() {
        let end = json!([say("unheard"), {"sendAction": {"action": "typing"}}, {"recvMessage": {"set": "a"}}, {"sleep": 5000}, {"log": "[${a}]"}]);
        let mut talk = Talk::start(
            &json!([{"trigger": {"disconnected": end}}, {"set": {"a": "x"}}, {"recvMessage": {"set": "b"}}]),
        );
        talk.leaves();
        assert!(talk.texts().is_empty());
        assert!(talk.actions.is_empty());
        assert_eq!(talk.log, ["[]"], "at the end nothing is sent, awaited or paused for");
        assert!(talk.failed.is_empty());
        assert_eq!(talk.cause(), Some(Cause::PeerLeft));
    }
}

fn pauses(node: &str) {
    let mut talk = Talk::start(&json!([{"set": {"n": "1500"}}, {node: "${n}"}, {node: 500}, {node: ""}, say("end")]));
    assert_eq!(talk.wait, Some((false, talk.now + 1_500)));
    talk.after(1);
    assert_eq!(talk.wait.map(|(message, _)| message), Some(false));
    talk.after(1);
    assert_eq!(talk.texts(), ["end"]);
}

fn does_not_pause(node: &str) {
    let mut talk = Talk::start(&json!([{node: 0}, {"set": {"n": "-5"}}, {node: "${n}"}, say("end")]));
    assert_eq!(talk.texts(), ["end"]);
}

fn fails(node: &str) {
    let mut talk = Talk::start(&json!([{node: "${peer_name}"}, say("end")]));
    assert_eq!(talk.failures(), [format!("[0].{node}")]);
    assert_eq!(talk.texts(), ["end"]);
}

pub mod sleep {
    #[test]
    pub fn arguments() {
        super::does_not_pause("sleep");
    }

    #[test]
    pub fn effect() {
        super::pauses("sleep");
    }

    #[test]
    pub fn failure() {
        super::fails("sleep");
    }
}

pub mod soft_sleep {
    #[test]
    pub fn arguments() {
        super::does_not_pause("softSleep");
    }

    #[test]
    pub fn effect() {
        super::pauses("softSleep");
    }

    #[test]
    pub fn failure() {
        super::fails("softSleep");
    }
}
