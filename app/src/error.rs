//! The one error of every server function, as the browser gets it.

#[cfg(feature = "ssr")]
mod engine;

use leptos::server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};
use model::FieldErrors;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What went wrong, in words, with what a page needs to show it in the right place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError {
    /// A word for programs: `not_found`, `conflict`, `invalid`, `signed_out` …
    pub code: String,
    /// The HTTP status.
    pub status: u16,
    /// A sentence for people that says what to do.
    pub message: String,
    /// A sentence for each field that is wrong, or that somebody else has changed.
    pub fields: FieldErrors,
    /// Under which number an unexpected failure is found in the log.
    pub request_id: Option<String>,
    /// After how many seconds another try makes sense.
    pub retry_after: Option<u64>,
}

/// Codes that pages decide by.
impl AppError {
    /// Nobody is signed in, or the session has ended.
    pub const SIGNED_OUT: &'static str = "signed_out";
    /// The user must choose a new password first.
    pub const PASSWORD_CHANGE: &'static str = "password_change_required";
    /// The user may not do this.
    pub const FORBIDDEN: &'static str = "forbidden";
    /// There is no such object, or no longer.
    pub const NOT_FOUND: &'static str = "not_found";
    /// Fields are wrong.
    pub const INVALID: &'static str = "invalid";
    /// Somebody else has saved in the meantime.
    pub const CONFLICT: &'static str = "conflict";
    /// The server couldn't be reached, or its answer not be read.
    pub const UNREACHABLE: &'static str = "unreachable";

    /// An error without wrong fields.
    pub fn new(code: &str, status: u16, message: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            status,
            message: message.into(),
            ..Self::default()
        }
    }

    /// Whether this is the error of a code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code == code
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) | ServerFnErrorErr::Deserialization(_) => {
                Self::new(
                    Self::INVALID,
                    400,
                    "The request could not be read. Reload the page and try again.",
                )
            }
            _ => Self::new(
                Self::UNREACHABLE,
                503,
                "The server did not answer. Check your connection and try again; nothing you typed is lost.",
            ),
        }
    }
}
