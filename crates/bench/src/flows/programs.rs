//! The programs that are measured.

use super::machines::shop::{ITEMS, SHOWN, price};
use serde_json::{Value, json};

/// Repeats what is said.
pub fn echo() -> Value {
    json!([
        { "tag": "listen", "recvMessage": { "set": "said" } },
        { "sendText": "${said}" },
        { "goto": "listen" }
    ])
}

/// Repeats what is said behind three conditions that the interpreter judges itself.
pub fn echo_with_conditions() -> Value {
    json!([
        { "tag": "listen", "recvMessage": { "set": "said" } },
        { "if": { "expression": "${said} === '/stop'", "then": [{ "sendText": "Goodbye!" }, { "close": true }] } },
        {
            "if": {
                "expression": "${said} === '' && ${said.type} === ''",
                "then": [{ "sendText": "You are silent." }, { "close": true }]
            }
        },
        {
            "if": {
                "expression": "${said.type} === 'file'",
                "then": [{ "sendText": "That is the file ${said.file.name}." }]
            }
        },
        { "sendText": "${said}" },
        { "goto": "listen" }
    ])
}

/// Repeats what is said behind a condition that needs the JavaScript engine.
pub fn echo_with_script() -> Value {
    json!([
        { "tag": "listen", "recvMessage": { "set": "said" } },
        {
            "if": {
                "expression": "${said}.trim().length > 0",
                "then": [{ "sendText": "${said}" }],
                "else": [{ "sendText": "?" }]
            }
        },
        { "goto": "listen" }
    ])
}

/// A shop's menus: 14 nodes, and 22 more for each section.
pub fn shop(sections: usize) -> Value {
    let mut cases: serde_json::Map<String, Value> =
        (1..=sections).map(|one| (format!("s{one}"), section(one))).collect();
    cases.insert(
        "default".to_owned(),
        json!([
            { "set": { "missed": "${choice}" } },
            { "sendText": "There is no section “${choice}”." },
            { "goto": "main" }
        ]),
    );
    let shown: Vec<Value> = (1..=SHOWN)
        .map(|one| json!([{ "text": format!("Section {one}"), "code": format!("s{one}") }]))
        .collect();
    json!([
        { "set": { "language": "en", "currency": "EUR" } },
        { "if": { "expression": "${provider} === ''", "then": [{ "log": "nobody knows where ${uuid} comes from" }] } },
        { "function": { "name": "thank", "actions": thanks() } },
        {
            "tag": "main",
            "menu": { "text": "Welcome to the shop, ${peer_name}. What are you looking for?", "buttons": shown }
        },
        { "recvMessage": { "set": "choice", "timeout": 300 } },
        { "switch": { "variable": "${choice}", "case": cases } },
    ])
}

/// What is said behind a sale, by the price.
fn thanks() -> Value {
    json!([
        { "set": { "seen": "${item}" } },
        {
            "if": {
                "expression": "${price} >= 100 && ${currency} === 'EUR'",
                "then": [{ "sendText": "${item} costs ${price} ${currency}, delivery included." }],
                "else": [{ "sendText": "${item} costs ${price} ${currency}, delivery is 5 ${currency}." }]
            }
        }
    ])
}

fn section(section: usize) -> Value {
    let mut cases: serde_json::Map<String, Value> = (1..=ITEMS)
        .map(|item| (format!("i{item}"), sold(section, item)))
        .collect();
    cases.insert(
        "default".to_owned(),
        json!([{ "sendText": "There is no “${answer}” in ${section}." }]),
    );
    let buttons: Vec<Value> = (1..=ITEMS)
        .map(|item| json!([{ "text": format!("Item {section}.{item}"), "code": format!("i{item}") }]))
        .collect();
    json!([
        { "set": { "section": format!("Section {section}"), "item": "" } },
        { "menu": { "type": "inline", "text": "${section}: which one?", "buttons": buttons } },
        { "recvMessage": { "set": "answer", "timeout": 300 } },
        { "switch": { "variable": "${answer}", "case": cases } },
        { "goto": "main" }
    ])
}

fn sold(section: usize, item: usize) -> Value {
    json!([
        { "set": { "item": format!("Item {section}.{item}"), "price": price(section, item) } },
        { "if": { "expression": "${language} !== 'en'", "then": [{ "sendText": "Only in English." }] } },
        { "execute": { "name": "thank" } }
    ])
}
