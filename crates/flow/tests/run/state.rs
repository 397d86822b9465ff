//! What is stored between two events.

use crate::support::{Talk, program};
use flow::{Cause, Programs, State, StateError};
use serde_json::{Value as Json, json};

fn waiting() -> Talk {
    let body =
        json!([{"tag": "t", "recvMessage": {"set": "a", "messageTimeout": 3}, "limit": {"max": 9, "failover": "t"}}]);
    let f = json!({"function": {"name": "f", "actions": [{"while": {"condition": "true", "do": body}}]}});
    let mut talk = Talk::start(&json!([f, {"execute": {"name": "f"}}]));
    talk.says("piece");
    talk
}

#[test]
fn a_state_of_ten_variables_is_small() {
    let names = [
        "uuid",
        "gateway_id",
        "gateway_name",
        "provider",
        "peer_id",
        "peer_name",
        "name",
        "phone",
        "email",
    ];
    let values: Json = names
        .iter()
        .map(|name| ((*name).to_owned(), json!("0d2f6a52-7b1c-4c55-9a51-3f1c2f6e9b10")))
        .collect();
    let talk = Talk::start(&json!([{"set": values}, {"recvMessage": {"set": "answer"}}]));
    assert_eq!(talk.state.variables().iter().count(), 10);
    let stored = talk.state.to_json();
    assert!(stored.len() < 900, "{} bytes: {stored}", stored.len());
}

#[test]
fn a_state_of_a_later_form_ends_in_words() {
    let stored = waiting().state.to_json().replacen("\"format\":2", "\"format\":3", 1);
    let of_its_own = r#"{"format":3,"calls":"elsewhere"}"#;
    for stored in [stored.as_str(), of_its_own] {
        let error = State::from_json(stored).unwrap_err();
        assert_eq!(error, StateError::Format(3));
        assert_eq!(
            error.to_string(),
            "the stored conversation has the form 3, and this version reads the forms 1 to 2"
        );
    }
}

/// As the first form had it: inside a command, inside a loop, inside a function; messages of all sorts in variables.
const FIRST_FORM: &str = r#"{"format":1,"calls":[{"k":"program","p":{"list":0,"index":4},"d":0},{"k":"function","p":{"list":3,"index":0},"d":1,"r":[[{"list":2,"index":0},998]]},{"k":{"command":[{"t":"three"}]},"p":{"list":1,"index":0},"d":3}],"variables":{"cart":"{\"items\":[1]}","history":"Ann: one\nAnn: two","peer_name":"Ann","said":{"text":"one two","message":{"type":"text","text":"one"}},"start_message":{"text":"my bill","message":{"type":"file","text":"my bill","file":{"url":"https://a.example/1","name":"чек.pdf","mime":"application/pdf","size":null}}},"who":{"text":"+1","message":{"type":"contact","text":"+1","contact":{"phone":"+1","name":"Ann"}}}},"waiting":{"message":{"until":1795421403000}},"history":[["p","my bill"],["p","+1"],["p","one"],["p","two"],["f","one two|text|one|Ann|чек.pdf||file"],["p","three"],["p","/help"]],"steps":0,"work":0,"jumps":0,"http":0}"#;

#[test]
fn a_state_of_the_first_form_goes_on() {
    let told = "${said}|${said.type}|${said.text}|${who.contact.name}|${start_message.file.name}|${start_message.file.size}|${start_message.type}";
    let mut talk = Talk::of(&json!([
        {"trigger": {"commands": {"/help": [{"recvMessage": {"set": "topic"}}]}}},
        {"function": {"name": "f", "actions": [{"while": {"condition": "true", "do": [
            {"recvMessage": {"set": "said", "messageTimeout": 3}},
            {"chatHistory": {"variable": "history", "limit": 2}},
            {"sendText": told}
        ]}}]}},
        {"set": {"cart": {"items": [1]}}},
        {"recvMessage": {"set": "who"}},
        {"execute": {"name": "f"}}
    ]));
    talk.state = State::from_json(FIRST_FORM).unwrap();
    assert_eq!(
        (talk.var("said.text").as_str(), talk.var("who.contact.phone").as_str()),
        ("one", "+1")
    );
    talk.says("prices");
    talk.after(3);
    assert_eq!(talk.texts(), ["three|text|three|Ann|чек.pdf||file"]);
    assert_eq!((talk.cause(), talk.failures().len()), (None, 0));
    assert!(talk.state.to_json().starts_with(r#"{"format":2,"#));
}

#[test]
fn a_broken_state_ends_in_words() {
    let stored = waiting().state.to_json();
    for end in 0..stored.len() {
        if stored.is_char_boundary(end) {
            assert!(matches!(
                State::from_json(&stored[..end]),
                Err(StateError::Unreadable(_))
            ));
        }
    }
}

#[test]
fn a_state_says_where_it_waits() {
    let programs = Programs::new(program(
        &json!([{"if": {"expression": "true", "then": [{"softSleep": 5}]}}]),
    ));
    let mut talk = Talk::with(programs.clone());
    talk.begin("hi");
    assert_eq!(talk.state.place(&programs).as_deref(), Some("[0].if.then[0].softSleep"));
}

/// Each number inside a stored state is changed to each of these, one at a time.
fn damaged(value: &Json) -> Vec<Json> {
    let mut all = Vec::new();
    match value {
        Json::Number(_) => all.extend([0, 1, 2, 7, 64, 65, u32::MAX].map(Json::from)),
        Json::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                for other in damaged(value) {
                    let mut values = values.clone();
                    values[index] = other;
                    all.push(Json::Array(values));
                }
                let mut twice = values.clone();
                twice.push(value.clone());
                all.push(Json::Array(twice));
            }
            all.push(json!([]));
        }
        Json::Object(fields) => {
            for (key, value) in fields {
                for other in damaged(value) {
                    let mut fields = fields.clone();
                    fields.insert(key.clone(), other);
                    all.push(Json::Object(fields));
                }
            }
        }
        Json::String(_) => all.extend([
            json!("program"),
            json!("function"),
            json!("disconnected"),
            json!("over"),
        ]),
        Json::Null | Json::Bool(_) => {}
    }
    all
}

#[test]
fn a_damaged_state_goes_on_or_ends_in_words() {
    let stored: Json = serde_json::from_str(&waiting().state.to_json()).unwrap();
    let damaged = damaged(&stored);
    assert!(damaged.len() > 100);
    let mut refused = 0;
    for other in damaged {
        let Ok(state) = State::from_json(&other.to_string()) else {
            continue;
        };
        let mut talk = waiting();
        talk.state = state;
        talk.closed = None;
        talk.says("more");
        talk.after(4);
        if talk.cause() == Some(Cause::FlowErr) {
            refused += 1;
            assert!(!talk.why().is_empty());
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn a_state_of_another_program_ends_in_words() {
    let mut talk = waiting();
    let other = program(&json!([{"sendText": "a"}]));
    let mut moved = Talk::with(Programs::new(other));
    moved.state = talk.state.clone();
    moved.says("x");
    assert_eq!(moved.cause(), Some(Cause::FlowErr));
    assert!(moved.why().contains("does not fit its program"), "{}", moved.why());
    talk.says("x");
    assert_eq!(talk.cause(), None);
}

#[test]
fn a_state_inside_a_flow_that_is_gone_ends_in_words() {
    let own = json!([{"schema": {"id": "1"}}]);
    let mut talk = Talk::of(&own).and_flow("1", &json!([{"recvMessage": {"set": "a"}}]));
    talk.begin("hi");
    let mut moved = Talk::of(&own);
    moved.state = talk.state;
    moved.says("x");
    assert_eq!(
        moved.why(),
        "the stored conversation is inside flow 1, which is not there"
    );
}
