//! Fetches a file that a peer sent.

use crate::{Call, Wire, download, media};
use bytes::Bytes;
use model::message::{ErrorClass, FileRef, ProviderError};

const GONE: &str = "Viber does not have this file any more; it keeps files for an hour.";

/// See [`crate::Provider::fetch`]. The token stays here: the address is one that a peer's message named.
pub(super) async fn fetch(wire: &Wire, file: &FileRef, max_bytes: usize) -> Result<Bytes, ProviderError> {
    if file
        .size
        .is_some_and(|size| usize::try_from(size).map_or(true, |size| size > max_bytes))
    {
        return Err(download::too_large(max_bytes));
    }
    let reference = Some(file.provider_ref.as_str()).filter(|reference| media::is_web(reference));
    let Some(address) = media::address(file).or(reference) else {
        return Err(download::failed(
            ErrorClass::NotFound,
            "Viber gave no address for this file.",
        ));
    };
    let answer = download::get(wire, Call::get(address), max_bytes).await?;
    let (class, message) = match answer.status {
        200 => return Ok(answer.body),
        403 | 404 | 410 => (ErrorClass::NotFound, GONE),
        429 => (
            ErrorClass::RateLimited {
                retry_after: answer.retry_after(),
            },
            "Viber was called too often; it is tried again when Viber allows it.",
        ),
        500..=599 => (
            ErrorClass::Transient,
            "Viber has trouble at the moment; it is tried again.",
        ),
        _ => (ErrorClass::Unknown, "Viber did not give the file."),
    };
    Err(ProviderError {
        http: Some(answer.status),
        ..download::failed(class, message)
    })
}
