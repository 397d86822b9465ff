//! The node `httpRequest` after its call.

mod xml;

use super::request::essence;
use crate::program::Http;
use crate::run::insert::insert;
use crate::run::{HttpAnswer, Scope, path};
use serde_json::Value as Json;

/// Why nothing is taken from an answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerError {
    /// Neither JSON nor XML by its content type.
    #[error("the answer is “{0}”, neither JSON nor XML")]
    Kind(String),
    /// It cannot be read as what it is said to be.
    #[error("the answer cannot be read as {0}: {1}")]
    Unreadable(&'static str, String),
    /// The path into it is none.
    #[error("“{0}” is no path into XML")]
    Path(String),
    /// The path takes too long.
    #[error("“{0}” looks at too much of the answer")]
    Costly(String),
}

/// What `exportVariables` takes from an answer: names and values; nothing if the answer has no body.
///
/// # Errors
///
/// See [`AnswerError`]; then nothing is exported.
pub fn exports(http: &Http, answer: &HttpAnswer, scope: &Scope) -> Result<Vec<(String, Json)>, AnswerError> {
    if http.export_variables.is_empty() || answer.body.is_empty() {
        return Ok(Vec::new());
    }
    let parser = http
        .parser
        .as_ref()
        .map(|parser| insert(parser, scope))
        .filter(|parser| !parser.is_empty());
    let kind = parser.or_else(|| answer.content_type.clone()).unwrap_or_default();
    let kind = essence(&kind);
    let text = |name: &'static str| utf8(&answer.body).map_err(|why| AnswerError::Unreadable(name, why));
    let paths = http
        .export_variables
        .iter()
        .map(|(name, path)| (insert(name, scope), insert(path, scope)));
    if kind == "application/json" || kind.ends_with("+json") {
        let root = json(text("JSON")?)?;
        return Ok(paths.map(|(name, path)| (name, at(&root, &path))).collect());
    }
    if kind == "text/xml" || kind == "application/xml" || kind.ends_with("+xml") {
        let document = xml::read(text("XML")?)?;
        let taken = paths.map(|(name, path)| Ok((name, Json::String(xml::find(&document, &path)?))));
        return taken.collect();
    }
    Err(AnswerError::Kind(kind))
}

/// The value at a path (as in `${…}`) of a JSON body; the empty text if there is none.
///
/// # Errors
///
/// If the body is no JSON.
pub fn export_json(body: &[u8], path: &str) -> Result<Json, AnswerError> {
    let text = utf8(body).map_err(|why| AnswerError::Unreadable("JSON", why))?;
    Ok(at(&json(text)?, path))
}

/// The text of the first match in an XML body; the empty text if there is none.
///
/// # Errors
///
/// If the body is no XML, or the path is none.
pub fn export_xml(body: &[u8], path: &str) -> Result<String, AnswerError> {
    let text = utf8(body).map_err(|why| AnswerError::Unreadable("XML", why))?;
    xml::find(&xml::read(text)?, path)
}

/// The values of `set-cookie` joined by `;`, none if there is none.
#[must_use]
pub fn cookies(cookies: &[String]) -> Option<String> {
    (!cookies.is_empty()).then(|| cookies.join(";"))
}

fn utf8(body: &[u8]) -> Result<&str, String> {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    std::str::from_utf8(body).map_err(|error| error.to_string())
}

fn json(text: &str) -> Result<Json, AnswerError> {
    serde_json::from_str(text).map_err(|error| AnswerError::Unreadable("JSON", error.to_string()))
}

fn at(root: &Json, path: &str) -> Json {
    path::find(root, path).map_or_else(|| Json::String(String::new()), std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests;
