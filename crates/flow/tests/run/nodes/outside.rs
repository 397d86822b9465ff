//! What is beyond the conversation.

use crate::support::Talk;
use flow::{CalendarAnswer, HttpFailure};
use serde_json::json;

pub mod http_request {
    use super::*;

    #[test]
    pub fn arguments() {
        let mut talk = Talk::of(&json!([{"httpRequest": {
            "method": "put", "url": "https://a.example/${id}?q=${peer_name.uri()}", "path": {"id": "1/${start_message}"},
            "timeout": "250", "headers": {"X-Key": "$${key}"}, "data": {"name": "${peer_name}", "n": 1, "list": [true, "\"${start_message}"]}
        }}]));
        talk.globals.insert("key".into(), "k".into());
        talk.begin("hi");
        let (_, request) = &talk.calls[0];
        assert_eq!(request.method, "PUT");
        assert_eq!(request.url, "https://a.example/1%2Fhi?q=Ann");
        assert_eq!(request.timeout.as_millis(), 250);
        assert!(request.headers.contains(&("X-Key".into(), "k".into())));
        let body: serde_json::Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        assert_eq!(body, json!({"name": "Ann", "n": 1, "list": [true, "\"hi"]}));
        assert_eq!(talk.wait, None, "it waits for no message and no time");
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([
            {"httpRequest": {"url": "https://a.example/", "responseCode": "code", "exportVariables": {"r.${peer_name}": "a.0", "none": "b"}}},
            {"sendText": "${code} ${r.Ann}"}
        ]));
        talk.says("kept meanwhile");
        talk.answers(200, "application/json; charset=utf-8", r#"{"a": [{"x": 1}]}"#);
        assert_eq!(talk.texts(), [r#"200 {"x":1}"#]);
        assert_eq!(talk.var("none"), "");
        assert!(talk.failed.is_empty());
    }

    #[test]
    pub fn failure() {
        let node = json!({"httpRequest": {"url": "${address}", "responseCode": "code", "exportVariables": {"r": "a"}}});
        let mut talk = Talk::start(&json!([
            {"set": {"code": "old", "address": "ftp://a.example"}}, node,
            {"set": {"address": "https://a.example"}}, node, {"log": "[${code}]"}, node
        ]));
        talk.answers_with(Err(HttpFailure::Timeout));
        assert_eq!(talk.log, ["[]"], "without an answer the code is empty");
        talk.answers(500, "text/html", "<h1>");
        assert_eq!(
            talk.failures(),
            ["[1].httpRequest", "[3].httpRequest", "[5].httpRequest"]
        );
        assert_eq!(talk.var("code"), "500");
        assert_eq!(talk.var("r"), "");
    }
}

pub mod calendar {
    use super::*;

    fn answer(calendar: CalendarAnswer, extended: bool) -> String {
        let mut talk = Talk::of(&json!([{"calendar": {"name": "Desk", "setVar": "c", "extended": extended}}]));
        talk.calendar = calendar;
        talk.begin("hi");
        talk.var("c")
    }

    #[test]
    pub fn arguments() {
        let mut talk =
            Talk::of(&json!([{"set": {"n": "12"}}, {"calendar": {"id": "${n}", "setVar": "c.${peer_name}"}}]));
        talk.calendar = CalendarAnswer::Open;
        talk.begin("hi");
        assert_eq!(talk.var("c.Ann"), "true");
    }

    #[test]
    pub fn effect() {
        let holiday = || CalendarAnswer::Holiday("Різдво".into());
        assert_eq!(answer(CalendarAnswer::Open, true), "true");
        assert_eq!(answer(CalendarAnswer::Closed, true), "false");
        assert_eq!(answer(holiday(), true), "Різдво");
        assert_eq!(answer(holiday(), false), "false");
        assert_eq!(answer(CalendarAnswer::Expired, true), "expire");
        assert_eq!(answer(CalendarAnswer::Expired, false), "false");
    }

    #[test]
    pub fn failure() {
        let talk = Talk::start(&json!([{"set": {"c": "old"}}, {"calendar": {"name": "${peer_name}", "setVar": "c"}}]));
        assert_eq!(
            talk.failed,
            [("[1].calendar".into(), "there is no calendar “Ann”".into())]
        );
        assert_eq!(talk.var("c"), "old");
    }
}

pub mod log {
    use super::*;

    #[test]
    pub fn arguments() {
        let talk = Talk::start(&json!([{"log": "${peer_name} said ${start_message}"}]));
        assert_eq!(talk.log, ["Ann said hi"]);
    }

    #[test]
    pub fn effect() {
        let mut talk = Talk::start(&json!([{"log": ""}, {"log": "b"}]));
        assert_eq!(talk.log, ["", "b"]);
        assert!(talk.texts().is_empty());
    }

    #[test]
    pub fn failure() {
        let long = "${a}${a}${a}${a}";
        let talk = Talk::start(&json!([{"js": {"data": "return 'я'.repeat(20000)", "setVar": "a"}}, {"log": long}]));
        assert_eq!(
            talk.log[0].len(),
            65_536,
            "a line without end is cut, and is no failure"
        );
        assert!(talk.failed.is_empty());
    }
}
