//! What the answers of a customer's system mean, and what is never sent.

use super::{Custom, NOW, SECRET, account, endpoint::Endpoint, wire};
use crate::{Account, ConnectError, Provider, Wire};
use fetch::{Client, Guard};
use model::{
    Secret,
    message::{Envelope, ErrorClass, FileRef, Outbound, Part, ProviderError, Thread},
    settings::Signature,
};

fn envelope() -> Envelope {
    Envelope {
        idempotency_key: "out-1".into(),
        thread: Thread {
            external_id: "c".into(),
            ..Thread::default()
        },
        message: Outbound {
            parts: vec![Part::text("Hello")],
            ..Outbound::default()
        },
    }
}

async fn refused(status: &str, headers: &str, body: &str) -> ProviderError {
    let endpoint = Endpoint::answering(status, headers, body).await;
    let account = account(&endpoint.url(), Signature::Standard);
    let error = Custom.send(&wire(&account), &account, &envelope()).await.unwrap_err();
    assert_eq!(endpoint.taken().len(), 1);
    error
}

#[tokio::test]
async fn each_answer_without_success_has_its_meaning() {
    let limited = |retry_after| ErrorClass::RateLimited { retry_after };
    let table = [
        ("301 Moved", "Location: https://other.example/\r\n", ErrorClass::Invalid),
        ("304 Not Modified", "", ErrorClass::Invalid),
        ("400 Bad Request", "", ErrorClass::Invalid),
        ("401 Unauthorized", "", ErrorClass::Auth),
        ("404 Not Found", "", ErrorClass::Invalid),
        ("408 Request Timeout", "", ErrorClass::Transient),
        ("410 Gone", "", ErrorClass::Permission),
        ("429 Too Many", "", limited(None)),
        ("429 Too Many", "Retry-After: 7\r\n", limited(Some(7))),
        ("500 Oops", "", ErrorClass::Transient),
        ("502 Bad Gateway", "", ErrorClass::Transient),
        ("503 Unavailable", "Retry-After: 120\r\n", limited(Some(120))),
        ("504 Timeout", "", ErrorClass::Transient),
    ];
    for (status, headers, class) in table {
        let error = refused(status, headers, "").await;
        assert_eq!(error.class, class, "{status}");
        let number = &status[..3];
        assert_eq!(error.http.map(|http| http.to_string()).as_deref(), Some(number));
        assert!(
            error.message.starts_with(&format!("Your endpoint answered {number}.")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn what_the_endpoint_says_is_told_shortened_and_without_the_secret() {
    let error = refused("422 No", "", "no  such\nchat").await;
    assert_eq!(error.message, "Your endpoint answered 422: no such chat");
    let echo = format!("{}{SECRET} tail", "x".repeat(180));
    let error = refused("422 No", "", &echo).await;
    assert!(!error.message.contains("whsec"), "{error}");
    assert!(error.message.contains("***"), "{error}");
    let error = refused("410 Gone", "", "").await;
    assert!(error.message.contains("enter another callback"), "{error}");
    let error = refused("302 Found", "", "").await;
    assert!(error.message.contains("final address"), "{error}");
}

#[tokio::test]
async fn the_name_that_the_endpoint_gives_a_message_is_kept() {
    for (body, expected) in [
        (r#"{"external_id":"x-9"}"#, "x-9"),
        (r#"{"external_id":9007199254740993}"#, "9007199254740993"),
        (r#"{"external_id":null}"#, "out-1"),
        (r#"{"external_id":" "}"#, "out-1"),
        (r#"{"external_id":{"a":1}}"#, "out-1"),
        ("ok", "out-1"),
        ("", "out-1"),
    ] {
        let endpoint = Endpoint::answering("202 Accepted", "", body).await;
        let account = account(&endpoint.url(), Signature::Standard);
        let sent = Custom.send(&wire(&account), &account, &envelope()).await.unwrap();
        assert_eq!(sent.external_id.as_deref(), Some(expected), "{body}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_ambiguous_unless_the_older_contract_forbids_to_repeat() {
    for (signature, class) in [
        (Signature::Standard, ErrorClass::Ambiguous),
        (Signature::WebitelSign, ErrorClass::Unknown),
    ] {
        let endpoint = Endpoint::saying("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{".into()).await;
        let account = account(&endpoint.url(), signature);
        let error = Custom.send(&wire(&account), &account, &envelope()).await.unwrap_err();
        assert_eq!(error.class, class, "{error}");
    }
}

#[tokio::test]
async fn connecting_fails_with_the_reason_and_disconnecting_never_does() {
    let endpoint = Endpoint::answering("401 Unauthorized", "", "wrong signature").await;
    let account = account(&endpoint.url(), Signature::Standard);
    let error = Custom.connect(&wire(&account), &account, true).await.unwrap_err();
    let ConnectError::Provider(error) = error else {
        panic!("{error}")
    };
    assert_eq!(
        error.message,
        "Your endpoint answered 401: wrong signature Compare the App Secret with the one that your system knows."
    );
    assert!(Custom.probe(&wire(&account), &account).await.is_err());
    assert_eq!(Custom.disconnect(&wire(&account), &account).await, Ok(()));
    assert_eq!(endpoint.taken().len(), 3);
}

/// What is refused before anything is called.
async fn unsent(account: &Account, wire: &Wire) -> ProviderError {
    let error = Custom.send(wire, account, &envelope()).await.unwrap_err();
    assert!(wire.said().is_empty(), "{error}");
    error
}

#[tokio::test]
async fn nothing_goes_unencrypted_to_a_host_that_the_operator_has_not_named() {
    let strict = |account: &Account| Wire::new(Client::new(Guard::default()), account, NOW);
    for url in [
        "http://crm.example/events",
        "http://127.0.0.1:9/",
        "HTTP://crm.example/",
        "",
    ] {
        for signature in [Signature::Standard, Signature::WebitelSign] {
            let account = account(url, signature);
            let error = unsent(&account, &strict(&account)).await;
            assert_eq!(error.class, ErrorClass::Invalid);
            assert!(error.message.contains("https://"), "{error}");
            assert!(Custom.connect(&strict(&account), &account, false).await.is_err());
        }
    }
}

#[tokio::test]
async fn a_private_address_is_refused_behind_https_too() {
    let account = account("https://127.0.0.1:9/", Signature::Standard);
    let wire = Wire::new(Client::new(Guard::default()), &account, NOW);
    let error = Custom.send(&wire, &account, &envelope()).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Invalid);
    assert!(error.message.contains("allowed_hosts"), "{error}");
}

#[tokio::test]
async fn without_a_usable_secret_nothing_is_sent() {
    for secret in ["", "whsec_", "whsec_!"] {
        let mut account = account("https://crm.example/", Signature::Standard);
        account
            .secrets
            .insert("secret.secret".into(), Secret::new(secret.into()));
        let error = unsent(&account, &wire(&account)).await;
        assert_eq!(error.class, ErrorClass::Auth, "{secret}");
    }
}

fn file(url: Option<String>) -> FileRef {
    FileRef {
        url,
        ..FileRef::default()
    }
}

#[tokio::test]
async fn a_file_is_fetched_within_its_limit_and_nothing_is_signed() {
    let endpoint = Endpoint::answering("200 OK", "", "0123456789").await;
    let account = account(&endpoint.url(), Signature::Standard);
    let file = file(Some(endpoint.url()));
    let bytes = Custom.fetch(&wire(&account), &account, &file, 10).await.unwrap();
    assert_eq!(bytes.as_ref(), b"0123456789");
    let error = Custom.fetch(&wire(&account), &account, &file, 9).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::TooLarge);
    let taken = &endpoint.taken()[0];
    assert_eq!(taken.line, "GET /events HTTP/1.1");
    assert!(taken.headers.keys().all(|name| !name.starts_with("webhook-")));
}

#[tokio::test]
async fn a_file_that_can_not_be_had_says_why() {
    let account = account("https://crm.example/", Signature::Standard);
    for (status, class) in [
        ("403 Forbidden", ErrorClass::NotFound),
        ("404 Not Found", ErrorClass::NotFound),
        ("410 Gone", ErrorClass::NotFound),
        ("302 Found", ErrorClass::Invalid),
        ("503 Unavailable", ErrorClass::Transient),
    ] {
        let endpoint = Endpoint::answering(status, "", "").await;
        let error = Custom
            .fetch(&wire(&account), &account, &file(Some(endpoint.url())), 10)
            .await;
        assert_eq!(error.unwrap_err().class, class, "{status}");
    }
    let error = Custom.fetch(&wire(&account), &account, &file(None), 10).await;
    assert_eq!(error.unwrap_err().class, ErrorClass::NotFound);
}
