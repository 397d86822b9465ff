//! Rules 8 to 11.

use super::{Engine, ScriptError};
use crate::Template;
use crate::program::Script;
use crate::run::{Globals, LocalClock, Scope, Variables, print::text_of};

/// 2026-11-23, a Monday, 10:15:00 in Kyiv.
const NOW: i64 = 1_795_421_700_000;

/// An engine with everything a script can see.
pub(super) struct World {
    engine: Engine,
    variables: Variables,
    globals: Globals,
    seed: u64,
}

impl World {
    pub(super) fn new() -> Self {
        let mut variables = Variables::new();
        let texts = [
            ("a", "x"),
            ("n", "7"),
            ("quote", "' + '/stop' + '"),
            ("code", "&hour() ${a} \\ \" \u{2028} */ ` ); throw 1; //"),
            ("empty", ""),
            ("cart", r#"{"sum":12.5,"items":[1,2]}"#),
        ];
        for (name, text) in texts {
            variables.write(name, text.to_owned()).unwrap();
        }
        let globals = Globals::from([("site".to_owned(), "https://shop.example".to_owned())]);
        Self {
            engine: Engine::new(),
            variables,
            globals,
            seed: 1,
        }
    }

    pub(super) fn condition(&self, written: &str) -> Result<bool, ScriptError> {
        let script = Script {
            source: Template::parse(written),
        };
        let scope = Scope::new(&self.variables, &self.globals);
        self.engine
            .condition(&script, &scope, &LocalClock::new(NOW, "Europe/Kyiv"), &mut || self.seed)
    }

    pub(super) fn run(&self, written: &str) -> Result<String, ScriptError> {
        let script = Script {
            source: Template::parse(written),
        };
        let scope = Scope::new(&self.variables, &self.globals);
        let clock = LocalClock::new(NOW, "Europe/Kyiv");
        self.engine
            .run(&script, &scope, &clock, &mut || self.seed)
            .map(|value| text_of(&value))
    }
}

#[test]
fn rule_8_an_insertion_is_a_text() {
    let world = World::new();
    let table = [
        ("return ${a}", "x"),
        ("return ${n} + 1", "71"),
        ("return typeof ${n}", "string"),
        ("return $${site}", "https://shop.example"),
        ("return $${none} + ${none} + ${}", ""),
        ("return JSON.parse(${cart}).items.length", "2"),
        ("return ${cart.sum} * 2", "25"),
        ("return ${cart.items.#}", "2"),
        ("return ${quote}", "' + '/stop' + '"),
        ("return ${code}", "&hour() ${a} \\ \" \u{2028} */ ` ); throw 1; //"),
        ("return ${quote.uri()}", "'%20%2B%20'%2Fstop'%20%2B%20'"),
        ("return '<${quote}>'.length", "17"),
        ("return \"${code}\".charAt(0)", "&"),
        ("return `<${quote}>`", "<' + '/stop' + '>"),
        ("return 1 // ${code}", "1"),
        ("/* ${code} */ return 2", "2"),
        ("return /a${code}b/.source", "ab"),
    ];
    for (written, expected) in table {
        // A comment is written into the regular expression that would else be none.
        let written = if written.contains("/${code}/.source") {
            "return /(?:)${code}/.source"
        } else {
            written
        };
        assert_eq!(world.run(written).as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn rule_8_an_insertion_cannot_be_assigned_or_named() {
    let world = World::new();
    for written in [
        "${a} = 5; return ${a}",
        "var ${a} = 5; return 1",
        "return {}.${a}.length",
    ] {
        let result = world.run(written);
        assert!(result.is_err() || result.as_deref() == Ok("1"), "{written}: {result:?}");
    }
    assert!(world.run("${a} = 5").is_err());
}

#[test]
fn rule_9_an_expression_is_judged_by_its_truth() {
    let world = World::new();
    let table = [
        ("${a}", true),
        ("!${a}", false),
        ("${empty}", false),
        ("${none}", false),
        ("${n} > 5", true),
        ("${n} > 10", false),
        ("${n} == 7", true),
        ("${n} === 7", false),
        ("${a} === 'x' && ${n} !== '8'", true),
        ("/^[a-z]$/.test(${a})", true),
        ("${quote} === '/stop'", false),
        ("{}", true),
        ("[]", true),
        ("0 // ${a}", false),
        ("NaN", false),
        ("${a} === 'x';", true),
        ("${cart.items.#} == 2", true),
    ];
    for (written, expected) in table {
        assert_eq!(world.condition(written), Ok(expected), "{written}");
    }
}

#[test]
fn rule_9_the_clock_is_known_in_expressions() {
    let world = World::new();
    let table = [
        ("&hour() === 10", true),
        ("&hour(9-12)", true),
        ("&hour(${n}-${none}11)", true),
        ("&wday(2-6) && !&wday(1,7)", true),
        ("&time_of_day() === '10:15'", true),
        ("&time_of_day(09:00-10:15)", true),
        ("&date_time() === \"2026-11-23 10:15:00\"", true),
        ("${a} === 'x' && &minute_of_day() == 615", true),
        ("'&hour()'.length === 7", true),
    ];
    for (written, expected) in table {
        assert_eq!(world.condition(written), Ok(expected), "{written}");
    }
    let error = world.condition("&hour(${a})").unwrap_err();
    assert_eq!(error.to_string(), "&hour(x): “x” is no number");
    assert!(matches!(world.run("return &hour()"), Err(ScriptError::Syntax(_))));
}

#[test]
fn rule_10_every_result_has_a_text() {
    let world = World::new();
    let table = [
        ("", ""),
        ("return", ""),
        ("return undefined", ""),
        ("return null", ""),
        ("return true", "true"),
        ("return 0.1 + 0.2", "0.30000000000000004"),
        ("return -0", "0"),
        ("return 1e21", "1e+21"),
        ("return 1e-7", "1e-7"),
        ("return 2 ** 53", "9007199254740992"),
        ("return 0 / 0", "NaN"),
        ("return -1 / 0", "-Infinity"),
        ("return 10n ** 20n", "100000000000000000000"),
        (
            "return {b: 1, a: [1, 'ж', null, undefined]}",
            r#"{"b":1,"a":[1,"ж",null,null]}"#,
        ),
        ("return [1, 2]", "[1,2]"),
        ("return function () {}", ""),
        ("return new Map([[1, 2]])", "{}"),
        ("return 'a\\uD800b'", "a\u{fffd}b"),
        ("return ['\\uD800']", "[\"\u{fffd}\"]"),
        ("return 'a\\u0000b'", "a\0b"),
        ("return {toJSON: function () { return 'own' }}", "own"),
        ("x = 5; return x + 1", "6"),
        ("return typeof this", "object"),
        ("return arguments.length", "0"),
        ("return '🦊'.length", "2"),
    ];
    for (written, expected) in table {
        let shown = world.run(written);
        assert_eq!(shown.as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn rule_10_dates_show_the_given_clock_only() {
    let world = World::new();
    let table = [
        (
            "var d = LocalDate(); return [d.getFullYear(), d.getMonth(), d.getDate(), d.getHours(), d.getMinutes(), d.getDay()]",
            "[2026,10,23,10,15,1]",
        ),
        ("return LocalDate() instanceof Date", "true"),
        ("return Date.now()", "1795421700000"),
        ("return new Date().getTime() === Date.now()", "true"),
        ("return new Date().toISOString()", "2026-11-23T08:15:00.000Z"),
        ("return new Date().getHours()", "8"),
        ("return new Date(2026, 0, 31, 12).getHours()", "12"),
        ("return new Date('2026-11-23T10:00:00').getHours()", "10"),
        ("return new Date('2026-11-23T10:00:00+02:00').getHours()", "8"),
        (
            "return new Date('Nov 23, 2026 10:00').toISOString()",
            "2026-11-23T10:00:00.000Z",
        ),
        ("return String(new Date(0))", "Thu Jan 01 1970 00:00:00 GMT+0000"),
        ("return new Date(0).toLocaleString()", "01/01/1970, 12:00:00 AM"),
        ("return new Date(0).getTimezoneOffset()", "0"),
        ("return typeof Date()", "string"),
        ("return new Date(NaN).toString()", "Invalid Date"),
        ("return new Date(new Date(5)).getTime()", "5"),
        ("var d = new Date(0); d.setHours(5); return d.getTime()", "18000000"),
        (
            "return new (Object.getPrototypeOf(new Date(0)).constructor)().getTime() === Date.now()",
            "true",
        ),
    ];
    for (written, expected) in table {
        assert_eq!(world.run(written).as_deref(), Ok(expected), "{written}");
    }
}

#[test]
fn chance_is_given() {
    let mut world = World::new();
    let once = world.run("return [Math.random(), Math.random()]").unwrap();
    assert_eq!(world.run("return [Math.random(), Math.random()]"), Ok(once.clone()));
    assert!(world.condition("Math.random() < 1").unwrap());
    world.seed = 2;
    assert_ne!(world.run("return [Math.random(), Math.random()]"), Ok(once));
    assert_eq!(
        world.run("return typeof Math['ran' + 'dom']").as_deref(),
        Ok("undefined")
    );
}

#[test]
fn rule_11_a_script_that_fails_says_why() {
    let world = World::new();
    let table = [
        ("throw new Error('no luck')", "the script threw Error: no luck"),
        ("throw 'text'", "the script threw text"),
        (
            "return JSON.parse(${a}).b",
            "the script threw SyntaxError: unexpected token: 'x'",
        ),
        (
            "return missing",
            "the script threw ReferenceError: missing is not defined",
        ),
        ("return Symbol('s')", "the script threw a symbol is no result"),
        ("throw undefined", "the script threw undefined"),
    ];
    for (written, expected) in table {
        assert_eq!(world.run(written).unwrap_err().to_string(), expected, "{written}");
    }
    let error = world.run("var a = 1;\nreturn (;").unwrap_err();
    assert!(
        error.to_string().starts_with("the script cannot be read: line 2: "),
        "{error}"
    );
    assert!(matches!(world.condition("${a} ==="), Err(ScriptError::Syntax(_))));
    assert!(matches!(world.condition(""), Err(ScriptError::Syntax(_))));
}
