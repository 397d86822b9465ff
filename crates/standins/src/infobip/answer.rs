//! The answers, and the two shapes of errors.

use crate::answer;
use axum::response::Response;
use http::{HeaderValue, header};
use serde_json::{Map, Value, json};

/// A refusal in the older shape.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    status: u16,
    id: String,
    text: String,
    // Boxed: with the order of keys kept, a map makes every refusal large.
    violations: Box<Map<String, Value>>,
}

/// What is wrong with a request, by field.
#[derive(Debug, Default)]
pub(crate) struct Violations(Map<String, Value>);

impl Violations {
    pub fn add(&mut self, field: &str, problem: impl Into<String>) {
        let problems = self.0.entry(field.to_owned()).or_insert_with(|| json!([]));
        if let Some(problems) = problems.as_array_mut() {
            problems.push(json!(problem.into()));
        }
    }

    pub fn check(self) -> Result<(), Refused> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(Refused {
            violations: Box::new(self.0),
            ..Refused::new(400, "BAD_REQUEST", "Bad request")
        })
    }
}

impl Refused {
    pub fn new(status: u16, id: &str, text: &str) -> Self {
        Self {
            status,
            id: id.to_owned(),
            text: text.to_owned(),
            violations: Box::default(),
        }
    }

    pub fn respond(self) -> Response {
        let mut exception = json!({ "messageId": self.id, "text": self.text });
        if !self.violations.is_empty() {
            exception["validationErrors"] = Value::Object(*self.violations);
        }
        answer::json(
            self.status,
            &json!({ "requestError": { "serviceException": exception } }),
        )
    }
}

pub(crate) fn unauthorized() -> Refused {
    Refused::new(401, "UNAUTHORIZED", "Invalid login details")
}

/// A refusal in the newer shape.
pub(crate) fn newer(status: u16, description: &str, violations: &[(&str, &str)]) -> Response {
    let violations: Vec<Value> = violations
        .iter()
        .map(|(property, violation)| json!({ "property": property, "violation": violation }))
        .collect();
    let body = json!({
        "errorCode": format!("E{status}"),
        "description": description,
        "action": "Check the request and the documentation.",
        "violations": violations,
        "resources": [{ "name": "Documentation", "url": "https://www.infobip.com/docs/api" }],
    });
    answer::json(status, &body)
}

/// A fault: `messageId` and text before and after a colon.
pub(crate) fn refusal(status: u16, message: Option<String>) -> Response {
    let message = message.unwrap_or_else(|| "GENERAL_ERROR: Something went wrong.".to_owned());
    let (id, text) = message.split_once(": ").unwrap_or(("GENERAL_ERROR", &message));
    Refused::new(status, id, text).respond()
}

pub(crate) fn rate_limit(retry_after: u32) -> Response {
    let mut response = newer(429, "Too many requests sent.", &[]);
    let value = HeaderValue::from(retry_after);
    response.headers_mut().insert(header::RETRY_AFTER, value);
    response
}

/// What becomes of a message.
pub(crate) fn status(group: u8, group_name: &str, id: u32, name: &str, description: &str) -> Value {
    json!({ "groupId": group, "groupName": group_name, "id": id, "name": name, "description": description })
}

/// The answer to a message that was taken, or rejected at once.
pub(crate) fn accepted(to: &str, message: &str, status: &Value) -> Value {
    json!({ "to": to, "messageCount": 1, "messageId": message, "status": status })
}
