//! The node `httpRequest` after its call.

use crate::program::Http;
use crate::run::{HttpAnswer, Scope};
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
}

/// What `exportVariables` takes from an answer: names and values; empty if there is nothing to take or no body.
///
/// # Errors
///
/// See [`AnswerError`]; then nothing is exported.
pub fn exports(_http: &Http, _answer: &HttpAnswer, _scope: &Scope) -> Result<Vec<(String, Json)>, AnswerError> {
    unimplemented!()
}

/// The value at a path (as in `${…}`) of a JSON body; the empty text if there is none.
///
/// # Errors
///
/// If the body is no JSON.
pub fn export_json(_body: &[u8], _path: &str) -> Result<Json, AnswerError> {
    unimplemented!()
}

/// The text of the first match in an XML body; the empty text if there is none.
///
/// # Errors
///
/// If the body is no XML.
pub fn export_xml(_body: &[u8], _xpath: &str) -> Result<String, AnswerError> {
    unimplemented!()
}

/// The values of `set-cookie` joined by `;`, none if there is none.
#[must_use]
pub fn cookies(cookies: &[String]) -> Option<String> {
    (!cookies.is_empty()).then(|| cookies.join(";"))
}
