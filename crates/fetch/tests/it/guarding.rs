//! Names and where they lead.

use crate::stand_in::{Names, SHORT, StandIn, get};
use fetch::{Client, Failure, Guard, Limits, Request, Resolve};
use std::{
    future::pending,
    io,
    net::{IpAddr, Ipv4Addr},
};
use tokio::io::AsyncWriteExt;

const OK: &str = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

fn client(allowed: &[&str], names: &Names) -> Client {
    Client::builder(Guard::parse(allowed).unwrap())
        .resolver(names.clone())
        .build()
}

#[tokio::test]
async fn a_name_that_leads_inside_is_refused_without_a_connection() {
    let server = StandIn::saying(OK).await;
    let port = server.address.port();
    for ip in [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
    ] {
        let names = Names::of([&[ip]]);
        let url = format!("http://rebound.example:{port}/x?key=SECRET");
        let failure = client(&[], &names).send(get(&url)).await.unwrap_err();
        assert!(matches!(failure, Failure::ForbiddenAddress { .. }), "{ip}: {failure:?}");
        let sentence = failure.to_string();
        assert!(
            sentence.starts_with(&format!("rebound.example:{port} is not called")),
            "{sentence}"
        );
        assert!(!sentence.contains("SECRET") && !sentence.contains(ip), "{sentence}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn one_private_address_among_public_ones_forbids_the_name() {
    let server = StandIn::saying(OK).await;
    let url = format!("http://mixed.example:{}/", server.address.port());
    for ips in [
        ["8.8.8.8", "127.0.0.1"],
        ["127.0.0.1", "8.8.8.8"],
        ["2606:4700::1", "::1"],
    ] {
        let failure = client(&[], &Names::of([&ips])).send(get(&url)).await.unwrap_err();
        assert!(
            matches!(failure, Failure::ForbiddenAddress { .. }),
            "{ips:?}: {failure:?}"
        );
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_connection_goes_to_the_address_that_was_checked() {
    let checked = StandIn::saying(OK).await;
    let port = checked.address.port();
    let other = StandIn::doing(Ipv4Addr::new(127, 0, 0, 2), port, |mut stream| async move {
        let _ = stream.write_all(OK.as_bytes()).await;
    })
    .await;
    let names = Names::of([&["127.0.0.1"], &["127.0.0.2"]]);
    let client = client(&["127.0.0.1"], &names);
    let url = format!("http://rebinding.example:{port}/");
    assert_eq!(client.send(get(&url)).await.unwrap().status, 200);
    assert_eq!((names.asked(), checked.connections(), other.connections()), (1, 1, 0));
    // The second look-up leads elsewhere, and is checked like the first.
    assert!(matches!(
        client.send(get(&url)).await,
        Err(Failure::ForbiddenAddress { .. })
    ));
    assert_eq!((names.asked(), checked.connections(), other.connections()), (2, 1, 0));
}

#[tokio::test]
async fn a_named_host_may_lead_inside_at_its_port_only() {
    let server = StandIn::saying(OK).await;
    let port = server.address.port();
    let names = Names::of([&["127.0.0.1"]]);
    let client = client(&[&format!("intranet.example:{port}")], &names);
    for host in [
        "intranet.example",
        "INTRANET.example",
        "intranet.example.",
        "ｉｎｔｒａｎｅｔ.example",
    ] {
        assert_eq!(
            client
                .send(get(&format!("http://{host}:{port}/")))
                .await
                .unwrap()
                .status,
            200,
            "{host}"
        );
    }
    let connections = server.connections();
    for url in [
        format!("http://other.example:{port}/"),
        format!("http://a.intranet.example:{port}/"),
        format!("http://intranet.example.org:{port}/"),
        format!("http://intranet.example:{port}@127.0.0.1:{port}/"),
        format!("http://127.0.0.1:{port}/"),
        format!("http://intranet.example:{}/", port ^ 1),
        "http://intranet.example/".to_owned(),
    ] {
        let failure = client.send(get(&url)).await.unwrap_err();
        assert!(
            matches!(failure, Failure::ForbiddenAddress { .. }),
            "{url}: {failure:?}"
        );
    }
    assert_eq!(server.connections(), connections);
}

#[tokio::test]
async fn the_next_address_is_tried_when_the_first_takes_no_connection() {
    let server = StandIn::saying(OK).await;
    let names = Names::of([&["127.0.0.3", "127.0.0.1"]]);
    let url = format!("http://two.example:{}/", server.address.port());
    assert_eq!(
        client(&["127.0.0.0/8"], &names).send(get(&url)).await.unwrap().status,
        200
    );
}

#[tokio::test]
async fn a_name_that_leads_nowhere_is_not_found() {
    for names in [Names::default(), Names::of([&[]])] {
        let failure = client(&[], &names)
            .send(get("https://nowhere.example/?key=SECRET"))
            .await
            .unwrap_err();
        assert_eq!(
            failure,
            Failure::NotFound {
                host: "nowhere.example".to_owned()
            }
        );
        assert_eq!(
            failure.to_string(),
            "nowhere.example was not found. Check how it is spelled."
        );
    }
}

#[tokio::test]
async fn the_system_knows_localhost_and_no_invalid_name() {
    let server = StandIn::saying(OK).await;
    let port = server.address.port();
    let url = format!("http://localhost:{port}/");
    let client = Client::new(Guard::default());
    assert!(matches!(
        client.send(get(&url)).await,
        Err(Failure::ForbiddenAddress { .. })
    ));
    assert_eq!(server.connections(), 0);
    let allowed = Client::new(Guard::parse(["localhost"]).unwrap());
    assert_eq!(allowed.send(get(&url)).await.unwrap().status, 200);
    assert!(matches!(
        client.send(get("http://nowhere.invalid/")).await,
        Err(Failure::NotFound { .. })
    ));
}

struct Silent;

#[async_trait::async_trait]
impl Resolve for Silent {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        pending().await
    }
}

#[tokio::test]
async fn a_look_up_that_never_ends_ends_with_its_time() {
    let limits = Limits {
        connect_timeout: SHORT,
        ..Limits::default()
    };
    let client = Client::builder(Guard::default())
        .resolver(Silent)
        .limits(limits)
        .build();
    let failure = client.send(get("http://slow.example/")).await.unwrap_err();
    // Nothing was sent, and that is what the word says.
    assert_eq!(failure.code(), "refused");
    assert!(failure.to_string().contains("nobody took the call within"), "{failure}");
    let client = Client::builder(Guard::default()).resolver(Silent).build();
    let request = Request {
        timeout: SHORT,
        ..get("http://slow.example/")
    };
    assert_eq!(client.send(request).await.unwrap_err().code(), "timeout");
}
