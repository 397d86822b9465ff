//! Calls that are answered.

use crate::stand_in::{StandIn, get};
use fetch::{Client, Failure, Guard, Request};
use std::net::Ipv4Addr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpSocket,
};

#[tokio::test]
async fn an_answer_has_its_status_type_cookies_and_body() {
    let server = StandIn::saying(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\
         X-Other: Олена\r\nContent-Length: 11\r\n\r\n{\"ok\":true}",
    )
    .await;
    let answer = server.get().await.unwrap();
    assert_eq!(answer.status, 200);
    assert_eq!(answer.content_type(), Some("application/json; charset=utf-8"));
    assert_eq!(answer.cookies().collect::<Vec<_>>(), ["a=1; Path=/", "b=2"]);
    assert_eq!(answer.headers["x-other"].as_bytes(), "Олена".as_bytes());
    assert_eq!(&answer.body[..], b"{\"ok\":true}");
    assert!(!format!("{answer:?}").contains("true"));
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [201_u16, 204, 304, 400, 404, 418, 500, 503, 599] {
        let server = StandIn::saying(format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n")).await;
        assert_eq!(server.get().await.unwrap().status, status);
    }
}

#[tokio::test]
async fn redirects_are_answers_and_are_not_followed() {
    let target = StandIn::saying("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret").await;
    for status in [301_u16, 302, 303, 307, 308] {
        let location = target.url("/");
        let server = StandIn::saying(format!(
            "HTTP/1.1 {status} x\r\nLocation: {location}\r\nRefresh: 0; url={location}\r\nContent-Length: 4\r\n\r\nmove"
        ))
        .await;
        let guard = Guard::parse(["127.0.0.0/8"]).unwrap();
        let answer = Client::new(guard).send(get(&server.url("/"))).await.unwrap();
        assert_eq!((answer.status, &answer.body[..]), (status, &b"move"[..]));
        assert_eq!(answer.headers["location"], location.as_str());
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn a_request_arrives_as_it_was_meant() {
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, |mut stream| async move {
        let mut body = [0; 5];
        stream.read_exact(&mut body).await.unwrap();
        let answer = [&b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"[..], &body].concat();
        stream.write_all(&answer).await.unwrap();
    })
    .await;
    let url = format!("http://user:pass@{}/a%20b/ї?q={{x}}|y&z=%2F#top", server.address);
    let request = Request {
        method: "post".to_owned(),
        headers: vec![("Content-Type".to_owned(), "text/plain".to_owned())],
        body: "hello".into(),
        ..get(&url)
    };
    let answer = server.client().send(request).await.unwrap();
    assert_eq!(&answer.body[..], b"hello");
    let head = server.head();
    let (first, rest) = head.split_once("\r\n").unwrap();
    assert_eq!(first, "post /a%20b/%d1%97?q={x}|y&z=%2f http/1.1");
    let mut lines: Vec<_> = rest.trim_end().split("\r\n").collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "accept-encoding: gzip, br",
            "accept: */*",
            "authorization: basic dxnlcjpwyxnz",
            "content-length: 5",
            "content-type: text/plain",
            &format!("host: {}", server.address),
            concat!("user-agent: chat-gateways/", env!("CARGO_PKG_VERSION")),
        ]
    );
}

#[tokio::test]
async fn interim_answers_are_passed_over() {
    let answer = "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    let answer = StandIn::saying(answer).await.get().await.unwrap();
    assert_eq!((answer.status, &answer.body[..]), (200, &b"ok"[..]));
}

#[tokio::test]
async fn a_body_without_length_ends_with_the_connection() {
    let answer = StandIn::saying("HTTP/1.0 200 OK\r\n\r\nuntil the end")
        .await
        .get()
        .await
        .unwrap();
    assert_eq!(&answer.body[..], b"until the end");
}

#[tokio::test]
async fn an_answer_to_head_has_no_body_whatever_it_says() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\nContent-Encoding: gzip\r\n\r\n";
    let server = StandIn::saying(head).await;
    let request = Request {
        method: "HEAD".to_owned(),
        ..get(&server.url("/"))
    };
    let answer = server.client().send(request).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (200, 0));
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = StandIn::doing(Ipv4Addr::LOCALHOST, 0, |mut stream| async move {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        stream.write_all(answer).await.unwrap();
        let mut read = [0; 4_096];
        while stream.read(&mut read).await.is_ok_and(|count| count > 0) {
            stream.write_all(answer).await.unwrap();
        }
    })
    .await;
    let client = server.client();
    for _ in 0..3 {
        assert_eq!(
            &client.clone().send(get(&server.url("/"))).await.unwrap().body[..],
            b"ok"
        );
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn nobody_at_the_port_is_said_so() {
    // Bound but not listening: the port is taken, and nobody answers.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let client = Client::new(Guard::parse(["127.0.0.1"]).unwrap());
    let failure = client
        .send(get(&format!("http://{address}/?token=SECRET")))
        .await
        .unwrap_err();
    assert!(matches!(&failure, Failure::Refused { .. }), "{failure:?}");
    assert_eq!(
        failure.to_string(),
        format!(
            "{address} can't be reached: nobody takes connections there. Check the address and its port, and that the \
             service runs."
        )
    );
}

#[tokio::test]
async fn what_is_no_http_is_said_so() {
    for answer in [
        "",
        "220 mail.example.org ESMTP\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!",
        "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 9\r\n\r\nnot brotl",
    ] {
        let failure = StandIn::saying(answer).await.get().await.unwrap_err();
        assert!(matches!(&failure, Failure::Broken { .. }), "{answer:?}: {failure:?}");
        assert_eq!(failure.code(), "broken");
    }
}
