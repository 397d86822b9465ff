//! Programs of all nodes, put together by chance, and peers that do anything at all.

use crate::support::{MONDAY, program};
use flow::run::{Engine, Globals, HttpAnswer};
use flow::{
    CalendarAnswer, CalendarKey, Effect, Event, HttpFailure, Message, Programs, State, Step, World, catalogue, step,
};
use model::message::{FileRef, Inbound, Part};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const TEXTS: &[&str] = &[
    "",
    "a",
    "${a}",
    "${b.c}",
    "$${g}",
    "${start_message}",
    "${",
    "${a.uri()}",
    "5",
    "{\"c\": [1, 2]}",
    "${b.c.#}",
    "https://a.example/${a}",
    "я\u{0}\"\\🦊",
    "${a}${a}${a}",
    "${a.file.url}",
    "t1",
];
const NAMES: &[&str] = &["a", "b", "b.c", "a.0", "${a}", "x.y.z", "b.c.0", "t"];
const NUMBERS: &[&str] = &["0", "1", "2", "${a}", "${minus}", "2.5", "1e9", ""];
const EXPRESSIONS: &[&str] = &[
    "true",
    "false",
    "${a}",
    "${a} == 1",
    "nothing.here",
    "&hour(9-17)",
    "!${b.c}",
];
const TAGS: &[&str] = &["t1", "t2"];

fn text() -> impl Strategy<Value = &'static str> {
    select(TEXTS)
}

fn value() -> impl Strategy<Value = Json> {
    prop_oneof![
        4 => text().prop_map(Json::from),
        1 => Just(json!(null)),
        1 => any::<i32>().prop_map(Json::from),
        1 => Just(json!({"c": [1, "${a}"], "d": {"e": true}})),
        1 => Just(json!(["${a}", 2.5])),
    ]
}

/// A node without lists, and its place among [`LEAVES`].
fn leaf() -> impl Strategy<Value = Json> {
    (
        0..LEAVES.len(),
        text(),
        text(),
        select(NAMES),
        select(NAMES),
        select(NUMBERS),
        value(),
        select(EXPRESSIONS),
    )
        .prop_map(|(which, a, b, name, other, number, value, expression)| {
            LEAVES[which](&Pick {
                a,
                b,
                name,
                other,
                number,
                value,
                expression,
            })
        })
}

/// What chance gives a node.
struct Pick {
    a: &'static str,
    b: &'static str,
    name: &'static str,
    other: &'static str,
    number: &'static str,
    value: Json,
    expression: &'static str,
}

const LEAVES: &[fn(&Pick) -> Json] = &[
    |p| json!({"sendText": p.a}),
    |p| json!({"sendMessage": {"text": p.a, "buttons": [[{"text": p.b}, {"text": "x", "code": p.a}]], "noInput": true}}),
    |p| json!({"sendMessage": {"text": p.a, "file": {"url": format!("{}${{a}}", p.b), "name": p.a}}}),
    |p| json!({"menu": {"text": p.a, "type": "inline", "buttons": [[{"text": p.b, "type": "location"}]]}}),
    |p| json!({"sendImage": {"url": format!("{}${{a}}", p.b), "text": p.a}}),
    |p| json!({"sendFile": {"url": format!("{}${{a}}", p.b), "name": p.a}}),
    |_| json!({"sendAction": {"action": "${a}"}}),
    |_| json!({"sendAction": {"action": "typing"}}),
    |p| json!({"recvMessage": {"set": p.name, "timeout": p.number}}),
    |p| json!({"recvMessage": {"set": p.name, "messageTimeout": p.number, "delimiter": p.a}}),
    |p| json!({"chatHistory": {"variable": p.name, "format": "html", "limit": p.number}}),
    |p| json!({"set": {p.name: p.value}}),
    |p| json!({"set": {"a": p.value, "b.d": p.a}}),
    |p| json!({"unSet": [p.name, p.other]}),
    |p| json!({"js": {"data": format!("return {}", p.a.replace(['{', '}', '"', '\\', '\0'], " ")), "setVar": p.name}}),
    |p| json!({"js": {"data": "return {c: [${a}, 1], t: typeof ${b.c}}", "setVar": p.name}}),
    |p| json!({"string": {"fn": "replace", "data": [p.a, p.b], "args": ["/a/g", p.b], "setVar": p.name}}),
    |p| json!({"string": {"fn": "reverse", "data": p.a, "setVar": p.name}}),
    |p| json!({"math": {"fn": "max", "data": [p.a, p.b, 3], "setVar": p.name}}),
    |p| json!({"math": {"data": [p.a, p.b], "setVar": p.name}}),
    |p| json!({"classifier": {"input": p.a, "set": p.name, "matchType": "part", "cluster": {"x": [p.b], "y": ["a"]}}}),
    |p| {
        json!({"httpRequest": {"url": format!("https://a.example/{}${{missing}}", p.a), "data": p.value,
               "responseCode": p.name, "exportVariables": {p.other: "a.0"}, "exportCookie": "cookie"}})
    },
    |p| json!({"calendar": {"name": p.a.replace("${", "$ {") + "x", "setVar": p.name, "extended": true}}),
    |p| json!({"log": p.a}),
    |p| json!({"sleep": p.number}),
    |p| json!({"softSleep": p.number}),
    |_| json!({"goto": "${tag}"}),
    |_| json!({"goto": "${start_message}"}),
    |_| json!({"execute": {"name": "${f}"}}),
    |_| json!({"execute": {"name": "f"}}),
    |_| json!({"schema": {"id": "60"}}),
    |p| json!({"if": {"expression": p.expression, "then": [{"break": true}]}}),
    |p| json!({"if": {"expression": p.expression, "then": [{"sendText": p.a, "break": true}], "else": [{"close": true}]}}),
];

/// A list of nodes, some with lists of their own.
fn list() -> impl Strategy<Value = Vec<Json>> {
    let node = leaf().prop_recursive(3, 24, 4, |inner| {
        let inner = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (select(EXPRESSIONS), inner.clone(), inner.clone()).prop_map(
                |(expression, then, other)| json!({"if": {"expression": expression, "then": then, "else": other}})
            ),
            (text(), inner.clone(), inner.clone())
                .prop_map(|(text, a, b)| json!({"switch": {"variable": text, "case": {"a": a, "": [], "default": b}}})),
            (select(EXPRESSIONS), 0..4_u32, inner.clone()).prop_map(
                |(condition, most, body)| json!({"while": {"condition": condition, "maxSteps": most, "do": body}})
            ),
            (select(EXPRESSIONS), inner).prop_map(
                |(condition, body)| json!({"while": {"condition": condition, "maxSteps": "${a}", "do": body}})
            ),
        ]
    });
    prop::collection::vec(node, 1..7)
}

/// A whole program: tags, limits, a function, a trigger.
fn whole() -> impl Strategy<Value = Json> {
    (list(), list(), list(), list(), prop::option::of(0..3_u32)).prop_map(|(mut body, f, command, end, limit)| {
        let last = body.len() - 1;
        body[0]["tag"] = TAGS[0].into();
        if last > 0 {
            body[last]["tag"] = TAGS[1].into();
        }
        if let Some(most) = limit {
            body[last]["limit"] = json!({"max": most, "failover": TAGS[0]});
        }
        body.push(json!({"function": {"name": "f", "actions": f}}));
        body.push(json!({"trigger": {"commands": {"/c": command}, "disconnected": end}}));
        Json::Array(body)
    })
}

/// What a peer, or the world, does.
#[derive(Clone, Debug)]
enum Turn {
    Says(&'static str),
    Presses(&'static str),
    SendsFile,
    Waits(i64),
    Answers(u16),
    AnswersWrongly,
    Leaves,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        6 => select(&["a", "/c", "1", "t1", "{\"c\":{}}", "${a}", ""][..]).prop_map(Turn::Says),
        2 => text().prop_map(Turn::Presses),
        1 => Just(Turn::SendsFile),
        4 => (0..700_i64).prop_map(Turn::Waits),
        4 => select(&[200_u16, 404, 204][..]).prop_map(Turn::Answers),
        1 => Just(Turn::AnswersWrongly),
        1 => Just(Turn::Leaves),
    ];
    prop::collection::vec(turn, 0..12)
}

/// A conversation that is stored and read again before each event, or isn't.
struct Run<'a> {
    programs: &'a Programs,
    engine: &'a Engine,
    state: State,
    now: i64,
    chance: u64,
    stored: bool,
    call: Option<u64>,
    told: Vec<Effect>,
}

impl Run<'_> {
    fn happen(&mut self, event: Event) {
        let mut state = std::mem::take(&mut self.state);
        if self.stored {
            let json = state.to_json();
            assert!(json.len() < 8 << 20, "a state stays within bounds");
            state = State::from_json(&json).unwrap();
        }
        let chance = &mut self.chance;
        let mut random = || {
            *chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *chance
        };
        let globals = Globals::from([("g".to_owned(), "global".to_owned())]);
        let mut world = World {
            now: self.now,
            zone: "Europe/Kyiv",
            random: &mut random,
            globals: &globals,
            calendars: &|_: CalendarKey<'_>| CalendarAnswer::Open,
            scripts: self.engine,
            trace: None,
        };
        let Step { state, effects } = step(self.programs, state, event, &mut world);
        self.state = state;
        for effect in &effects {
            if let Effect::CallHttp { number, .. } = effect {
                self.call = Some(*number);
            }
        }
        self.told.extend(effects);
    }

    fn turn(&mut self, turn: &Turn) {
        let says = |part| Event::Message(Inbound::of(part).into());
        let event = match turn {
            Turn::Says(text) => says(Part::text(*text)),
            Turn::Presses(payload) => Event::Message(Message::Button {
                payload: (*payload).to_owned(),
                title: Some("t".to_owned()),
            }),
            Turn::SendsFile => says(Part::Document {
                file: FileRef::default(),
                caption: None,
            }),
            Turn::Waits(seconds) => {
                self.now += seconds * 1_000;
                Event::Time
            }
            Turn::Answers(status) => {
                let body = br#"{"a": [{"x": 1}]}"#.to_vec();
                let content_type = Some("application/json".to_owned());
                let answer = HttpAnswer {
                    status: *status,
                    content_type,
                    body,
                    cookies: vec!["a=b".to_owned()],
                };
                Event::HttpAnswered {
                    number: self.call.unwrap_or(1),
                    result: Ok(answer),
                }
            }
            Turn::AnswersWrongly => Event::HttpAnswered {
                number: self.call.unwrap_or(0) + 1,
                result: Err(HttpFailure::Timeout),
            },
            Turn::Leaves => Event::PeerLeft,
        };
        self.happen(event);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_program_and_no_peer_goes_beyond_its_limits_and_a_restart_changes_nothing(
        own in whole(), other in whole(), turns in turns(), first in text(),
    ) {
        let programs = Programs::new(program(&own)).with("60", program(&other));
        // Scripts run out of time after a thousand of them, on any machine.
        let looks = AtomicU32::new(0);
        let engine = Engine::timed_by(move || Duration::from_millis(2) * looks.fetch_add(1, Ordering::Relaxed));
        let run = |stored: bool| {
            let mut run = Run {
                programs: &programs, engine: &engine, state: State::new(), now: MONDAY, chance: 1, stored, call: None, told: Vec::new(),
            };
            let variables = vec![("tag".to_owned(), TAGS[0].to_owned()), ("f".to_owned(), "f".to_owned()), ("minus".to_owned(), "-1".to_owned())];
            run.happen(Event::Start { message: Inbound::of(Part::text(first)).into(), variables });
            for turn in &turns {
                run.turn(turn);
            }
            run.happen(Event::PeerLeft);
            let mut calls = 0;
            while !run.state.is_over() {
                run.turn(&Turn::Answers(200));
                calls += 1;
                assert!(calls < 20_000, "a conversation comes to its end");
            }
            run
        };
        let (once, again) = (run(false), run(true));
        prop_assert_eq!(&once.told, &again.told);
        prop_assert_eq!(once.state.variables(), again.state.variables());
        prop_assert!(once.state.variables().bytes() <= 1 << 20);
    }
}

#[test]
fn chance_knows_every_node() {
    let pick = Pick {
        a: "",
        b: "",
        name: "a",
        other: "b",
        number: "0",
        value: Json::Null,
        expression: "true",
    };
    let leaves: Vec<Json> = LEAVES.iter().map(|leaf| leaf(&pick)).collect();
    let known = |name: &str| {
        leaves
            .iter()
            .any(|leaf| leaf.get(name).is_some() || leaf.to_string().contains(&format!("\"{name}\":")))
    };
    let nested = ["switch", "while", "function", "trigger"];
    for node in catalogue::nodes() {
        assert!(known(node.name) || nested.contains(&node.name), "{}", node.name);
    }
}
