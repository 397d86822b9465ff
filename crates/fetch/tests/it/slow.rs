//! Answers that take too long.

use crate::stand_in::{LONG, SHORT, StandIn, get};
use fetch::{Answer, Client, Failure, Guard, Limits, Request};
use std::{future::pending, net::Ipv4Addr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::interval,
};

async fn get_in_time(server: &StandIn) -> Result<Answer, Failure> {
    let request = Request {
        timeout: SHORT,
        ..get(&server.url("/?key=SECRET"))
    };
    server.client().send(request).await
}

#[tokio::test]
async fn silence_ends_with_the_time() {
    for said in [
        "",
        "HTTP/1.1 200",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
    ] {
        let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |mut stream| async move {
            stream.write_all(said.as_bytes()).await.unwrap();
            pending::<()>().await;
        })
        .await;
        let failure = get_in_time(&server).await.unwrap_err();
        assert_eq!(
            failure,
            Failure::Timeout {
                host: server.address.to_string(),
                after: SHORT
            },
            "{said}"
        );
        assert_eq!(
            failure.to_string(),
            format!(
                "{} gave no complete answer within 150 ms. Try again, or allow more time.",
                server.address
            )
        );
    }
}

#[tokio::test]
async fn a_trickle_ends_with_the_time() {
    let interim = "HTTP/1.1 103 Early\r\n\r\n";
    for (head, drop) in [
        ("HTTP/1.1 200 OK\r\n\r\n", "x"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"),
        ("HTTP/1.1 200 OK\r\nX: ", "x"),
        ("", interim),
    ] {
        let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |mut stream| async move {
            let mut written = stream.write_all(head.as_bytes()).await;
            let mut beat = interval(Duration::from_millis(5));
            while written.is_ok() {
                beat.tick().await;
                written = stream.write_all(drop.as_bytes()).await;
            }
        })
        .await;
        assert!(
            matches!(get_in_time(&server).await, Err(Failure::Timeout { .. })),
            "{head}{drop}"
        );
    }
}

#[tokio::test]
async fn a_server_that_reads_nothing_ends_with_the_time() {
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, |stream| async move {
        pending::<()>().await;
        drop(stream);
    })
    .await;
    let body = vec![0; 16 * 1024 * 1024].into();
    let request = Request {
        method: "PUT".to_owned(),
        body,
        timeout: SHORT,
        ..get(&server.url("/"))
    };
    assert!(matches!(
        server.client().send(request).await,
        Err(Failure::Timeout { .. })
    ));
}

#[tokio::test]
async fn no_call_exceeds_the_limits_of_the_client() {
    let limits = Limits {
        timeout: SHORT,
        max_bytes: 10,
        ..Limits::default()
    };
    let client = |server: &StandIn| {
        Client::builder(Guard::parse([server.address.to_string()]).unwrap())
            .limits(limits)
            .build()
    };
    let server = StandIn::saying("HTTP/1.1 200 OK\r\n\r\n12345678901").await;
    let request = Request {
        max_bytes: usize::MAX,
        timeout: Duration::MAX,
        ..get(&server.url("/"))
    };
    assert!(matches!(
        client(&server).send(request).await,
        Err(Failure::TooLarge { .. })
    ));
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, |stream| async move {
        pending::<()>().await;
        drop(stream);
    })
    .await;
    let request = Request {
        timeout: Duration::MAX,
        ..get(&server.url("/"))
    };
    assert!(matches!(
        client(&server).send(request).await,
        Err(Failure::Timeout { .. })
    ));
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_no_connection() {
    for said in ["", "HTTP/1.1 200 OK\r\n\r\nhell"] {
        let (gone, mut hears) = tokio::sync::mpsc::channel(1);
        let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, move |mut stream| {
            let gone = gone.clone();
            async move {
                stream.write_all(said.as_bytes()).await.unwrap();
                let read = stream.read(&mut [0]).await;
                gone.send(read.unwrap_or_default()).await.unwrap();
            }
        })
        .await;
        assert!(matches!(get_in_time(&server).await, Err(Failure::Timeout { .. })));
        assert_eq!(tokio::time::timeout(LONG, hears.recv()).await, Ok(Some(0)), "{said}");
    }
}
