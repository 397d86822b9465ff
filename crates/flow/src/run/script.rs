//! JavaScript.

use crate::program::Script;
use crate::run::{LocalClock, Scope};
use serde_json::Value as Json;

/// Runs scripts; one for each thread. Nothing remains from one script to the next.
pub struct Engine {}

/// Why a script did not come to its end; a sentence for the trace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// It threw something.
    #[error("the script threw: {0}")]
    Threw(String),
    /// It took over a second.
    #[error("the script took longer than a second")]
    Slow,
    /// It used more memory than it may.
    #[error("the script used more than 16 MiB")]
    Memory,
    /// It called itself too deeply.
    #[error("the script calls itself too deeply")]
    Stack,
    /// It cannot be read.
    #[error("the script cannot be read: {0}")]
    Syntax(String),
    /// The engine could not be made.
    #[error("the script engine does not start: {0}")]
    Engine(String),
}

impl Engine {
    /// An engine.
    ///
    /// # Errors
    ///
    /// If there is no memory for it.
    pub fn new() -> Result<Self, ScriptError> {
        Ok(Self {})
    }

    /// Whether an expression is true.
    ///
    /// # Errors
    ///
    /// See [`ScriptError`].
    pub fn condition(
        &self,
        _script: &Script,
        _scope: &Scope,
        _clock: &LocalClock,
        _random: &mut dyn FnMut() -> u64,
    ) -> Result<bool, ScriptError> {
        unimplemented!()
    }

    /// What the body of a function returns; undefined is the empty text.
    ///
    /// # Errors
    ///
    /// See [`ScriptError`].
    pub fn run(
        &self,
        _script: &Script,
        _scope: &Scope,
        _clock: &LocalClock,
        _random: &mut dyn FnMut() -> u64,
    ) -> Result<Json, ScriptError> {
        unimplemented!()
    }
}
