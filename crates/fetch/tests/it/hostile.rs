//! Every way to write an address that is not for us: each is refused, and nobody hears a connection.

use crate::stand_in::{Names, StandIn, get};
use fetch::{Client, Failure, Guard};
use std::net::Ipv4Addr;

/// Leads to the listener if it is believed. `P` is the listener's port.
const TO_THE_LISTENER: &[&str] = &[
    // One address, in all that `inet_aton` reads
    "http://127.0.0.1:P/",
    "http://127.0.0.1.:P/",
    "http://127.1:P/",
    "http://127.0.1:P/",
    "http://127.00.00.01:P/",
    "http://2130706433:P/",
    "http://2130706433.:P/",
    "http://0x7f000001:P/",
    "http://0X7F000001:P/",
    "http://0x7f.0.0.1:P/",
    "http://0x7f.1:P/",
    "http://0x7F.0x0.0x0.0x1:P/",
    "http://0177.0.0.1:P/",
    "http://0177.0.0.01:P/",
    "http://017700000001:P/",
    "http://00000177.1:P/",
    "http://0177.0x0.1:P/",
    "http://127.0x1:P/",
    "http://127.0.0.0x1:P/",
    "http://0x000000007f000001:P/",
    // Other addresses of this host
    "http://127.0.0.2:P/",
    "http://127.127.127.127:P/",
    "http://127.255.255.254:P/",
    "http://0.0.0.0:P/",
    "http://0:P/",
    "http://0x0:P/",
    "http://00:P/",
    "http://[::]:P/",
    "http://[::1]:P/",
    "http://[0:0:0:0:0:0:0:1]:P/",
    "http://[0000::0001]:P/",
    // Wrapped
    "http://[::ffff:127.0.0.1]:P/",
    "http://[::ffff:7f00:1]:P/",
    "http://[::FFFF:7F00:0001]:P/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:P/",
    "http://[::127.0.0.1]:P/",
    "http://[::7f00:1]:P/",
    "http://[::ffff:0:127.0.0.1]:P/",
    "http://[64:ff9b::127.0.0.1]:P/",
    "http://[64:ff9b::7f00:1]:P/",
    "http://[64:ff9b:1::127.0.0.1]:P/",
    "http://[2002:7f00:1::]:P/",
    "http://[2001:0:7f00:1::]:P/",
    "http://[2001::80ff:fffe]:P/",
    "http://[2a00::5efe:127.0.0.1]:P/",
    // With decoys
    "http://example.org@127.0.0.1:P/",
    "http://example.org:80@127.0.0.1:P/",
    "http://example.org%40127.0.0.1@127.0.0.1:P/",
    "http://user:pass@127.1:P/",
    "http://@127.0.0.1:P/",
    "http://127.0.0.1:P\\@example.org/",
    "http://127.0.0.1:P\\.example.org/",
    "http://127.0.0.1:P#@example.org/",
    "http://127.0.0.1:P?@example.org/",
    "http:127.0.0.1:P/",
    "http:/127.0.0.1:P/",
    "http:///127.0.0.1:P/",
    "http:////127.0.0.1:P/",
    "http:\\\\127.0.0.1:P\\",
    "hTTp://127.0.0.1:P/",
    " http://127.0.0.1:P/ ",
    "\u{1}http://127.0.0.1:P/",
    "ht\ttp://127.\n0.0.1\r:P/",
    "http://127.0.0.1:0000P/",
    // In other letters
    "http://１２７.０.０.１:P/",
    "http://１２７。０。０。１:P/",
    "http://127。0．0｡1:P/",
    "http://①②⑦.⓪.⓪.①:P/",
    "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏:P/",
    "http://0ⓧ7f.1:P/",
    "http://%31%32%37.0.0.1:P/",
    "http://127%2e0%2e0%2e1:P/",
    "http://%30x7f.1:P/",
    "http://127.0.0.1%2e:P/",
    "http://1\u{ad}27.0.0.1:P/",
    "http://127.0.0.\u{200b}1:P/",
    // By name: the resolver says 127.0.0.1
    "http://localhost:P/",
    "http://LOCALHOST:P/",
    "http://localhost.:P/",
    "http://ⓛocalhost:P/",
    "http://loc%61lhost:P/",
    "http://127.0.0.1.nip.io:P/",
    "http://example.org:P/",
    "https://127.0.0.1:P/",
    "https://[::ffff:127.1]:P/",
    // Not addresses at all
    "http://127.0.0.1:P:80/",
    "http://127.0.0.256:P/",
    "http://127.0.0.0.1:P/",
    "http://0x7f.0.0.0x:P/",
    "http://08.0.0.1:P/",
    "http://[::1%25lo]:P/",
    "http://[::1%lo]:P/",
    "http://[fe80::1%25eth0]:P/",
    "http://[127.0.0.1]:P/",
    "http://::1:P/",
    "http://[::1:P/",
    "http://127.0.0.1%00.example.org:P/",
    "http://127.0.0.1%0d%0aHost:example.org:P/",
    "http://127.0.0.1 :P/",
    "127.0.0.1:P",
    "//127.0.0.1:P/",
    "localhost:P/",
    "gopher://127.0.0.1:P/",
    "ftp://127.0.0.1:P/",
    "file://127.0.0.1:P/",
];

/// Leads to others who are not for us.
const INSIDE: &[&str] = &[
    "http://10.0.0.1/",
    "http://10.255.255.255/",
    "http://0xa.1/",
    "http://012.1/",
    "http://167772161/",
    "http://100.64.0.1/",
    "http://100.127.255.255/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/",
    "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/",
    "http://169.254.43518/",
    "http://[::ffff:a9fe:a9fe]/",
    "http://169.254.170.2/v2/credentials",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://[fd00:ec2::254]/",
    "http://[fd00:0ec2:0:0::0254]/",
    "http://[fd20:ce::254]/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.0.0.192/",
    "http://192.0.2.1/",
    "http://192.88.99.1/",
    "http://192.168.0.1/",
    "http://0300.0250.1/",
    "http://198.18.0.1/",
    "http://198.19.255.255/",
    "http://198.51.100.1/",
    "http://203.0.113.1/",
    "http://224.0.0.1/",
    "http://239.255.255.250:1900/",
    "http://240.0.0.1/",
    "http://255.255.255.255/",
    "http://4294967295/",
    "http://[fc00::1]/",
    "http://[fdff::1]/",
    "http://[fe80::1]/",
    "http://[febf::1]/",
    "http://[fec0::1]/",
    "http://[ff02::1]/",
    "http://[ff0e::1]/",
    "http://[100::1]/",
    "http://[2001:2::1]/",
    "http://[2001:10::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "http://[64:ff9b::8.8.8.8]/",
    "http://[::ffff:8.8.8.8]/",
    "http://[2002:808:808::]/",
    "http://[4000::1]/",
];

#[tokio::test]
async fn no_notation_of_an_inner_address_gets_a_connection() {
    assert!(TO_THE_LISTENER.len() + INSIDE.len() > 120);
    let server = StandIn::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let everywhere = StandIn::doing(Ipv4Addr::UNSPECIFIED, 0, |_| async {}).await;
    let client = Client::builder(Guard::default())
        .resolver(Names::of([&["127.0.0.1"]]))
        .build();
    for port in [server.address.port(), everywhere.address.port()] {
        for row in TO_THE_LISTENER {
            let url = row.replace('P', &port.to_string());
            match client.send(get(&url)).await {
                Err(Failure::ForbiddenAddress { .. } | Failure::InvalidUrl { .. } | Failure::NotHttp) => {}
                other => panic!("{row:?}: {other:?}"),
            }
        }
    }
    for url in INSIDE {
        let result = client.send(get(url)).await;
        assert!(
            matches!(result, Err(Failure::ForbiddenAddress { .. })),
            "{url}: {result:?}"
        );
    }
    assert_eq!((server.connections(), everywhere.connections()), (0, 0));
}

/// The same rows reach the listener when it is allowed: what refuses them above is the guard, not a wrong port.
#[tokio::test]
async fn the_same_notations_reach_the_listener_when_the_operator_allows_it() {
    let server = StandIn::saying("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let client = server.client();
    let mut reached = 0;
    for row in TO_THE_LISTENER.iter().filter(|row| !row.starts_with("https")) {
        let url = row.replace('P', &server.address.port().to_string());
        reached += usize::from(client.send(get(&url)).await.is_ok());
    }
    assert!(reached >= 40, "only {reached} rows mean 127.0.0.1");
    assert_eq!(server.connections(), reached);
}
