//! Compression of what is made for one request: pages and data.
//!
//! Files are compressed when they are built, and a stream of events must not wait in a buffer.

use axum::http::{Extensions, HeaderMap, StatusCode, Version, header};
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{And, Predicate, SizeAbove},
    },
};

type Compressible = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// The layer: gzip alone, because brotli on the fly costs more time than it saves.
pub fn compression() -> CompressionLayer<And<SizeAbove, Compressible>> {
    let compressible: Compressible = is_compressible;
    CompressionLayer::new()
        .no_br()
        .no_deflate()
        .no_zstd()
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(512).and(compressible))
}

fn is_compressible(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"))
}
