//! An HTTP call as data: what a program asks for and what came back.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// A call that somebody else makes, through a client that is guarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpRequest {
    /// In capital letters.
    pub method: String,
    /// An http or https address.
    pub url: String,
    /// Names in the letters of the program, `content-type` among them if there is a body.
    pub headers: Vec<(String, String)>,
    /// What is sent.
    pub body: Option<String>,
    /// How long an answer is waited for.
    pub timeout: Duration,
}

/// An answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HttpAnswer {
    /// The status.
    pub status: u16,
    /// The header `content-type`, with its parameters.
    pub content_type: Option<String>,
    /// The body.
    pub body: Vec<u8>,
    /// The values of the headers `set-cookie`, in order.
    pub cookies: Vec<String>,
}
