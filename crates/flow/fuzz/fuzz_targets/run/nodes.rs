//! Programs of all nodes. Most of them pass the check.

use arbitrary::{Result, Unstructured};
use serde_json::{Value as Json, json};

type Bytes<'a, 'b> = &'a mut Unstructured<'b>;

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
const SCRIPTS: [&str; 12] = [
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
const FUNCTIONS: [&str; 13] = [
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
const PATTERNS: [&str; 8] = [
    "/a/g",
    "(a)|(b)",
    "[[:alpha:]&&[^x]]",
    "decoder",
    "\\d+$",
    "/[a-я]/giu",
    "2",
    "(?i)${a}",
];
const MATHS: [&str; 8] = ["max", "random", "round", "PI", "pow", "${a}", "floor", "atan2"];
const BUTTONS: [&str; 6] = ["reply", "url", "phone", "location", "${a}", ""];
const TAGS: [&str; 3] = ["t1", "t2", "${tag}"];

/// How deep lists are put into each other.
const DEPTH: u32 = 4;

/// A whole program: tags, limits, a function, triggers.
pub fn program(bytes: Bytes) -> Result<Json> {
    let mut body = list(bytes, 0, 8)?;
    for (index, tag) in [(0, "t1"), (body.len().saturating_sub(1), "t2")] {
        if let Some(node) = body.get_mut(index).filter(|node| node.get("tag").is_none()) {
            node["tag"] = tag.into();
        }
    }
    let several = body.len() > 1;
    if several && bytes.arbitrary()? {
        let index = bytes.choose_index(body.len())?;
        body[index]["limit"] =
            json!({"max": bytes.int_in_range(0..=3)?, "failover": if bytes.arbitrary()? { "t1" } else { "t2" }});
    }
    if bytes.arbitrary()? {
        body.push(json!({"close": true}));
    }
    let actions = list(bytes, 1, 4)?;
    body.push(json!({"function": {"name": "f", "actions": actions}}));
    let (command, empty, end) = (list(bytes, 1, 4)?, list(bytes, 1, 2)?, list(bytes, 1, 4)?);
    body.push(json!({"trigger": {"commands": {"/c": command, "": empty}, "disconnected": end}}));
    Ok(Json::Array(body))
}

fn list(bytes: Bytes, depth: u32, most: usize) -> Result<Vec<Json>> {
    let count = bytes.int_in_range(0..=most)?;
    (0..count).map(|_| node(bytes, depth)).collect()
}

/// A node, with lists of its own if it is not too deep.
fn node(bytes: Bytes, depth: u32) -> Result<Json> {
    let inner = depth < DEPTH && bytes.ratio(2, 5)?;
    if !inner {
        return leaf(bytes);
    }
    let (one, two) = (list(bytes, depth + 1, 4)?, list(bytes, depth + 1, 3)?);
    Ok(match bytes.int_in_range(0..=3)? {
        0 => json!({"if": {"expression": expression(bytes)?, "then": one, "else": two}}),
        1 => json!({"switch": {"variable": text(bytes)?, "case": {"a": one, "": [], "default": two}}}),
        2 => json!({"while": {"condition": expression(bytes)?, "maxSteps": bytes.int_in_range(0..=4)?, "do": one}}),
        _ => {
            let mut last = one;
            last.push(if bytes.arbitrary()? {
                json!({"break": true})
            } else {
                json!({"close": true})
            });
            json!({"if": {"expression": expression(bytes)?, "then": two, "else": last}})
        }
    })
}

fn leaf(bytes: Bytes) -> Result<Json> {
    Ok(match bytes.int_in_range(0..=27)? {
        0 => json!({"sendText": text(bytes)?}),
        1 => {
            json!({"sendMessage": {"text": text(bytes)?, "buttons": buttons(bytes)?, "noInput": bytes.arbitrary::<bool>()?}})
        }
        2 => {
            json!({"sendMessage": {"text": text(bytes)?, "file": {"url": address(bytes)?, "name": text(bytes)?}, "kind": "${a}"}})
        }
        3 => json!({"menu": {"text": text(bytes)?, "type": "inline", "buttons": buttons(bytes)?}}),
        4 => json!({"sendImage": {"url": address(bytes)?, "text": text(bytes)?}}),
        5 => json!({"sendFile": {"url": address(bytes)?, "name": text(bytes)?}}),
        6 => json!({"sendAction": {"action": if bytes.arbitrary()? { "typing" } else { "${a}" }}}),
        7 => json!({"recvMessage": {"set": name(bytes)?, "timeout": number(bytes)?}}),
        8 => json!({"recvMessage": {"set": name(bytes)?, "messageTimeout": number(bytes)?, "delimiter": text(bytes)?}}),
        9 => {
            json!({"chatHistory": {"variable": name(bytes)?, "format": if bytes.arbitrary()? { "html" } else { "txt" }, "limit": number(bytes)?}})
        }
        10 | 11 => json!({"set": {name(bytes)?: value(bytes, 0)?}}),
        12 => json!({"set": {"a": value(bytes, 0)?, "b.d": text(bytes)?, "${a}.x": value(bytes, 0)?}}),
        13 => json!({"unSet": [name(bytes)?, name(bytes)?]}),
        14 | 15 => json!({"js": {"data": *bytes.choose(&SCRIPTS)?, "setVar": name(bytes)?}}),
        16 => {
            json!({"string": {"fn": *bytes.choose(&FUNCTIONS)?, "data": [text(bytes)?, text(bytes)?], "args": [*bytes.choose(&PATTERNS)?, text(bytes)?], "setVar": name(bytes)?}})
        }
        17 => json!({"string": {"fn": *bytes.choose(&FUNCTIONS)?, "data": [value(bytes, 0)?], "setVar": name(bytes)?}}),
        18 => {
            json!({"math": {"fn": *bytes.choose(&MATHS)?, "data": [text(bytes)?, text(bytes)?, 3], "setVar": name(bytes)?}})
        }
        19 => {
            json!({"classifier": {"input": text(bytes)?, "set": name(bytes)?, "matchType": if bytes.arbitrary()? { "part" } else { "full" },
            "phraseSearch": bytes.arbitrary::<bool>()?, "cluster": {"x": [text(bytes)?], "y": ["a", text(bytes)?]}}})
        }
        20 => request(bytes)?,
        21 => json!({"calendar": {"name": "c${a}", "setVar": name(bytes)?, "extended": bytes.arbitrary::<bool>()?}}),
        22 => json!({"log": text(bytes)?}),
        23 => json!({"sleep": number(bytes)?}),
        24 => json!({"goto": "${tag}"}),
        25 => json!({"goto": text(bytes)? + "${minus.none}"}),
        26 => json!({"execute": {"name": if bytes.arbitrary()? { "f" } else { "${f}" }}}),
        _ => json!({"schema": {"id": "60${minus.none}"}}),
    })
}

fn request(bytes: Bytes) -> Result<Json> {
    let kinds = [
        "application/json",
        "text/xml",
        "application/x-www-form-urlencoded",
        "${a}",
    ];
    let paths = ["a.0.x", "//x", "/a/b/@c", "", "${a}", "#"];
    Ok(json!({"httpRequest": {
        "url": address(bytes)? + "${missing}", "method": "${a}", "timeout": number(bytes)?, "path": {"a": text(bytes)?},
        "headers": {"content-type": *bytes.choose(&kinds)?, "x": text(bytes)?}, "data": value(bytes, 0)?, "parser": *bytes.choose(&kinds)?,
        "responseCode": name(bytes)?, "exportVariables": {name(bytes)?: *bytes.choose(&paths)?}, "exportCookie": "cookie"}}))
}

fn buttons(bytes: Bytes) -> Result<Json> {
    let kind = *bytes.choose(&BUTTONS)?;
    Ok(
        json!([[{"text": text(bytes)?, "type": kind, "url": address(bytes)?}, {"text": "x${a}", "code": text(bytes)?}], []]),
    )
}

fn address(bytes: Bytes) -> Result<String> {
    Ok(if bytes.arbitrary()? {
        "https://a.example/${a}".to_owned()
    } else {
        text(bytes)? + "${a}"
    })
}

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

fn value(bytes: Bytes, depth: u32) -> Result<Json> {
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

fn name(bytes: Bytes) -> Result<String> {
    if bytes.ratio(1, 12)? {
        let any: String = bytes.arbitrary()?;
        let any: String = any.chars().take(20).collect();
        return Ok(if any.is_empty() { TAGS[2].to_owned() } else { any });
    }
    Ok((*bytes.choose(&NAMES)?).to_owned())
}

fn number(bytes: Bytes) -> Result<Json> {
    Ok(if bytes.arbitrary()? {
        (*bytes.choose(&NUMBERS)?).into()
    } else {
        bytes.int_in_range(0..=5_000)?.into()
    })
}
