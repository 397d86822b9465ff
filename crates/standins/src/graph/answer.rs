//! The answers, and the one shape of all errors.

use crate::{answer, chance};
use axum::response::Response;
use http::HeaderValue;
use serde_json::{Value, json};

/// Why a call failed.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub code: i64,
    pub subcode: Option<i64>,
    message: String,
    /// What `WhatsApp` says beside it.
    details: Option<String>,
    status: Option<u16>,
}

impl Failure {
    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            subcode: None,
            message: message.into(),
            details: None,
            status: None,
        }
    }

    pub fn sub(mut self, subcode: i64) -> Self {
        self.subcode = Some(subcode);
        self
    }

    pub fn details(mut self, details: impl Into<String>) -> Self {
        self.details = Some(details.into());
        self
    }

    /// A parameter is wrong.
    pub fn invalid(what: &str) -> Self {
        Self::new(100, format!("(#100) {what}"))
    }

    /// A parameter is missing.
    pub fn missing(name: &str) -> Self {
        Self::invalid(&format!("The parameter {name} is required"))
    }

    pub fn unknown_path(pieces: &[String]) -> Self {
        Self::new(2_500, format!("Unknown path components: /{}", pieces.join("/")))
    }

    /// An object that is not there, or that the token may not see: nobody is told which.
    pub fn no_object(id: &str) -> Self {
        let text = format!(
            "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, \
             or does not support this operation"
        );
        Self::new(100, text).sub(33)
    }

    fn kind(&self) -> &'static str {
        match self.code {
            100 if self.subcode == Some(33) => "GraphMethodException",
            _ => "OAuthException",
        }
    }

    /// The HTTP status that goes with a code.
    fn status(&self) -> u16 {
        self.status.unwrap_or(match self.code {
            1 | 131_000 => 500,
            2 | 131_016 => 503,
            10 | 200..=299 => 403,
            190 => 401,
            4 | 17 | 32 | 341 | 613 | 80_006 | 80_007 | 130_429 | 131_048 | 131_056 => 429,
            _ => 400,
        })
    }

    /// Within a status of a message, or an answer.
    pub fn body(&self) -> Value {
        let mut error = json!({
            "message": self.message,
            "type": self.kind(),
            "code": self.code,
            "fbtrace_id": format!("A{}", &chance::word()[..10]),
        });
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = json!(subcode);
        }
        if matches!(self.code, 1 | 2 | 131_000 | 131_016) {
            error["is_transient"] = json!(true);
        }
        if let Some(details) = &self.details {
            error["error_data"] = json!({ "messaging_product": "whatsapp", "details": details });
        }
        error
    }
}

pub(crate) fn respond(answer: Result<Value, Failure>) -> Response {
    let mut response = match answer {
        Ok(body) => answer::json(200, &body),
        Err(failure) => answer::json(failure.status(), &json!({ "error": failure.body() })),
    };
    let usage = HeaderValue::from_static(r#"{"call_count":2,"total_time":1,"total_cputime":1}"#);
    response.headers_mut().insert("x-app-usage", usage);
    response
}

/// A fault, as Meta says it.
pub(crate) fn refusal(status: u16, code: Option<i64>, subcode: Option<i64>, message: Option<String>) -> Response {
    let message = message.unwrap_or_else(|| "An unknown error occurred".to_owned());
    let failure = Failure {
        subcode,
        status: Some(status),
        ..Failure::new(code.unwrap_or(1), message)
    };
    respond(Err(failure))
}

/// Meta does not say how long to wait.
pub(crate) fn rate_limit() -> Response {
    let failure = Failure::new(613, "(#613) Calls to this api have exceeded the rate limit.");
    respond(Err(failure))
}
