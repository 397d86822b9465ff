//! The node `math`.

use crate::run::{Engine, ScriptError};
use serde_json::Value as Json;

/// Why `math` has no result.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MathError {
    /// JavaScript's Math has no such function or constant.
    #[error("there is no mathematical function “{0}”")]
    Unknown(String),
    /// The engine failed.
    #[error(transparent)]
    Script(#[from] ScriptError),
}

/// Applies a function of the node `math`, `random` if the name is empty. Not-a-number is the empty text.
///
/// # Errors
///
/// See [`MathError`].
pub fn math(
    _function: &str,
    _data: &[Json],
    _engine: &Engine,
    _random: &mut dyn FnMut() -> u64,
) -> Result<Json, MathError> {
    unimplemented!()
}
