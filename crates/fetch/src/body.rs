//! Reads the body of an answer, within its limit before and after unpacking.

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, header::CONTENT_ENCODING};
use http_body_util::{BodyDataStream, BodyExt, LengthLimitError, Limited};
use hyper::body::{Body, Incoming};
use std::io;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt};
use tokio_util::io::StreamReader;

/// What packing may add to a body that is hard to pack.
const WRAPPING: usize = 1_024;
/// Read at a time.
const PIECE: usize = 16 * 1_024;

/// Why a body could not be read; the caller knows the host.
#[derive(Debug)]
pub(crate) enum BodyError {
    TooLarge,
    Broken(String),
}

impl From<io::Error> for BodyError {
    fn from(error: io::Error) -> Self {
        match error.get_ref() {
            Some(cause) if cause.is::<LengthLimitError>() => Self::TooLarge,
            Some(cause) => Self::Broken(cause.to_string()),
            None => Self::Broken(error.to_string()),
        }
    }
}

enum Packing {
    None,
    Gzip,
    Brotli,
}

/// The body, unpacked; the connection is dropped at the first byte too much.
pub(crate) async fn read(headers: &HeaderMap, body: Incoming, max: usize) -> Result<Bytes, BodyError> {
    let packing = packing(headers)?;
    let limit = match packing {
        Packing::None => max,
        Packing::Gzip | Packing::Brotli => max.saturating_add(WRAPPING),
    };
    // What is announced need not be read to be refused.
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(BodyError::TooLarge);
    }
    let mut reader = StreamReader::new(BodyDataStream::new(Limited::new(body, limit).map_err(io::Error::other)));
    // An answer without a body (to HEAD, 204) may still say how its body would be packed.
    if reader.fill_buf().await?.is_empty() {
        return Ok(Bytes::new());
    }
    match packing {
        Packing::None => read_all(reader, max).await,
        Packing::Gzip => {
            let mut decoder = GzipDecoder::new(reader);
            decoder.multiple_members(true);
            read_all(decoder, max).await
        }
        Packing::Brotli => read_all(BrotliDecoder::new(reader), max).await,
    }
}

async fn read_all(mut reader: impl AsyncRead + Unpin, max: usize) -> Result<Bytes, BodyError> {
    let mut all = BytesMut::new();
    loop {
        all.reserve(PIECE);
        if reader.read_buf(&mut all).await? == 0 {
            return Ok(all.freeze());
        }
        if all.len() > max {
            return Err(BodyError::TooLarge);
        }
        // Unpacking never waits by itself; others have their turn, and the time limit is looked at.
        tokio::task::coop::consume_budget().await;
    }
}

fn packing(headers: &HeaderMap) -> Result<Packing, BodyError> {
    let mut packing = Packing::None;
    for value in headers.get_all(CONTENT_ENCODING) {
        for name in value.as_bytes().split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
            packing = match (packing, name.to_ascii_lowercase().as_slice()) {
                (packing, b"" | b"identity") => packing,
                (Packing::None, b"gzip" | b"x-gzip") => Packing::Gzip,
                (Packing::None, b"br") => Packing::Brotli,
                _ => {
                    return Err(BodyError::Broken(
                        "it is packed in a way that was not asked for".to_owned(),
                    ));
                }
            };
        }
    }
    Ok(packing)
}
