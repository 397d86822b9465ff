//! Any expression: what is judged without the script engine comes to what the engine makes of it.
#![no_main]

#[path = "run/words.rs"]
#[allow(dead_code, reason = "programs are made of more than expressions")]
mod words;

use arbitrary::{Result, Unstructured};
use flow::Template;
use flow::program::Script;
use flow::run::{Engine, Globals, LocalClock, Scope, ScriptError, Variables};
use libfuzzer_sys::Corpus;

thread_local! {
    // Starting its thread for each expression would take longer than judging it.
    static ENGINE: Engine = Engine::new();
}

/// Pieces that a piece of an expression may be cut at, or that say something else to one of the two readers.
const ODD: [&str; 19] = [
    "'", "\"", ";", " ", "\n", "\t", "!", "=", ".", "0", "00", "1e1", "\\", "&", "|", "\u{a0}", "я", "<!--", "-->",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| -> Corpus {
    match judge(&mut Unstructured::new(bytes)) {
        Ok(()) => Corpus::Keep,
        Err(_) => Corpus::Reject,
    }
});

fn judge(bytes: &mut Unstructured<'_>) -> Result<()> {
    let (a, c, global) = (word(bytes)?, word(bytes)?, word(bytes)?);
    let mut written = String::new();
    for _ in 0..bytes.int_in_range(1..=6)? {
        match bytes.int_in_range(0..=3)? {
            0 => written.push_str(bytes.choose(&ODD)?),
            1 => written.extend(["(", &words::expression(bytes)?, ")"]),
            _ => written.push_str(&words::expression(bytes)?),
        }
    }
    let mut variables = Variables::new();
    let json = serde_json::json!({"c": c}).to_string();
    variables
        .write("a", a)
        .and_then(|()| variables.write("b", json))
        .expect("plain names can be written");
    let globals = Globals::from([("g".to_owned(), global)]);
    let clock = LocalClock::new(i64::from(bytes.arbitrary::<i32>()?) * 1_000, "Europe/Kyiv");
    let scope = Scope::new(&variables, &globals);
    ENGINE.with(|engine| {
        let truth = |source: &str| {
            let script = Script {
                source: Template::parse(source),
            };
            engine.condition(&script, &scope, &clock, &mut || 7)
        };
        let plain = truth(&written);
        // The same, as the first element of a list, is nothing that is judged without the engine.
        let bare = written.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
        let list = truth(&format!("[({bare}\n)][0]"));
        // What is no expression may be one in brackets, and the other way round.
        let unreadable = |truth: &std::result::Result<bool, _>| matches!(truth, Err(ScriptError::Syntax(_)));
        if !unreadable(&plain) && !unreadable(&list) {
            assert_eq!(plain, list, "{written:?} with {variables:?}");
        }
    });
    Ok(())
}

/// A text that is a number now and then, for JavaScript.
fn word(bytes: &mut Unstructured<'_>) -> Result<String> {
    let numbers = [
        "0", "1", "10", "9.5", "1e1", " 1 ", "-0", "+1", ".5", "1.", "01", "0x1", "Infinity", "NaN", "true", "\u{b}1",
        "\u{85}1", "\u{feff}",
    ];
    Ok(if bytes.arbitrary()? {
        (*bytes.choose(&numbers)?).to_owned()
    } else {
        words::text(bytes)?
    })
}
