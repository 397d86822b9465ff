//! Plain expressions come to what the engine comes to.

use super::judge;
use crate::Template;
use crate::run::script::Engine;
use crate::run::script::context::{self, Job};
use crate::run::script::source::Source;
use crate::run::{Globals, LocalClock, Scope, Variables};

const TEXTS: [&str; 24] = [
    "", " ", "0", "1", "01", "1.0", "1.", ".5", "-1", "+1", "1e1", "1e", ".", "abc", "true", "NaN", "10", "9",
    "\u{ff5e}", "🦊", "ж", "5 5", "inf", "'",
];

fn plain(written: &str, a: &str, b: &str) -> Option<bool> {
    let (variables, globals) = (variables(a, b), Globals::new());
    let clock = LocalClock::new(1_795_421_700_000, "Europe/Kyiv");
    judge(&Template::parse(written), &Scope::new(&variables, &globals), &clock).unwrap()
}

fn variables(a: &str, b: &str) -> Variables {
    let mut variables = Variables::new();
    variables.write("a", a.to_owned()).unwrap();
    variables.write("b", b.to_owned()).unwrap();
    variables
}

/// What the engine makes of each pair of texts, in one run.
fn by_the_engine(written: &str, pairs: &[(&str, &str)]) -> Vec<bool> {
    let template = Template::parse(written);
    let source = Source::read(&template, true);
    let mut code = source.code.clone();
    for (index, binding) in source.bindings.iter().enumerate() {
        let super::super::source::Binding::Part(crate::template::Part::Variable { path, .. }) = binding else {
            panic!("{written} has more than variables")
        };
        code = code.replace(&format!("$insertion{index}"), &format!("$pair.{path}"));
    }
    let values = pairs.iter().map(|(a, b)| serde_json::json!({"a": a, "b": b})).collect();
    let code = format!("(function($all){{return $all.map(function($pair){{return !!({code})}})}})");
    let result = context::run(&Job {
        code,
        values,
        now: None,
        seed: None,
        calls: true,
    })
    .unwrap();
    result
        .as_array()
        .unwrap()
        .iter()
        .map(|truth| truth.as_bool().unwrap())
        .collect()
}

#[test]
fn plain_expressions_come_to_what_the_engine_comes_to() {
    let pairs: Vec<_> = TEXTS.iter().flat_map(|a| TEXTS.iter().map(move |b| (*a, *b))).collect();
    let expressions = [
        "${a}",
        "!${a}",
        "!!${a}",
        "${a} == ${b}",
        "${a} != ${b}",
        "${a} === ${b}",
        "${a} !== ${b}",
        "${a} < ${b}",
        "${a} >= ${b}",
        "${a} == 1",
        "${a} === 1",
        "${a} !== 1.5",
        "${a} <= 1",
        "9.5 < ${a}",
        "${a} > '1'",
        "${a} == (${b} == 1)",
        "!${a} == ${b}",
        "${a} && ${b} == 1",
        "(${a} || ${b}) > 0",
        "(${a} && ${b}) === 'abc'",
        "${a} && ${b} || !${a} && !${b}",
        "${a} === \"it's\" || ${b} !== ''",
        "0 == ${a}",
        "0 || ${a}",
    ];
    for written in expressions {
        let expected = by_the_engine(written, &pairs);
        for ((a, b), expected) in pairs.iter().zip(expected) {
            assert_eq!(plain(written, a, b), Some(expected), "{written} with “{a}” and “{b}”");
        }
    }
}

#[test]
fn the_clock_is_known() {
    for written in [
        "&hour() == 10",
        "&wday(2-6) && !&wday(1,7)",
        "${a} === '1' && &time_of_day(09:00-17:30)",
        "&time_of_day() < '11:00'",
    ] {
        assert_eq!(plain(written, "1", ""), Some(true), "{written}");
    }
}

#[test]
fn what_is_not_plain_is_left_to_the_engine() {
    let table = [
        "",
        "${a}.length > 3",
        "${a} + ${b}",
        "${a}${b}",
        "${a} = 5",
        "'${a}'",
        r"'\x41' == ${a}",
        "010 == 8",
        "1n == 1",
        "0x1",
        "1.",
        "1 == 1 == 1",
        "1 < 2 > 0",
        "a",
        "true",
        "-1",
        "(${a}",
        "${a})",
        "${a} == 1 ? 2 : 3",
        "${a} & 1",
        "${a} // x",
        "/a/.test(${a})",
        "&hour(${a})",
        "&hours()",
        "[1] == 1",
        "1 1",
        "''''",
        "`a`",
        "${a} || /* */ 1",
    ];
    for written in table {
        assert_eq!(plain(written, "1", "1"), None, "{written}");
    }
    assert_eq!(plain(&format!("{}1", "!".repeat(100_000)), "", ""), None);
    for text in ["0x10", "Infinity", "-Infinity", "\u{feff}1", "0b1"] {
        assert_eq!(plain("${a} > 0", text, ""), None, "{text}");
    }
}

#[test]
fn a_plain_expression_starts_no_engine() {
    let (variables, globals) = (variables("/stop", ""), Globals::new());
    let engine = Engine::new();
    let script = crate::program::Script {
        source: Template::parse("${a} !== '/stop'"),
    };
    let clock = LocalClock::new(0, "UTC");
    let truth = engine.condition(&script, &Scope::new(&variables, &globals), &clock, &mut || {
        panic!("no chance was asked for")
    });
    assert_eq!(truth, Ok(false));
    assert!(engine.worker.borrow().is_none());
}
