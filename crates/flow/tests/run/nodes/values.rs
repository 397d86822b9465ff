//! Variables.

use crate::support::Talk;
use serde_json::json;

pub mod set {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([{"set": {
            "for ${peer_name}": "${start_message}!", "n": 1.50, "t": true, "z": null, "o": {"b": [1, "${peer_name}"], "a": "\"", "c": 1e21}
        }}]));
        assert_eq!(talk.var("for Ann"), "hi!");
        assert_eq!([talk.var("n"), talk.var("t"), talk.var("z")], ["1.5", "true", ""]);
        assert_eq!(talk.var("o"), r#"{"b":[1,"Ann"],"a":"\"","c":1e+21}"#);
    }

    #[test]
    pub fn effect() {
        let talk = Talk::start(&json!([
            {"set": {"a": "1", "b": "2"}}, {"set": {"a": "${b}", "b": "${a}"}}, {"set": {"d.e.f": 1, "d.e.g": "${a}"}}
        ]));
        assert_eq!(
            [talk.var("a"), talk.var("b")],
            ["2", "1"],
            "all values are worked out before the first is written"
        );
        assert_eq!(talk.var("d"), r#"{"e":{"f":1,"g":"2"}}"#);
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(
            &json!([{"set": {"n": 5}}, {"set": {"a": "new", "n.b": 1, "c": 2}}, {"set": {"${missing}": 1}}]),
        );
        assert_eq!(talk.failures(), ["[1].set", "[2].set"]);
        assert_eq!(
            [talk.var("a"), talk.var("n"), talk.var("c")],
            ["", "5", ""],
            "all or none"
        );
    }
}

pub mod unset {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([{"set": {"Ann": "1", "b": "2"}}, {"unSet": ["${peer_name}", "b"]}]));
        assert_eq!([talk.var("Ann"), talk.var("b")], ["", ""]);
    }

    #[test]
    pub fn effect() {
        let talk = Talk::start(&json!([{"set": {"o": {"a": 1, "b": {"c": 2}}}}, {"unSet": ["o.b.c", "o.a"]}]));
        assert_eq!(talk.var("o"), r#"{"b":{}}"#);
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"set": {"o": "x"}}, {"unSet": ["missing", "o.a.b", "${missing}"]}]));
        assert!(talk.failed.is_empty(), "what is not there is no error");
        assert_eq!(talk.var("o"), "x");
    }
}

pub mod js {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::of(
            &json!([{"js": {"data": "return ${peer_name} + $${g} + LocalDate().getHours()", "setVar": "r.${peer_name}"}}]),
        );
        talk.globals.insert("g".into(), "'\\".into());
        talk.begin("hi");
        assert_eq!(talk.var("r.Ann"), "Ann'\\10");
    }

    #[test]
    pub fn effect() {
        let talk = Talk::start(&json!([
            {"js": {"data": "return {b: [1, 2.5], a: 'ї'}", "setVar": "o"}},
            {"js": {"data": "return 0.1 + 0.2", "setVar": "n"}},
            {"js": {"data": "x = 5; return typeof y", "setVar": "t"}},
            {"js": {"data": "y = 5", "setVar": "u"}},
            {"js": {"data": "return typeof y", "setVar": "gone"}},
            {"js": {"data": "return 1"}}
        ]));
        assert_eq!(talk.var("o"), r#"{"b":[1,2.5],"a":"ї"}"#);
        assert_eq!(talk.var("n"), "0.30000000000000004");
        assert_eq!(
            [talk.var("t"), talk.var("u"), talk.var("gone")],
            ["undefined", "", "undefined"]
        );
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([
            {"set": {"a": "old"}},
            {"js": {"data": "throw new Error('no')", "setVar": "a"}},
            {"js": {"data": "this is no script", "setVar": "a"}},
            {"js": {"data": "return 1", "setVar": "a.b"}}
        ]));
        assert_eq!(talk.failures(), ["[1].js", "[2].js", "[3].js"]);
        assert_eq!(talk.var("a"), "old");
    }
}

pub mod string {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([
            {"set": {"f": "replace", "from": "/n+/g"}},
            {"string": {"fn": "${f}", "data": "${peer_name}", "args": ["${from}", "<${start_message}>"], "setVar": "r.${peer_name}"}}
        ]));
        assert_eq!(talk.var("r.Ann"), "A<hi>");
    }

    #[test]
    pub fn effect() {
        let node = |function: &str, data: &str, arguments: serde_json::Value| {
            let talk =
                Talk::start(&json!([{"string": {"fn": function, "data": data, "args": arguments, "setVar": "r"}}]));
            assert!(talk.failed.is_empty(), "{:?}", talk.failed);
            talk.var("r")
        };
        assert_eq!(node("reverse", "aї🦊", json!([])), "🦊їa");
        assert_eq!(node("charAt", "🦊b", json!([1])), "b");
        assert_eq!(node("length", "🦊b", json!([])), "2");
        assert_eq!(node("base64", "ї", json!(["encoder"])), "0Zc=");
        assert_eq!(node("base64", "0Zc=", json!(["decoder"])), "ї");
        assert_eq!(node("MD5", "a", json!([])), "0cc175b9c0f1b6a831c399e269772661");
        assert_eq!(node("gomatch", "ab12", json!(["([a-z]+)(\\d)"])), "ab1,ab,1");
        assert_eq!(node("split", "a-b", json!(["-"])), "a,b");
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([
            {"set": {"f": "explode"}}, {"string": {"fn": "${f}", "data": "a", "args": [], "setVar": "r"}}
        ]));
        assert_eq!(talk.failures(), ["[1].string"]);
        assert_eq!(talk.var("r"), "");
    }
}

pub mod math {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([
            {"set": {"f": "max", "n": "7"}}, {"math": {"fn": "${f}", "data": ["${n}", 3, "5"], "setVar": "r.${peer_name}"}}
        ]));
        assert_eq!(talk.var("r.Ann"), "7");
    }

    #[test]
    pub fn effect() {
        let talk = Talk::start(&json!([
            {"math": {"fn": "floor", "data": ["2.7"], "setVar": "floor"}},
            {"math": {"fn": "sqrt", "data": ["no"], "setVar": "nan"}},
            {"math": {"fn": "PI", "data": [], "setVar": "pi"}},
            {"math": {"data": ["a", "b", "c"], "setVar": "any"}}
        ]));
        assert_eq!(
            [talk.var("floor"), talk.var("nan"), talk.var("pi")],
            ["2", "", "3.141592653589793"]
        );
        assert!(["a", "b", "c"].contains(&talk.var("any").as_str()));
    }

    #[test]
    pub fn failure() {
        let talk =
            Talk::start(&json!([{"set": {"f": "explode"}}, {"math": {"fn": "${f}", "data": [1], "setVar": "r"}}]));
        assert_eq!(talk.failures(), ["[1].math"]);
    }
}

pub mod classifier {
    use super::*;

    #[test]
    pub fn arguments() {
        let cluster = json!({"first": ["${peer_name}"], "second": ["ann"]});
        let talk =
            Talk::start(&json!([{"classifier": {"input": "is it ANN?", "set": "r.${peer_name}", "cluster": cluster}}]));
        assert_eq!(talk.var("r.Ann"), "first");
    }

    #[test]
    pub fn effect() {
        let node = |phrase_search: bool, part: &str, input: &str| {
            let cluster = json!({"a": ["нова пошта", "їжа"]});
            Talk::start(&json!([{"classifier": {"input": input, "set": "r", "phraseSearch": phrase_search, "matchType": part, "cluster": cluster}}])).var("r")
        };
        assert_eq!(node(false, "full", "Де ЇЖА?"), "a");
        assert_eq!(node(false, "full", "їжака"), "");
        assert_eq!(node(false, "part", "їжака"), "a");
        assert_eq!(node(true, "full", "НОВА пошта"), "a");
        assert_eq!(node(true, "part", "пошт"), "a");
        assert_eq!(node(true, "part", "пошта нова"), "");
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([
            {"set": {"n": 1}}, {"classifier": {"input": "a", "set": "n.b", "cluster": {"a": ["a"]}}}
        ]));
        assert_eq!(talk.failures(), ["[1].classifier"]);
        assert_eq!(talk.var("n"), "1");
    }
}
