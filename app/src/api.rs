//! Server functions: parse, call one action of the engine, answer.
//!
//! They contain no rule. Reading ones are called while a page is rendered as well as from the browser.

#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
mod conversations;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
mod deliveries;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "server functions are async, whatever they do")
)]
mod flows;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "server functions are async, whatever they do")
)]
mod gateways;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
mod health;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
mod meta;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "server functions are async, whatever they do")
)]
mod roles;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "server functions are async, whatever they do")
)]
mod session;
#[cfg(feature = "ssr")]
pub mod ssr;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
#[cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "server functions are async, whatever they do")
)]
mod tries;
#[expect(missing_docs, reason = "the macro's argument structs are no interface")]
mod users;

pub use conversations::*;
pub use deliveries::*;
pub use flows::*;
pub use gateways::*;
pub use health::*;
pub use meta::*;
pub use roles::*;
pub use session::*;
pub use tries::*;
pub use users::*;

use crate::error::AppError;
use model::{FieldErrors, Fields};
use serde::{Deserialize, Serialize};

/// The state of a form that was posted without JavaScript and refused: shown again as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    /// What was typed, without secrets.
    pub fields: Fields,
    /// Why it was refused.
    pub error: AppError,
}

impl Posted {
    /// The errors at the fields.
    #[must_use]
    pub fn errors(&self) -> &FieldErrors {
        &self.error.fields
    }
}
