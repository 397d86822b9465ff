//! Fetches files from messengers.

use crate::{Answer, Call, Wire};
use model::message::{ErrorClass, ProviderError};
use std::time::Duration;

/// So long a file may take.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Gets a file of at most `most` bytes. Asking again does no harm, so a broken answer is worth another try.
pub(crate) async fn get(wire: &Wire, mut call: Call, most: usize) -> Result<Answer, ProviderError> {
    call.timeout = TIMEOUT;
    call.max_bytes = most;
    wire.call(call).await.map_err(|mut error| {
        if error.code.as_deref() == Some("too_large") {
            return too_large(most);
        }
        if error.class == ErrorClass::Ambiguous {
            error.class = ErrorClass::Transient;
        }
        error
    })
}

/// The file is larger than it may be.
pub(crate) fn too_large(most: usize) -> ProviderError {
    let most = most >> 10;
    failed(
        ErrorClass::TooLarge,
        &format!("The file has more than the {most} KB that are taken."),
    )
}

/// A failure that no answer of a messenger is about.
pub(crate) fn failed(class: ErrorClass, message: &str) -> ProviderError {
    ProviderError {
        class,
        http: None,
        code: None,
        subcode: None,
        message: message.to_owned(),
        trace_id: None,
    }
}
