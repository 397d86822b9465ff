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
    assert!(stored.len() < 1_024, "{} bytes: {stored}", stored.len());
}

#[test]
fn a_state_of_a_later_form_ends_in_words() {
    let stored = waiting().state.to_json().replacen("\"format\":1", "\"format\":2", 1);
    let error = State::from_json(&stored).unwrap_err();
    assert_eq!(error, StateError::Format(2));
    assert_eq!(
        error.to_string(),
        "the stored conversation has the form 2, and this version reads only form 1"
    );
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
