//! Answers to HTTP calls, from a list.

use super::compare::same;
use crate::run::{HttpAnswer, HttpRequest};
use crate::step::HttpFailure;
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// An answer and the request that it answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stub {
    pub request: Request,
    pub answer: Answer,
    pub times: Option<u32>,
}

/// What a request must be.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub method: String,
    pub url: String,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    pub json: Option<Json>,
    pub form: Option<BTreeMap<String, String>>,
    pub body: Option<String>,
}

/// What is answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub status: Option<u16>,
    pub json: Option<Json>,
    pub text: Option<String>,
    pub content_type: Option<String>,
    #[serde(default)]
    pub cookies: Vec<String>,
    pub fail: Option<Fail>,
}

/// Why nothing is answered.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fail {
    Timeout,
    Refused,
    TooLarge,
}

impl Request {
    /// What is different in a request that was made; nothing if it fits.
    pub fn difference(&self, made: &HttpRequest) -> Option<String> {
        if self.method != made.method {
            return Some(format!("the method is {}", made.method));
        }
        if self.url != made.url {
            return Some(format!("the address is {}", made.url));
        }
        for (name, value) in &self.headers {
            let mut headers = made
                .headers
                .iter()
                .filter(|(given, _)| given.eq_ignore_ascii_case(name));
            if !headers.any(|(_, given)| given == value) {
                return Some(format!("the header {name} is not {value}"));
            }
        }
        let body = made.body.as_deref().unwrap_or_default();
        let fits = match (&self.json, &self.form, &self.body) {
            (Some(json), _, _) => serde_json::from_str::<Json>(body).is_ok_and(|given| same(json, &given)),
            (_, Some(form), _) => {
                let given: BTreeMap<String, String> =
                    url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
                given == *form
            }
            (_, _, Some(text)) => body == text,
            (None, None, None) => true,
        };
        (!fits).then(|| format!("the body is {body}"))
    }
}

impl Answer {
    /// The answer, or why there is none.
    pub fn give(&self) -> Result<HttpAnswer, HttpFailure> {
        match self.fail {
            Some(Fail::Timeout) => return Err(HttpFailure::Timeout),
            Some(Fail::Refused) => return Err(HttpFailure::Refused),
            Some(Fail::TooLarge) => return Err(HttpFailure::TooLarge),
            None => {}
        }
        let (body, kind) = match (&self.json, &self.text) {
            (Some(json), _) => (json.to_string(), Some("application/json")),
            (None, Some(text)) => (text.clone(), None),
            (None, None) => (String::new(), None),
        };
        let content_type = self.content_type.clone().or(kind.map(str::to_owned));
        Ok(HttpAnswer {
            status: self.status.unwrap_or(200),
            content_type,
            body: body.into_bytes(),
            cookies: self.cookies.clone(),
        })
    }
}

/// A request in a line.
pub(super) fn told(request: &HttpRequest) -> String {
    let headers: Vec<String> = request
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    let body = request.body.as_deref().unwrap_or("no body");
    format!("{} {} [{}] {body}", request.method, request.url, headers.join("; "))
}
