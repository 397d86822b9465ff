//! Fetches a file that a peer sent.

use super::{api, errors, mode::is_cloud};
use crate::{Account, Call, Wire, download, lenient::lenient};
use bytes::Bytes;
use model::message::{ErrorClass, FileRef, ProviderError};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Deserialize;
use serde_json::json;

/// The largest file that Telegram gives out to bots.
const LARGEST: usize = 20 << 20;
/// What would end the path of a file's address, or mean something else in it.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'?').add(b'\\');

#[derive(Deserialize)]
struct File {
    #[serde(default, deserialize_with = "lenient")]
    file_size: Option<u64>,
    #[serde(default, deserialize_with = "lenient")]
    file_path: Option<String>,
}

/// See [`crate::Provider::fetch`].
pub(super) async fn fetch(
    wire: &Wire,
    account: &Account,
    file: &FileRef,
    max_bytes: usize,
) -> Result<Bytes, ProviderError> {
    let most = if is_cloud(account) {
        max_bytes.min(LARGEST)
    } else {
        max_bytes
    };
    check_size(file.size, most)?;
    let found: File = api::call(wire, account, "getFile", &json!({ "file_id": file.provider_ref }))
        .await
        .map_err(|trouble| missing_or_large(*trouble.error))?;
    check_size(found.file_size, most)?;
    let path = found
        .file_path
        .filter(|path| !path.is_empty())
        .ok_or_else(|| download::failed(ErrorClass::NotFound, "Telegram does not have this file any more."))?;
    if path.starts_with('/') {
        return Err(download::failed(
            ErrorClass::NotFound,
            "The Bot API server keeps this file on its own disk. Start it without --local, so that it gives files out.",
        ));
    }
    let path = utf8_percent_encode(&path, UNSAFE).to_string();
    let answer = download::get(wire, Call::get(api::address(account, "file/bot", &path)), most).await?;
    match answer.status {
        200 => Ok(answer.body),
        404 => Err(download::failed(
            ErrorClass::NotFound,
            "Telegram does not have this file any more.",
        )),
        _ => match api::read::<()>(wire, &answer) {
            Err(trouble) => Err(*trouble.error),
            Ok(()) => Err(errors::unreadable(answer.status)),
        },
    }
}

fn check_size(size: Option<u64>, most: usize) -> Result<(), ProviderError> {
    match size {
        Some(size) if usize::try_from(size).map_or(true, |size| size > most) => Err(download::too_large(most)),
        _ => Ok(()),
    }
}

/// What is no more than wrong elsewhere says here that there is no file to be had; and asking again does no harm.
fn missing_or_large(mut error: ProviderError) -> ProviderError {
    error.class = match error.class {
        ErrorClass::Invalid if error.message.contains("too big") => ErrorClass::TooLarge,
        ErrorClass::Invalid => ErrorClass::NotFound,
        ErrorClass::Ambiguous => ErrorClass::Transient,
        class => class,
    };
    error
}
