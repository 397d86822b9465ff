//! The interpreter, talked to.
#![cfg(feature = "run")]
#![expect(clippy::unwrap_used, reason = "tests")]

mod hostile;
mod nodes;
mod random;
mod rules;
mod starters;
mod state;
mod support;
mod trace;
