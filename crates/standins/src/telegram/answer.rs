//! The envelope of every answer.

use crate::{answer, args::Unreadable};
use axum::response::Response;
use http::{HeaderValue, header};
use serde::Serialize;
use serde_json::{Value, json};

/// What a method that succeeded answers.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// JSON.
    pub result: String,
    pub description: Option<&'static str>,
}

/// Why a method failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
}

impl Told {
    pub fn json(result: &impl Serialize) -> Self {
        Self::raw(serde_json::to_string(result).unwrap_or_default())
    }

    pub fn raw(result: String) -> Self {
        Self {
            result,
            description: None,
        }
    }

    pub fn yes() -> Self {
        Self::raw("true".to_owned())
    }

    pub fn described(description: &'static str) -> Self {
        Self {
            description: Some(description),
            ..Self::yes()
        }
    }
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        Self::bad(unreadable.0)
    }
}

impl Failure {
    pub fn new(code: u16, description: impl Into<String>) -> Self {
        Self {
            code,
            description: description.into(),
            parameters: None,
        }
    }

    /// A request that makes no sense.
    pub fn bad(what: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", what.as_ref()))
    }

    pub fn forbidden(why: &str) -> Self {
        Self::new(403, format!("Forbidden: {why}"))
    }

    pub fn conflict(why: &str) -> Self {
        Self::new(409, format!("Conflict: {why}"))
    }

    pub fn not_found() -> Self {
        Self::new(404, "Not Found")
    }

    pub fn retry_after(seconds: u32) -> Self {
        Self {
            parameters: Some(json!({ "retry_after": seconds })),
            ..Self::new(429, format!("Too Many Requests: retry after {seconds}"))
        }
    }

    pub fn migrated(to: &str) -> Self {
        let to = to.parse::<i64>().unwrap_or_default();
        Self {
            parameters: Some(json!({ "migrate_to_chat_id": to })),
            ..Self::bad("group chat was upgraded to a supergroup chat")
        }
    }
}

/// The answer as it goes over the wire.
pub(crate) fn respond(answer: Result<Told, Failure>) -> Response {
    match answer {
        Ok(told) => {
            let mut body = String::with_capacity(told.result.len() + 32);
            body.push_str("{\"ok\":true,\"result\":");
            body.push_str(&told.result);
            if let Some(description) = told.description {
                body.push_str(",\"description\":");
                body.push_str(&Value::from(description).to_string());
            }
            body.push('}');
            answer::raw(200, "application/json", body)
        }
        Err(failure) => {
            let mut body = json!({ "ok": false, "error_code": failure.code, "description": failure.description });
            let retry_after = failure.parameters.as_ref().and_then(|p| p["retry_after"].as_u64());
            if let Some(parameters) = failure.parameters {
                body["parameters"] = parameters;
            }
            let mut response = answer::json(failure.code, &body);
            if let Some(seconds) = retry_after {
                response
                    .headers_mut()
                    .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
    }
}
