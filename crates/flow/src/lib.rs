//! Flow schemas: the check of a program and the interpreter that runs it. No I/O, no clock, no chance of its own.
//!
//! A program is JSON text. [`parse`] turns it into a [`Program`] or says everything that is wrong with it, each mistake
//! with its path and its line. With the feature `run`, `step` takes a program on from one event to the next.

pub mod catalogue;
mod check;
mod format;
mod json;
mod locate;
mod mistake;
pub mod positions;
pub mod program;
#[cfg(feature = "run")]
pub mod run;
mod starter;
#[cfg(feature = "run")]
pub mod step;
#[cfg(feature = "run")]
pub mod talk;
pub mod template;

pub use check::{Called, Context, Flows, MAX_LISTS_DEEP, MAX_MISTAKES, MAX_NODES, calls, parse, readable};
pub use format::format;
pub use locate::{locate, path_at};
pub use mistake::{Mistake, MistakeKind};
pub use positions::Positions;
pub use program::Program;
pub use starter::Starter;
#[cfg(feature = "run")]
pub use step::{
    CalendarAnswer, CalendarKey, Cause, Effect, Event, HttpFailure, Message, Programs, State, StateError, Step,
    TraceLine, VariableChange, World, step,
};
pub use template::Template;
