//! Texts, names, numbers and expressions that programs are made of.

use arbitrary::{Result, Unstructured};
use serde_json::{Value as Json, json};

/// Where chance comes from.
pub type Bytes<'a, 'b> = &'a mut Unstructured<'b>;

const TEXTS: [&str; 18] = [
    "",
    "a",
    "${a}",
    "${b.c}",
    "$${g}",
    "${start_message}",
    "${",
    "${a.uri()}",
    "5",
    "{\"c\":[1,{\"d\":\"x\"}]}",
    "${b.c.#}",
    "https://a.example/${a}",
    "я\u{0}\"\\🦊",
    "${a}${a}${a}",
    "${a.file.url}",
    "t1",
    "/c",
    "${b.c.1.d}",
];
const NAMES: [&str; 12] = [
    "a",
    "b",
    "b.c",
    "a.0",
    "${a}",
    "x.y.z",
    "b.c.0",
    "t",
    "b.c.1.d",
    "${b}.${a}",
    "start_message",
    "a.#",
];
const NUMBERS: [&str; 9] = ["0", "1", "2", "${a}", "${minus}", "2.5", "1e9", "", "${b.c.0}"];
const OPERANDS: [&str; 18] = [
    "${a}",
    "${b.c}",
    "$${g}",
    "true",
    "false",
    "0",
    "1",
    "9.5",
    "010",
    "''",
    "'a'",
    "\"10\"",
    "&hour()",
    "&wday(2-6)",
    "&time_of_day(09:00-17:30)",
    "&date_time()",
    "${a}.length",
    "nothing",
];
const OPERATORS: [&str; 15] = [
    " == ", " === ", "!=", " !== ", " < ", ">", " <= ", ">=", " && ", " || ", " + ", " - ", "&", ", ", " ? 1 : ",
];
pub const SCRIPTS: [&str; 12] = [
    "return ${a}",
    "return {c: [${a}, 1], t: typeof ${b.c}}",
    "return JSON.parse(${b})",
    "throw new Error(${a})",
    "return Math.random()",
    "return [new Date(), LocalDate().getHours()]",
    "return ${a}.repeat(9)",
    "return null",
    "return",
    "${a",
    "var x = `${a}`; return x + '${b}' // ${c}",
    "return [1, , {a: undefined}, NaN, 1e21, -0, 'я\u{0}', '\\ud800']",
];
pub const FUNCTIONS: [&str; 13] = [
    "replace",
    "reverse",
    "charAt",
    "length",
    "base64",
    "MD5",
    "SHA-256",
    "gomatch",
    "split",
    "substring",
    "${a}",
    "padEnd",
    "toUpperCase",
];
pub const PATTERNS: [&str; 8] = [
    "/a/g",
    "(a)|(b)",
    "[[:alpha:]&&[^x]]",
    "decoder",
    "\\d+$",
    "/[a-я]/giu",
    "2",
    "(?i)${a}",
];
pub const MATHS: [&str; 8] = ["max", "random", "round", "PI", "pow", "${a}", "floor", "atan2"];

/// Conditions of operands that the interpreter judges itself and of such as it leaves to the script engine.
pub fn expression(bytes: Bytes) -> Result<String> {
    let mut expression = String::new();
    for index in 0..bytes.int_in_range(1..=3)? {
        if index > 0 {
            expression.push_str(bytes.choose(&OPERATORS)?);
        }
        if bytes.ratio(1, 4)? {
            expression.push('!');
        }
        expression.push_str(bytes.choose(&OPERANDS)?);
    }
    Ok(expression)
}

/// Any value, however deep.
pub fn value(bytes: Bytes, depth: u32) -> Result<Json> {
    Ok(match bytes.int_in_range(0..=if depth < 3 { 6 } else { 4 })? {
        0 | 1 => text(bytes)?.into(),
        2 => Json::Null,
        3 => bytes.arbitrary::<bool>()?.into(),
        4 => json!(f64::from(bytes.arbitrary::<i32>()?) / 64.0),
        5 => json!([value(bytes, depth + 1)?, value(bytes, depth + 1)?]),
        _ => json!({"c": value(bytes, depth + 1)?, "d": {"e": value(bytes, depth + 1)?}}),
    })
}

/// A text out of the store, or any.
pub fn text(bytes: Bytes) -> Result<String> {
    if bytes.ratio(1, 5)? {
        let any: String = bytes.arbitrary()?;
        return Ok(any.chars().take(200).collect());
    }
    Ok((*bytes.choose(&TEXTS)?).to_owned())
}

/// The name of a variable, or a path into one.
pub fn name(bytes: Bytes) -> Result<String> {
    if bytes.ratio(1, 12)? {
        let any: String = bytes.arbitrary()?;
        let any: String = any.chars().take(20).collect();
        return Ok(if any.trim().is_empty() {
            "${tag}".to_owned()
        } else {
            any
        });
    }
    Ok((*bytes.choose(&NAMES)?).to_owned())
}

/// A number that is not below 0, or a text that may be one.
pub fn number(bytes: Bytes) -> Result<Json> {
    Ok(if bytes.arbitrary()? {
        (*bytes.choose(&NUMBERS)?).into()
    } else {
        bytes.int_in_range(0..=5_000)?.into()
    })
}

/// An http(s) address, or what may be one once it is inserted into.
pub fn address(bytes: Bytes) -> Result<String> {
    Ok(match bytes.int_in_range(0..=3)? {
        0 => text(bytes)? + "${a}",
        1 => "${b.c}".to_owned(),
        2 => "HTTP://a.example".to_owned(),
        _ => "https://a.example/${a}".to_owned(),
    })
}
