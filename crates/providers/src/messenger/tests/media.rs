//! Files that people sent, over HTTP.

use super::{NUMBER, account};
use crate::{
    Account, Messenger, Provider,
    listener::{Asked, Listener, Told},
    testing,
};
use bytes::Bytes;
use model::message::{ErrorClass, FileRef, ProviderError};
use serde_json::json;

async fn fetched(account: &Account, provider_ref: String, max: usize) -> Result<Bytes, ProviderError> {
    let file = FileRef {
        provider_ref,
        ..FileRef::default()
    };
    Messenger.fetch(&testing::wire(account), account, &file, max).await
}

/// Meta, whose files are at `files`, or at its own place if that is empty.
async fn meta(files: String, size: usize) -> Listener {
    Listener::answering(move |call: &Asked| {
        if call.line() != "GET /v25.0/media-1" {
            return Told::bytes(200, "picture");
        }
        let base = if files.is_empty() {
            format!("http://{}/", call.header("host"))
        } else {
            files.clone()
        };
        Told::json(
            200,
            &json!({ "url": format!("{base}file?sig=s"), "mime_type": "image/jpeg", "file_size": size }),
        )
    })
    .await
}

fn of_number() -> String {
    format!("whatsapp:{NUMBER}:media-1")
}

#[tokio::test]
async fn a_file_of_a_number_is_looked_up_and_fetched_with_its_token() {
    let listener = meta(String::new(), 7).await;
    let account = account(listener.url.as_str());
    assert_eq!(&fetched(&account, of_number(), 100).await.unwrap()[..], b"picture");
    let seen = listener.asked();
    assert_eq!(listener.lines(), ["GET /v25.0/media-1", "GET /file"]);
    for call in seen {
        assert_eq!(call.header("authorization"), "Bearer EAASYSTEM");
    }
}

#[tokio::test]
async fn a_stranger_gets_no_token() {
    let stranger = meta(String::new(), 7).await;
    let listener = meta(stranger.at(""), 7).await;
    let account = account(listener.url.as_str());
    assert_eq!(&fetched(&account, of_number(), 100).await.unwrap()[..], b"picture");
    assert_eq!(stranger.asked()[0].header("authorization"), "");
}

#[tokio::test]
async fn a_file_of_a_page_is_fetched_from_its_address_as_it_is() {
    let listener = meta(String::new(), 7).await;
    let account = account(listener.url.as_str());
    let url = listener.at("/v/a.jpg?oh=1");
    assert_eq!(&fetched(&account, url, 100).await.unwrap()[..], b"picture");
    assert_eq!(listener.asked()[0].header("authorization"), "");
    assert_eq!(listener.asked()[0].path, "/v/a.jpg?oh=1");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_fetched() {
    let listener = meta(String::new(), 101).await;
    let account = account(listener.url.as_str());
    let error = fetched(&account, of_number(), 100).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::TooLarge);
    assert_eq!(listener.lines(), ["GET /v25.0/media-1"]);
    // What Meta says of the size may be wrong, and a page says nothing.
    let error = fetched(&account, listener.at("/a"), 3).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::TooLarge);
}

#[tokio::test]
async fn a_file_that_is_gone_moved_or_of_a_removed_number_is_told_apart() {
    let listener = Listener::answering(|call: &Asked| {
        let status = call.path.trim_start_matches('/').parse().unwrap();
        Told::json(status, &json!(null))
    })
    .await;
    let account = account(listener.url.as_str());
    for (status, class) in [
        (404, ErrorClass::NotFound),
        (403, ErrorClass::NotFound),
        (302, ErrorClass::NotFound),
        (500, ErrorClass::Transient),
    ] {
        let error = fetched(&account, listener.at(&format!("/{status}")), 100)
            .await
            .unwrap_err();
        assert_eq!(error.class, class, "{status}");
    }
    let error = fetched(&account, "whatsapp:999:media-1".to_owned(), 100)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::Permission);
}
