//! Answers that are too large or never end.

use crate::stand_in::{StandIn, get};
use async_compression::{
    Level,
    tokio::write::{BrotliEncoder, GzipEncoder},
};
use fetch::{Answer, Failure, Request};
use std::{future::pending, net::Ipv4Addr};
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    net::TcpStream,
};

const MAX: usize = 64 * 1024;

async fn get_within(server: &StandIn, max_bytes: usize) -> Result<Answer, Failure> {
    let request = Request {
        max_bytes,
        ..get(&server.url("/"))
    };
    server.client().send(request).await
}

fn with_body(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// Writes one piece again and again until the other side hangs up.
async fn for_ever(mut stream: TcpStream, head: &[u8], piece: &[u8]) {
    let mut written = stream.write_all(head).await;
    while written.is_ok() {
        written = stream.write_all(piece).await;
    }
}

/// Packs zeros.
async fn pack(mut encoder: impl AsyncWrite + Unpin, megabytes: usize) {
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..megabytes {
        encoder.write_all(&zeros).await.unwrap();
    }
    encoder.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_body_may_be_as_large_as_the_limit_and_no_larger() {
    let server = StandIn::saying(with_body("", &vec![b'x'; MAX])).await;
    assert_eq!(get_within(&server, MAX).await.unwrap().body.len(), MAX);
    let failure = get_within(&server, MAX - 1).await.unwrap_err();
    assert_eq!(
        failure.to_string(),
        format!(
            "The answer of {} is too large: it has more than 65535 bytes. Ask it for less.",
            server.address
        )
    );
    assert_eq!(failure.code(), "too_large");
}

#[tokio::test]
async fn a_body_announced_as_a_gigabyte_is_not_waited_for() {
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, |mut stream| async move {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
            .await
            .unwrap();
        pending::<()>().await;
    })
    .await;
    assert!(matches!(get_within(&server, MAX).await, Err(Failure::TooLarge { .. })));
}

#[tokio::test]
async fn a_body_that_never_ends_ends_at_the_limit() {
    for head in [
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ] {
        let piece = if head.contains("chunked") {
            "A\r\n0123456789\r\n"
        } else {
            "0123456789"
        }
        .repeat(1_000);
        let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |stream| {
            let piece = piece.clone();
            async move { for_ever(stream, head.as_bytes(), piece.as_bytes()).await }
        })
        .await;
        let failure = get_within(&server, MAX).await.unwrap_err();
        assert!(matches!(failure, Failure::TooLarge { .. }), "{head}: {failure:?}");
    }
}

#[tokio::test]
async fn packed_bodies_are_unpacked() {
    let (mut gzip, mut brotli) = (GzipEncoder::new(Vec::new()), BrotliEncoder::new(Vec::new()));
    gzip.write_all(b"hello").await.unwrap();
    gzip.shutdown().await.unwrap();
    brotli.write_all(b"hello").await.unwrap();
    brotli.shutdown().await.unwrap();
    let (gzip, brotli) = (gzip.into_inner(), brotli.into_inner());
    for (name, body) in [
        ("gzip", &gzip),
        ("X-GZIP", &gzip),
        ("identity, gzip", &gzip),
        ("br", &brotli),
    ] {
        let server = StandIn::saying(with_body(&format!("Content-Encoding: {name}\r\n"), body)).await;
        let answer = get_within(&server, 5).await.unwrap();
        assert_eq!(&answer.body[..], b"hello", "{name}");
        assert!(!answer.headers.contains_key("content-encoding"));
        assert!(!answer.headers.contains_key("content-length"));
        assert!(
            matches!(get_within(&server, 4).await, Err(Failure::TooLarge { .. })),
            "{name}"
        );
        let cut = &body[..body.len() - 2];
        let server = StandIn::saying(with_body(&format!("Content-Encoding: {name}\r\n"), cut)).await;
        assert!(
            matches!(get_within(&server, MAX).await, Err(Failure::Broken { .. })),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_body_packed_a_thousandfold_ends_at_the_limit() {
    let (mut gzip, mut brotli) = (Vec::new(), Vec::new());
    pack(GzipEncoder::new(&mut gzip), 32).await;
    pack(BrotliEncoder::with_quality(&mut brotli, Level::Fastest), 32).await;
    for (name, body) in [("gzip", gzip), ("br", brotli)] {
        assert!(body.len() < MAX, "{name} is no bomb: {} bytes", body.len());
        let server = StandIn::saying(with_body(&format!("Content-Encoding: {name}\r\n"), &body)).await;
        assert!(
            matches!(get_within(&server, MAX).await, Err(Failure::TooLarge { .. })),
            "{name}"
        );
    }
}

#[tokio::test]
async fn packed_nothing_without_end_ends_at_the_limit() {
    let mut nothing = GzipEncoder::new(Vec::new());
    nothing.shutdown().await.unwrap();
    let nothing = nothing.into_inner();
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |stream| {
        let nothing = nothing.clone();
        async move { for_ever(stream, b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", &nothing).await }
    })
    .await;
    assert!(matches!(get_within(&server, MAX).await, Err(Failure::TooLarge { .. })));
}

#[tokio::test]
async fn headers_have_a_number_and_a_size() {
    let many = "X: x\r\n".repeat(101);
    let large = format!("X: {}\r\n", "x".repeat(70_000));
    for headers in [many, large] {
        let failure = StandIn::saying(with_body(&headers, b"")).await.get().await.unwrap_err();
        assert!(matches!(failure, Failure::TooLarge { .. }), "{failure:?}");
    }
    let fine = "X: x\r\n".repeat(90);
    assert_eq!(
        StandIn::saying(with_body(&fine, b""))
            .await
            .get()
            .await
            .unwrap()
            .headers
            .len(),
        91
    );
}

#[tokio::test]
async fn headers_that_never_end_end_at_the_limit() {
    for (head, piece) in [
        ("HTTP/1.1 200 OK\r\n", "X: x\r\n"),
        ("HTTP/1.1 200 OK\r\nX: ", "xxxxx"),
        ("HTTP/1.1 200 ", "xxxxx"),
    ] {
        let piece = piece.repeat(1_000);
        let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |stream| {
            let piece = piece.clone();
            async move { for_ever(stream, head.as_bytes(), piece.as_bytes()).await }
        })
        .await;
        let failure = server.get().await.unwrap_err();
        assert!(matches!(failure, Failure::TooLarge { .. }), "{head}: {failure:?}");
    }
}
