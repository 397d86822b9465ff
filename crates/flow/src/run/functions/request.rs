//! The node `httpRequest` before its call.

use crate::program::Http;
use crate::run::insert::NotANumber;
use crate::run::{HttpRequest, Scope};

/// Why no call can be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The address is not one of the web.
    #[error("“{0}” is no http or https address")]
    Address(String),
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

/// The call that a node asks for.
///
/// # Errors
///
/// See [`RequestError`].
pub fn request(_http: &Http, _scope: &Scope) -> Result<HttpRequest, RequestError> {
    unimplemented!()
}
