//! Why a call has no answer, in words for an administrator.
//!
//! A sentence names the host and nothing else of the address: paths, queries and user names may carry secrets.

use std::time::Duration;

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The address is no URL.
    #[error("The address can't be used: {problem}. Write it in full, such as https://example.org/orders.")]
    InvalidUrl {
        /// Half a sentence.
        problem: String,
    },
    /// Neither http nor https.
    #[error("The address doesn't begin with http:// or https://, and nothing else is called.")]
    NotHttp,
    /// No method, or one that is not for calls.
    #[error("This method can't be used. Use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS.")]
    Method,
    /// A header that can't be sent, or that the caller may not choose.
    #[error("The header “{name}” can't be sent: {problem}.")]
    Header {
        /// As it was given, cut at 64 characters.
        name: String,
        /// Half a sentence.
        problem: &'static str,
    },
    /// The host leads to a place that is not on the public internet and that the operator has not named.
    #[error(
        "{host} is not called: it leads to an address that is not on the public internet ({what}). If it should be \
         called, ask the operator of this server to add it to allowed_hosts."
    )]
    ForbiddenAddress {
        /// The host, and the port if it is not the usual one.
        host: String,
        /// What the address is.
        what: &'static str,
    },
    /// The name leads nowhere.
    #[error("{host} was not found. Check how it is spelled.")]
    NotFound {
        /// The host.
        host: String,
    },
    /// There is nobody at the address, or nobody who takes the call in time.
    #[error("{host} can't be reached: {problem}. Check the address and its port, and that the service runs.")]
    Refused {
        /// The host.
        host: String,
        /// Half a sentence.
        problem: String,
    },
    /// The connection could not be made secure.
    #[error(
        "There is no secure connection to {host}: {problem}. Check its certificate, and that the port speaks https."
    )]
    Tls {
        /// The host.
        host: String,
        /// Half a sentence.
        problem: String,
    },
    /// The answer took too long.
    #[error("{host} gave no complete answer within {} ms. Try again, or allow more time.", after.as_millis())]
    Timeout {
        /// The host.
        host: String,
        /// The time there was.
        after: Duration,
    },
    /// The answer is larger than the limit, packed or unpacked, or its headers are.
    #[error("The answer of {host} is too large: {what}. Ask it for less.")]
    TooLarge {
        /// The host.
        host: String,
        /// What is too large, and the limit.
        what: String,
    },
    /// What came is no answer, or not all of one.
    #[error("The answer of {host} can't be read: {problem}.")]
    Broken {
        /// The host.
        host: String,
        /// Half a sentence.
        problem: String,
    },
}

impl Failure {
    /// One word for programs: `invalid`, `forbidden`, `not_found`, `refused`, `tls`, `timeout`, `too_large` or `broken`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidUrl { .. } | Self::NotHttp | Self::Method | Self::Header { .. } => "invalid",
            Self::ForbiddenAddress { .. } => "forbidden",
            Self::NotFound { .. } => "not_found",
            Self::Refused { .. } => "refused",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::TooLarge { .. } => "too_large",
            Self::Broken { .. } => "broken",
        }
    }
}
