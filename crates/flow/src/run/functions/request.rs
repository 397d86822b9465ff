//! The node `httpRequest` before its call.

use crate::program::{Http, Value};
use crate::run::insert::{NotANumber, encode, insert, number, value};
use crate::run::print::{compact, text_of};
use crate::run::{HttpRequest, Scope};
use crate::template::Part;
use serde_json::Value as Json;
use std::time::Duration;
use url::Url;
use url::form_urlencoded::Serializer;

/// Why no call can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The address is not one of the web.
    #[error("“{0}” is no http or https address")]
    Address(String),
    /// A value for the address would lead elsewhere in it.
    #[error("“{0}” cannot be a part of an address")]
    Part(String),
    /// The method is not a word.
    #[error("“{0}” is no HTTP method")]
    Method(String),
    /// A header has a name or a value that cannot be sent.
    #[error("the header “{0}” cannot be sent")]
    Header(String),
    /// The time is no number.
    #[error("timeout: {0}")]
    Timeout(#[from] NotANumber),
}

/// Milliseconds if nothing is said.
const TIMEOUT: f64 = 1000.0;

/// The most milliseconds.
const LONGEST: f64 = 60_000.0;

/// The letters of an address that are worth repeating.
const REPEATED: usize = 100;

const FORM: &str = "application/x-www-form-urlencoded";

/// The call that a node asks for.
///
/// # Errors
///
/// See [`RequestError`].
pub fn request(http: &Http, scope: &Scope) -> Result<HttpRequest, RequestError> {
    let url = address(http, scope)?;
    let method = http
        .method
        .as_ref()
        .map(|method| insert(method, scope).to_uppercase())
        .unwrap_or_default();
    let method = if method.is_empty() { "POST".to_owned() } else { method };
    if !is_token(&method) {
        return Err(RequestError::Method(method));
    }
    let headers = headers(http, scope)?;
    let kind = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
    let is_form = kind.is_some_and(|(_, kind)| essence(kind) == FORM);
    let body = http.data.as_ref().and_then(|data| body(data, is_form, scope));
    let wanted = http
        .timeout
        .as_ref()
        .map_or(Ok(TIMEOUT), |timeout| number(timeout, scope))?;
    let milliseconds = if wanted > 0.0 { wanted.min(LONGEST) } else { TIMEOUT };
    Ok(HttpRequest {
        method,
        url,
        headers,
        body,
        timeout: Duration::from_secs_f64(milliseconds / 1000.0),
    })
}

/// The media type of a content type, without parameters, in small letters.
pub(super) fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The address: values of `path` first, each as one part of it, then variables as they are.
fn address(http: &Http, scope: &Scope) -> Result<String, RequestError> {
    let mut url = String::new();
    for part in &http.url.parts {
        let filled = match part {
            Part::Variable { path, .. } => http.path.iter().find(|(name, _)| name == path),
            _ => None,
        };
        let Some((_, value)) = filled else {
            url.push_str(&scope.part(part));
            continue;
        };
        let value = insert(value, scope);
        if value == "." || value == ".." {
            return Err(RequestError::Part(value));
        }
        url.push_str(&encode(&value));
    }
    let is_web = Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if is_web {
        Ok(url)
    } else {
        Err(RequestError::Address(url.chars().take(REPEATED).collect()))
    }
}

fn headers(http: &Http, scope: &Scope) -> Result<Vec<(String, String)>, RequestError> {
    let mut headers = Vec::with_capacity(http.headers.len() + 1);
    for (name, value) in &http.headers {
        let value = insert(value, scope);
        let is_clean = !value.chars().any(|c| c.is_control() && c != '\t');
        if !is_token(name) || !is_clean {
            return Err(RequestError::Header(name.to_string()));
        }
        headers.push((name.to_string(), value));
    }
    headers.retain(|(name, value)| !(name.eq_ignore_ascii_case("content-type") && value.trim().is_empty()));
    if !headers
        .iter()
        .any(|(name, _)| name.eq_ignore_ascii_case("content-type"))
    {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    Ok(headers)
}

fn body(data: &Value, is_form: bool, scope: &Scope) -> Option<String> {
    match value(data, scope) {
        Json::Null => None,
        Json::Object(fields) if is_form => {
            let pairs = fields.iter().map(|(name, value)| (name, text_of(value)));
            Some(Serializer::new(String::new()).extend_pairs(pairs).finish())
        }
        Json::Array(items) if is_form => {
            let pairs = items
                .iter()
                .enumerate()
                .map(|(index, value)| (index.to_string(), text_of(value)));
            Some(Serializer::new(String::new()).extend_pairs(pairs).finish())
        }
        value @ (Json::Object(_) | Json::Array(_)) => Some(compact(&value)),
        value => Some(text_of(&value)),
    }
}

/// Whether a text is a token of HTTP.
fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests;
