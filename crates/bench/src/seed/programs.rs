//! Programs of flow schemas: a greeting, some questions, a farewell.

use super::chance::Chance;
use serde_json::{Value, json};

const QUESTIONS: [&str; 6] = [
    "Як вас звати?",
    "Який номер вашого замовлення?",
    "У якому місті ви перебуваєте?",
    "When may we call you?",
    "Which branch is the nearest to you?",
    "Чи бажаєте отримувати сповіщення?",
];

/// A program of 3 to 20 steps.
pub fn make(chance: &mut Chance) -> String {
    let questions = 1 + chance.below(18);
    let mut steps = vec![json!({ "sendText": "Вітаємо! Чим можемо допомогти?" })];
    for number in 0..questions.div_ceil(2) {
        steps.push(json!({ "sendText": *chance.pick(&QUESTIONS) }));
        steps.push(json!({ "recvMessage": { "set": format!("answer{number}"), "timeout": 300 } }));
    }
    steps.push(json!({ "sendText": "Дякуємо, ми зателефонуємо вам." }));
    Value::Array(steps).to_string()
}
