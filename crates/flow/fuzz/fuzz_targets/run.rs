//! Any program that passes the check, any peer and any world: a conversation keeps to its limits, comes to its end, and is
//! the same whether or not it is stored between two events.
#![no_main]

#[path = "run/nodes.rs"]
mod nodes;
#[path = "run/talk.rs"]
mod talk;
#[path = "run/turns.rs"]
mod turns;

use arbitrary::{Result, Unstructured};
use flow::{Context, Program, Programs, parse};
use libfuzzer_sys::Corpus;
use serde_json::Value as Json;
use std::sync::Arc;
use talk::Talk;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| -> Corpus {
    match converse(&mut Unstructured::new(bytes)) {
        Ok(true) => Corpus::Keep,
        Ok(false) | Err(_) => Corpus::Reject,
    }
});

/// Puts a conversation together and has it. Whether its programs passed the check.
fn converse(bytes: &mut Unstructured<'_>) -> Result<bool> {
    let first = turns::message(bytes)?;
    let turns = turns::turns(bytes)?;
    let other = if bytes.arbitrary()? {
        nodes::program(bytes)?
    } else {
        Json::Array(Vec::new())
    };
    let text = nodes::program(bytes)?.to_string();
    let (Some(own), Some(other)) = (checked(&text), checked(&other.to_string())) else {
        return Ok(false);
    };
    let programs = Programs::new(own).with("60", other);
    Talk::new(&programs, &text).whole(first, &turns);
    Ok(true)
}

fn checked(text: &str) -> Option<Arc<Program>> {
    match parse(text, &Context::default()) {
        Ok(program) => Some(Arc::new(program)),
        Err(mistakes) => {
            if std::env::var_os("FLOW_FUZZ_TELL").is_some() {
                eprintln!("{text}\n{mistakes:#?}");
            }
            None
        }
    }
}
