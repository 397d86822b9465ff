//! What a program is made of when it runs: variables, insertion, scripts, and the functions of single nodes.
//!
//! Everything here is a function of its arguments: the clock and chance come from outside, HTTP is data.

pub mod clock;
pub mod functions;
pub mod http;
pub mod insert;
mod path;
mod print;
pub mod script;
pub mod variables;

pub use clock::LocalClock;
pub use http::{HttpAnswer, HttpRequest};
pub use insert::{Globals, Scope};
pub use script::{Engine, ScriptError};
pub(crate) use variables::{Attached, Contact, File, Origin};
pub use variables::{Unwritable, Variables};
