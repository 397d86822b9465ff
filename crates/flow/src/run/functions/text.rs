//! The node `string`.

use crate::run::{Engine, ScriptError};
use serde_json::Value as Json;

/// Why `string` has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// There is no such function.
    #[error("there is no text function “{0}”")]
    Unknown(String),
    /// An argument is missing or no good.
    #[error("{0}")]
    Argument(String),
    /// The method threw or took too long.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

/// Applies a function of the node `string`. The result is stored as any value is.
///
/// # Errors
///
/// See [`TextError`].
pub fn text(_function: &str, _data: &Json, _arguments: &[Json], _engine: &Engine) -> Result<Json, TextError> {
    unimplemented!()
}
