//! Files that the customer's system has told the address of.

use super::{endpoint::failure, outgoing};
use crate::{Call, Wire, download};
use bytes::Bytes;
use model::message::{ErrorClass, FileRef, ProviderError};

/// Fetches a file; nothing is signed, because an address of a file needs no proof.
pub(super) async fn fetch(wire: &Wire, file: &FileRef, max_bytes: usize) -> Result<Bytes, ProviderError> {
    let Some(url) = outgoing::address(file) else {
        let message = "The file has no address that it can be fetched from.";
        return Err(failure(ErrorClass::NotFound, message.to_owned()));
    };
    let call = Call {
        max_bytes,
        ..Call::get(url)
    };
    let answer = wire.call(call).await.map_err(|error| failed(error, max_bytes))?;
    let class = match answer.status {
        200..300 => return Ok(answer.body),
        // Addresses that end to work say so in one of these ways.
        401 | 403 | 404 | 410 => ErrorClass::NotFound,
        429 => ErrorClass::RateLimited {
            retry_after: answer.retry_after(),
        },
        408 | 500.. => ErrorClass::Transient,
        _ => ErrorClass::Invalid,
    };
    let status = answer.status;
    Err(ProviderError {
        http: Some(status),
        ..failure(class, format!("The address of the file answered {status}."))
    })
}

/// Reading changes nothing at the other end, so a file that is too large is known to be just that, and a lost one can be
/// fetched again.
fn failed(error: ProviderError, most: usize) -> ProviderError {
    let class = match (error.class, error.code.as_deref()) {
        (_, Some("too_large")) => return download::too_large(most),
        (ErrorClass::Ambiguous, _) => ErrorClass::Transient,
        (class, _) => class,
    };
    ProviderError { class, ..error }
}
