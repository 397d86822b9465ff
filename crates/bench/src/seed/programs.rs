//! Programs of flow schemas: a greeting, some questions, a hand-over to a person.

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
    let mut steps = vec![json!({ "step": "message", "text": "Вітаємо! Чим можемо допомогти?" })];
    steps.extend((0..questions).map(|number| {
        let text = *chance.pick(&QUESTIONS);
        json!({ "step": "question", "text": text, "answer": format!("answer{number}"), "wait_seconds": 300 })
    }));
    steps.push(json!({ "step": "person", "queue": "support" }));
    Value::Array(steps).to_string()
}
