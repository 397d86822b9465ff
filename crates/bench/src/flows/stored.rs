//! How large the state of a conversation is where it is stored.

use super::interpreter::{Interpreter, start_variables};
use super::talk::parse;
use crate::failure::Fallible;
use flow::{Event, Message, Programs, run::Engine};
use model::message::{Inbound, Part};
use serde_json::{Value, json};
use std::sync::Arc;

/// A state.
#[derive(Clone, Debug)]
pub struct Stored {
    /// What it holds.
    pub title: &'static str,
    /// Its variables, those that every conversation starts with included.
    pub variables: usize,
    /// Bytes of its JSON.
    pub bytes: usize,
}

/// What the peer is asked for one by one, and answers.
const ASKED: [(&str, &str); 4] = [
    ("name", "Олена Шевченко"),
    ("phone", "+380 44 123 45 67"),
    ("email", "olena.shevchenko@example.com"),
    ("comment", "Please ring twice, the bell is broken."),
];

/// Looks at a conversation that has just begun and at one with ten variables of its own.
///
/// # Errors
///
/// If the program is refused or ends too soon.
pub fn measure() -> Fallible<[Stored; 2]> {
    let program = parse(&program().to_string())?;
    let programs = Programs::new(Arc::new(program));
    let scripts = Engine::new();
    let mut interpreter = Interpreter::new(&programs, &scripts);
    _ = interpreter.take(Event::Start {
        message: said("Hello"),
        variables: start_variables(),
    });
    let begun = stored("begun, no variables of its own", &interpreter);
    for (_, answer) in ASKED {
        _ = interpreter.take(Event::Message(said(answer)));
    }
    let asked = stored("ten variables of its own", &interpreter);
    if interpreter.state.ended().is_some() || asked.variables != begun.variables + 10 {
        return Err(format!("the state has {asked:?} instead of ten variables more than {begun:?}").into());
    }
    Ok([begun, asked])
}

/// Asks for four things and sets six, which makes ten.
fn program() -> Value {
    let mut nodes: Vec<Value> = ASKED
        .iter()
        .map(|(name, _)| json!({ "recvMessage": { "set": name } }))
        .collect();
    nodes.push(json!({
        "set": {
            "language": "uk",
            "city": "Київ",
            "order": { "number": 100_482, "items": 3, "total": 1_249.5 },
            "tries": 2,
            "consent": true,
            "status": "confirmed"
        }
    }));
    nodes.push(json!({ "recvMessage": { "set": "end" } }));
    Value::Array(nodes)
}

fn said(text: &str) -> Message {
    Message::Inbound(Inbound::of(Part::text(text)))
}

fn stored(title: &'static str, interpreter: &Interpreter<'_>) -> Stored {
    let state = &interpreter.state;
    Stored {
        title,
        variables: state.variables().iter().count(),
        bytes: state.to_json().len(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ten_variables_are_ten() {
        let all = super::measure().unwrap();
        assert_eq!([all[0].variables, all[1].variables], [7, 17]);
    }
}
