//! Scripts that mean harm end within their limits, and the engine goes on.

use super::tests::World;
use super::{ScriptError, TIME_LIMIT};
use std::time::{Duration, Instant};

/// What a script of the table comes to.
enum End {
    Is(&'static str),
    Fails(fn(&ScriptError) -> bool),
    Any,
}

fn slow(error: &ScriptError) -> bool {
    *error == ScriptError::Slow
}

fn memory(error: &ScriptError) -> bool {
    matches!(error, ScriptError::Memory | ScriptError::Threw(_))
}

fn refused(error: &ScriptError) -> bool {
    *error == ScriptError::Threw("RangeError: this takes too long".to_owned())
}

fn stack(error: &ScriptError) -> bool {
    matches!(error, ScriptError::Stack)
}

/// Scripts and what they come to.
const TABLE: [(&str, End); 39] = [
    ("for (;;) {}", End::Fails(slow)),
    ("for (;;) { try { for (;;) {} } catch (e) {} }", End::Fails(slow)),
    ("try { for (;;) {} } finally { return 1 }", End::Fails(slow)),
    (
        "var a = []; for (;;) a.push({})",
        End::Fails(|error| memory(error) || slow(error)),
    ),
    ("var s = 'x'; for (;;) s += s", End::Fails(memory)),
    ("return 'x'.repeat(1 << 30)", End::Fails(memory)),
    ("return new Array(1e9).join('x')", End::Fails(refused)),
    ("return new ArrayBuffer(1 << 30)", End::Fails(memory)),
    ("return new SharedArrayBuffer(1 << 30)", End::Fails(memory)),
    ("return 'x'.repeat(15000000).split('')", End::Fails(memory)),
    ("function f() { return f() + 1 } return f()", End::Fails(stack)),
    (
        "function f() { try { return f() } catch (e) { return f() } } return f()",
        End::Any,
    ),
    (
        "var a = []; for (var i = 0; i < 100000; i++) a = [a]; return a",
        End::Fails(|_| true),
    ),
    ("return JSON.parse('['.repeat(1000000))", End::Fails(|_| true)),
    ("return eval('('.repeat(1000000))", End::Fails(|_| true)),
    ("return /^(a+)+$/.test('a'.repeat(60) + 'b')", End::Fails(slow)),
    ("return new Array(4294967295).indexOf(1)", End::Fails(refused)),
    (
        "return Array.prototype.lastIndexOf.call({length: 2 ** 53 - 1}, 1)",
        End::Fails(refused),
    ),
    (
        "return Array.prototype.reverse.call({length: 2 ** 53 - 1}).length",
        End::Fails(refused),
    ),
    (
        "var a = 'a'.repeat(4e6); return a.indexOf('a'.repeat(2e6) + 'b')",
        End::Fails(refused),
    ),
    ("return [].concat(new Array(4294967295)).length", End::Fails(refused)),
    ("return [new Array(4294967295)].flat().length", End::Fails(refused)),
    (
        "return [].join.call({get length() { return 2 ** 53 - 1 }})",
        End::Fails(refused),
    ),
    ("return '' + new Array(4294967295)", End::Fails(refused)),
    (
        "return 'x' == [1, 2] ? 1 : 'ab'.indexOf('b') + [3, 4].join('')",
        End::Is("134"),
    ),
    ("return (2n ** 1000000n).toString().length", End::Any),
    ("return Function('return this')().constructor.name", End::Is("Object")),
    (
        "return typeof require + typeof process + typeof std + typeof os + typeof fetch + typeof setTimeout",
        End::Is("undefinedundefinedundefinedundefinedundefinedundefined"),
    ),
    (
        "return typeof performance + typeof WeakRef + typeof console + typeof print",
        End::Is("undefinedundefinedundefinedundefined"),
    ),
    ("import('std').then(function () {}); return 1", End::Any),
    (
        "return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
        End::Fails(|_| true),
    ),
    ("return {get a() { for (;;) {} }}", End::Fails(slow)),
    (
        "return {toJSON: function () { throw 'no' }}",
        End::Fails(|error| matches!(error, ScriptError::Threw(_))),
    ),
    (
        "return new Proxy({}, {ownKeys: function () { for (;;) {} }})",
        End::Fails(slow),
    ),
    ("throw {toString: function () { for (;;) {} }}", End::Fails(slow)),
    (
        "throw new Proxy({}, {get: function () { throw 1 }})",
        End::Fails(|_| true),
    ),
    (
        "var o = {}; o.o = o; return o",
        End::Fails(|error| matches!(error, ScriptError::Threw(_))),
    ),
    ("}); for (;;) {} (function () {", End::Any),
    ("async function f() { for (;;) await 1 } f(); return 2", End::Is("2")),
];

#[test]
fn hostile_scripts_end_and_leave_the_engine_usable() {
    let world = World::new();
    for (written, end) in TABLE {
        let started = Instant::now();
        let result = world.run(written);
        let taken = started.elapsed();
        assert!(
            taken < TIME_LIMIT + Duration::from_secs(2),
            "{written} took {taken:?}: {result:?}"
        );
        match (end, &result) {
            (End::Any, _) => {}
            (End::Is(text), Ok(is)) if text == is => {}
            (End::Fails(fits), Err(error)) if fits(error) => {}
            _ => panic!("{written}: {result:?}"),
        }
        assert_eq!(world.run("return 1 + 1").as_deref(), Ok("2"), "after {written}");
    }
}

#[test]
fn nothing_remains_from_one_script_to_the_next() {
    let world = World::new();
    let traces = [
        ("left = 1", "return typeof left"),
        ("Object.prototype.left = 1", "return typeof ({}).left"),
        ("this.left = 1; globalThis.left = 1", "return typeof globalThis.left"),
        (
            "Array.prototype.push = undefined; Object.freeze(Array.prototype)",
            "return Array.prototype.push ? 'undefined' : 'left'",
        ),
        (
            "var left = 1; function f() {}; eval('var left2 = 1')",
            "return typeof f + typeof left2 === 'undefinedundefined' ? 'undefined' : 'left'",
        ),
        ("(0, eval)('let left = 1')", "return typeof left"),
        (
            "Promise.resolve().then(function () { globalThis.left = 1 })",
            "return typeof left",
        ),
        (
            "RegExp.prototype.test = function () { return true }",
            "return /a/.test('b') ? 'left' : 'undefined'",
        ),
        (
            "Symbol.for('left').description; Math.left = 1",
            "return typeof Math.left",
        ),
        (
            "JSON.stringify = function () { return '1' }; String.prototype.toWellFormed = null",
            "return JSON.stringify({}) === '{}' ? 'undefined' : 'left'",
        ),
    ];
    for (first, second) in traces {
        world.run(first).unwrap();
        assert_eq!(world.run(second).as_deref(), Ok("undefined"), "{first}");
    }
}
