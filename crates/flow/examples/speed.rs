//! How fast conversations go on: `cargo run --release -p flow --features run --example speed`.

use flow::run::{Engine, Globals};
use flow::{CalendarAnswer, Context, Effect, Event, Programs, State, World, parse, step};
use model::message::{Inbound, Outbound, Part};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long each measurement takes.
const TIME: Duration = Duration::from_secs(2);

/// Says back what is said, for ever: one event is a received message, a sent one, a jump and a wait.
const ECHO: &str = r#"[{"tag": "on", "recvMessage": {"set": "said"}}, {"sendText": "${said}"}, {"while": {"condition": "${said} !== '/stop'", "maxSteps": 1000000000,
    "do": [{"recvMessage": {"set": "said"}}, {"sendText": "${said}"}]}}]"#;

fn main() {
    let engine = Engine::new();
    let globals = Globals::new();
    let many: Vec<String> = (0..149)
        .map(|at| format!(r#"{{"set": {{"v{}": "${{said}} {at}"}}}}, {{"switch": {{"variable": "${{v3}}", "case": {{"x": []}}}}}}"#, at % 10))
        .collect();
    let long = format!(
        r#"[{{"while": {{"condition": "${{said}} !== '/stop'", "maxSteps": 1000000000, "do": [{{"recvMessage": {{"set": "said"}}}}, {}, {{"sendText": "${{said}}"}}]}}}}]"#,
        many.join(",")
    );
    let ifs = r#"{"if": {"expression": "${said} == 'x'", "then": []}}"#;
    let ifs = format!(
        r#"[{{"while": {{"condition": "${{said}} !== '/stop'", "maxSteps": 1000000000, "do": [{{"recvMessage": {{"set": "said"}}}}, {}, {{"sendText": "${{said}}"}}]}}}}]"#,
        vec![ifs; 100].join(",")
    );
    for (name, text, nodes) in [
        ("echo", ECHO, 3),
        ("300 nodes", long.as_str(), 301),
        ("100 conditions", ifs.as_str(), 103),
    ] {
        let Ok(program) = parse(text, &Context::default()) else {
            panic!("{name} is refused")
        };
        let programs = Programs::new(Arc::new(program));
        let mut random = || 4;
        let mut world = World {
            now: 0,
            zone: "Europe/Kyiv",
            random: &mut random,
            globals: &globals,
            calendars: &|_| CalendarAnswer::None,
            scripts: &engine,
            trace: None,
        };
        let first = Event::Start {
            message: Inbound::of(Part::text("hi")).into(),
            variables: Vec::new(),
        };
        let mut state = step(&programs, State::new(), first, &mut world).state;
        let (mut events, begun) = (0_u32, Instant::now());
        while begun.elapsed() < TIME {
            for _ in 0..100 {
                let said = Event::Message(Inbound::of(Part::text("hello there")).into());
                let answer = step(&programs, state, said, &mut world);
                assert!(matches!(answer.effects[..], [Effect::Send(_), Effect::Wait { .. }]));
                state = answer.state;
                events += 1;
            }
        }
        let each = begun.elapsed().as_secs_f64() / f64::from(events);
        let steps = f64::from(nodes) / each;
        println!(
            "{name}: {:.0} ns a message, {:.2} million nodes a second, state {} bytes",
            each * 1e9,
            steps / 1e6,
            state.to_json().len()
        );
    }
    floor();
    stored();
    misspelt();
}

/// A state of ten variables, one of them a message, written and read.
fn stored() {
    let values: Vec<String> = [
        "uuid",
        "gateway_id",
        "gateway_name",
        "provider",
        "peer_id",
        "peer_name",
        "name",
        "phone",
    ]
    .map(|name| format!(r#""{name}": "0d2f6a52-7b1c-4c55-9a51-3f1c2f6e9b10""#))
    .to_vec();
    let text = format!(
        r#"[{{"set": {{{}}}}}, {{"recvMessage": {{"set": "answer"}}}}, {{"recvMessage": {{"set": "more"}}}}]"#,
        values.join(",")
    );
    let programs = Programs::new(Arc::new(parse(&text, &Context::default()).expect("it is a program")));
    let (engine, globals, mut random) = (Engine::new(), Globals::new(), || 4);
    let mut world = World {
        now: 0,
        zone: "Europe/Kyiv",
        random: &mut random,
        globals: &globals,
        calendars: &|_| CalendarAnswer::None,
        scripts: &engine,
        trace: None,
    };
    let long = "I would like to know when my order arrives, please: it was to be here on Monday.";
    let first = Event::Start {
        message: Inbound::of(Part::text(long)).into(),
        variables: Vec::new(),
    };
    let state = step(&programs, State::new(), first, &mut world).state;
    let answer = Event::Message(Inbound::of(Part::text(long)).into());
    let state = step(&programs, state, answer, &mut world).state;
    let stored = state.to_json();
    let write = each(|| assert_eq!(state.to_json().len(), stored.len()));
    let read = each(|| assert!(State::from_json(&stored).is_ok()));
    println!(
        "a state of ten variables: {} bytes, {write:.0} ns to write, {read:.0} ns to read",
        stored.len()
    );
}

/// The check of a program whose nodes are all misspelt, each in the same way or in a way of its own.
fn misspelt() {
    const NODES: u32 = 900;
    for (name, own) in [("alike", false), ("each otherwise", true)] {
        let nodes: Vec<String> = (0..NODES)
            .map(|at| {
                let suffix = if own { at.to_string() } else { String::new() };
                format!(r#"{{"sendTxet{suffix}": "a"}}"#)
            })
            .collect();
        let text = format!("[{}]", nodes.join(","));
        let time = each(|| assert!(parse(&text, &Context::default()).is_err()));
        println!("misspelt nodes, {name}: {:.1} µs each", time / 1e3 / f64::from(NODES));
    }
}

/// Nanoseconds that something takes.
fn each(mut work: impl FnMut()) -> f64 {
    let (mut times, begun) = (0_u32, Instant::now());
    while begun.elapsed() < TIME {
        for _ in 0..10 {
            work();
        }
        times += 10;
    }
    begun.elapsed().as_secs_f64() / f64::from(times) * 1e9
}

/// The same answers by hand.
fn floor() {
    let (mut events, begun) = (0_u32, Instant::now());
    let mut sent = Vec::new();
    while begun.elapsed() < TIME {
        for _ in 0..100 {
            let said = Inbound::of(Part::text("hello there"));
            sent = vec![Outbound {
                parts: vec![Part::text(said.words())],
                ..Outbound::default()
            }];
            events += 1;
        }
    }
    assert_eq!(sent.len(), 1);
    println!(
        "by hand: {:.0} ns a message",
        begun.elapsed().as_secs_f64() / f64::from(events) * 1e9
    );
}
