use super::*;
use http::header::{CONTENT_TYPE, COOKIE};
use proptest::prelude::*;

fn prepare(method: &str, url: &str, headers: &[(&str, &str)]) -> Result<Prepared, Failure> {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Prepared::new(method, url, &headers, Bytes::new())
}

#[test]
fn methods_are_read_in_any_case_and_those_that_are_no_calls_are_refused() {
    for (text, method) in [
        ("get", "GET"),
        ("Post", "POST"),
        (" PATCH ", "PATCH"),
        ("report", "REPORT"),
    ] {
        assert_eq!(
            prepare(text, "https://example.org", &[]).unwrap().request.method(),
            method
        );
    }
    for text in ["", "CONNECT", "connect", "TRACE", "Track", "GET /", "GE\r\nT", "ГЕТ"] {
        assert_eq!(
            prepare(text, "https://example.org", &[]).err(),
            Some(Failure::Method),
            "{text}"
        );
    }
}

#[test]
fn only_http_is_called() {
    for url in [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org:70/_x",
        "javascript:alert(1)",
        "data:text/plain,x",
        "ws://example.org",
        "unix:/run/docker.sock",
        "blob:https://example.org/x",
        "jar:http://example.org!/",
        "c:\\windows",
    ] {
        assert_eq!(prepare("GET", url, &[]).err(), Some(Failure::NotHttp), "{url}");
    }
}

#[test]
fn an_address_that_is_none_is_refused_in_words() {
    for (url, problem) in [
        ("", "it is not a complete address"),
        ("example.org/path", "it is not a complete address"),
        ("//example.org", "it is not a complete address"),
        ("http://", "empty host"),
        ("https:///", "empty host"),
        ("http://example.org:65536/", "invalid port number"),
        ("http://exa mple.org/", "invalid international domain name"),
        ("http://[fe80::1%25eth0]/", "invalid IPv6 address"),
        ("http://1.2.3.4.5/", "invalid IPv4 address"),
    ] {
        let Some(Failure::InvalidUrl { problem: found }) = prepare("GET", url, &[]).err() else {
            panic!("{url} was accepted")
        };
        assert!(found.contains(problem), "{url}: {found}");
    }
    for url in [
        format!("https://example.org/{}", "x".repeat(LONGEST_URL)),
        format!("https://{}", "x.".repeat(127)),
    ] {
        assert!(matches!(
            prepare("GET", &url, &[]).err(),
            Some(Failure::InvalidUrl { .. })
        ));
    }
}

#[test]
fn user_name_and_password_become_basic_authorization_and_leave_the_address() {
    let prepared = prepare("GET", "https://a%40b:p%3Aw@example.org:444/x?y=1#z", &[]).unwrap();
    assert_eq!(prepared.request.uri(), "https://example.org:444/x?y=1");
    assert_eq!(prepared.host, "example.org:444");
    assert_eq!(prepared.request.headers()[AUTHORIZATION], "Basic YUBiOnA6dw==");
    let prepared = prepare("GET", "https://a:b@example.org", &[("authorization", "Bearer t")]).unwrap();
    assert_eq!(prepared.request.headers()[AUTHORIZATION], "Bearer t");
}

#[test]
fn headers_are_sent_as_given_and_the_usual_ones_are_added() {
    let given = [
        ("content-type", " text/plain "),
        ("COOKIE", "a=1"),
        ("Cookie", "b=2"),
        ("X-Name", "Олена"),
    ];
    let prepared = prepare("POST", "https://example.org", &given).unwrap();
    let headers = prepared.request.headers();
    assert_eq!(headers[CONTENT_TYPE], "text/plain");
    assert_eq!(headers.get_all(COOKIE).iter().collect::<Vec<_>>(), ["a=1", "b=2"]);
    assert_eq!(headers["x-name"].as_bytes(), "Олена".as_bytes());
    assert_eq!(headers[ACCEPT], "*/*");
    assert!(headers[USER_AGENT].to_str().unwrap().starts_with("chat-gateways/"));
    let given = [
        ("user-agent", "mine"),
        ("accept", "text/xml"),
        ("accept-encoding", "zstd"),
    ];
    let prepared = prepare("GET", "https://example.org", &given).unwrap();
    let headers = prepared.request.headers();
    assert_eq!(
        (&headers[USER_AGENT], &headers[ACCEPT]),
        (&HeaderValue::from_static("mine"), &HeaderValue::from_static("text/xml"))
    );
    assert_eq!(
        headers.get_all(ACCEPT_ENCODING).iter().collect::<Vec<_>>(),
        ["gzip, br"]
    );
}

#[test]
fn headers_of_the_connection_are_refused_with_the_reason() {
    for name in [
        "Host",
        "content-length",
        "Transfer-Encoding",
        "TE",
        "trailer",
        "Expect",
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "HTTP2-Settings",
        "Proxy-Authorization",
        "proxy-connection",
        " host ",
    ] {
        let failure = prepare("GET", "https://example.org", &[(name, "x")]).err().unwrap();
        assert!(
            matches!(&failure, Failure::Header { name: named, .. } if named == name),
            "{failure:?}"
        );
    }
}

#[test]
fn a_header_can_carry_no_second_header() {
    for (name, value) in [
        ("x", "a\r\nHost: b"),
        ("x", "a\nb"),
        ("x", "a\rb"),
        ("x", "a\0b"),
        ("x\r\ny", "a"),
        ("x y", "a"),
        ("x:", "a"),
        ("", "a"),
        ("ї", "a"),
    ] {
        let failure = prepare("GET", "https://example.org", &[(name, value)]).err().unwrap();
        assert!(matches!(failure, Failure::Header { .. }), "{name:?}: {value:?}");
        assert!(!failure.to_string().contains("Host: b"));
    }
}

#[test]
fn headers_have_a_number_and_a_size() {
    let many: Vec<_> = (0..100_000)
        .map(|number| (format!("x-{number}"), String::new()))
        .collect();
    assert!(Prepared::new("GET", "https://example.org", &many[..100], Bytes::new()).is_ok());
    assert!(matches!(
        Prepared::new("GET", "https://example.org", &many, Bytes::new()).err(),
        Some(Failure::Header { .. })
    ));
    let large = "x".repeat(LARGEST_HEADERS);
    assert!(matches!(
        prepare("GET", "https://example.org", &[("x", &large)]).err(),
        Some(Failure::Header { .. })
    ));
}

#[test]
fn no_sentence_tells_a_secret() {
    for url in [
        "https://user:SECRET@example.org:99999/",
        "ftp://SECRET@example.org",
        "SECRET",
        "https://[SECRET]/",
        "https://exa mple/?SECRET",
        "https://SECRET@/",
        "https://example.org/SECRET\u{0}\u{fffe}:99999",
    ] {
        if let Err(failure) = prepare("GET", url, &[("x", "SECRET\n")]) {
            assert!(
                !format!("{failure} {failure:?}").contains("SECRET"),
                "{url}: {failure:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn no_text_panics(method in ".*", url in ".*", tail in ".*", name in ".*", value in ".*") {
        let headers = [(name, value)];
        let _ = Prepared::new(&method, &url, &headers, Bytes::new());
        for scheme in ["http:", "https://", "http://user:pass@", "http:\\\\", "http://[", "http://example.org:", "http://example.org/"] {
            let _ = Prepared::new("GET", &format!("{scheme}{tail}"), &[], Bytes::new());
        }
    }

    #[test]
    fn what_is_prepared_has_a_host_and_neither_user_nor_fragment(tail in "[ -~]{0,40}") {
        if let Ok(prepared) = Prepared::new("GET", &format!("http://{tail}"), &[], Bytes::new()) {
            let uri = prepared.request.uri().to_string();
            prop_assert!(prepared.request.uri().host().is_some_and(|host| !host.is_empty()), "{uri}");
            prop_assert!(!uri.contains('#'), "{uri}");
            prop_assert!(!prepared.request.uri().authority().unwrap().as_str().contains('@'), "{uri}");
        }
    }
}
