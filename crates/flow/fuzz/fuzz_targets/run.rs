//! Any program that passes the check, any peer and any world: a conversation keeps to its limits, comes to its end, and is
//! the same whether or not it is stored between two events.
#![no_main]

#[path = "run/nodes.rs"]
mod nodes;
#[path = "run/talk.rs"]
mod talk;
#[path = "run/turns.rs"]
mod turns;
#[path = "run/words.rs"]
mod words;

use arbitrary::{Result, Unstructured};
use flow::{Context, Program, Programs, parse};
use libfuzzer_sys::Corpus;
use serde_json::Value as Json;
use std::sync::Arc;
use talk::Talk;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| -> Corpus {
    match converse(&mut Unstructured::new(bytes)) {
        Ok(()) => Corpus::Keep,
        Err(_) => Corpus::Reject,
    }
});

/// Puts a conversation together and has it.
fn converse(bytes: &mut Unstructured<'_>) -> Result<()> {
    let first = turns::message(bytes)?;
    let turns = turns::turns(bytes)?;
    let other = if bytes.arbitrary()? {
        nodes::program(bytes)?
    } else {
        Json::Array(Vec::new())
    };
    let text = nodes::program(bytes)?.to_string();
    let programs = Programs::new(checked(&text)).with("60", checked(&other.to_string()));
    Talk::new(&programs, &text).whole(first, &turns);
    Ok(())
}

/// A program that is as the catalogue has it passes the check.
fn checked(text: &str) -> Arc<Program> {
    match parse(text, &Context::default()) {
        Ok(program) => Arc::new(program),
        Err(mistakes) => panic!("{text}\n{mistakes:#?}"),
    }
}
