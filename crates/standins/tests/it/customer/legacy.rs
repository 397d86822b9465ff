//! The older envelope.

use crate::support::{Gateway, post, post_with};
use serde_json::{Value, json};
use standins::{Act, Seal, Standins, Upload, customer::Scheme};

const SECRET: &str = "test-app-secret";

async fn started() -> (Standins, Gateway) {
    let (standins, gateway) = (Standins::start().await, Gateway::start().await);
    standins.customer().endpoint("old", Scheme::Webitel, &[SECRET]);
    standins.customer().gateway("old", &gateway.url).unwrap();
    (standins, gateway)
}

async fn tell(standins: &Standins, event: &Value, signature: &str) -> (u16, Value) {
    post_with(&standins.customer_url("old"), &[("x-webitel-sign", signature)], event).await
}

#[tokio::test]
async fn a_signed_message_is_shown_and_a_wrong_one_gets_no_word() {
    let (standins, _gateway) = started().await;
    let peer = standins.customer().peer("old", "c-1");
    let event = json!({ "message": { "chatId": "c-1", "date": 1_790_000_000, "text": "Hi" } });
    // HMAC-SHA256 of the body, made with openssl.
    let signature = "7562463d8565ccb341b0eebfb05592e00a66693c820c768e56df962fff365a55";
    assert_eq!(
        tell(&standins, &event, signature).await,
        (200, json!({ "success": true }))
    );
    assert_eq!(peer.replies(1).await.unwrap()[0].text, "Hi");
    assert_eq!(
        tell(&standins, &event, &signature.to_uppercase()).await,
        (403, Value::Null)
    );
    assert_eq!(post(&standins.customer_url("old"), &event).await.0, 403);
}

#[tokio::test]
async fn a_peer_is_heard_in_the_older_envelope() {
    let (standins, gateway) = started().await;
    let peer = standins.customer().peer("old", "c-1");
    peer.says("Hi").unwrap();
    peer.does(&Act::Document(Upload::new("a.pdf", "application/pdf", &b"%PDF"[..])))
        .unwrap();
    peer.does(&Act::Close).unwrap();
    let heard = gateway.heard(3).await;
    let message = heard[0].json()["message"].clone();
    assert_eq!(
        (message["text"].as_str(), message["sender"]["type"].as_str()),
        (Some("Hi"), Some("site"))
    );
    assert!(message["date"].as_i64().unwrap() > 1_700_000_000);
    assert_eq!(heard[1].json()["message"]["file"]["size"], 4);
    assert_eq!(heard[2].json(), json!({ "close": { "chatId": "c-1" } }));
    assert!(peer.does(&Act::Typing { on: true }).is_err());
}

#[tokio::test]
async fn the_signature_is_over_the_body_alone() {
    let (standins, gateway) = started().await;
    let body = r#"{"object":"page","entry":[]}"#;
    for seal in [Seal::Genuine, Seal::Forged, Seal::Missing] {
        standins.customer().post("old", body, seal).await.unwrap();
    }
    let heard = gateway.heard(3).await;
    let right = "1a82db3abc2fa71a3fffecfedef579a8468a44850cd8a83a0c56974faff81689";
    assert_eq!(heard[0].header("x-webitel-sign"), right);
    assert_ne!(heard[1].header("x-webitel-sign"), right);
    assert_eq!(heard[2].header("x-webitel-sign"), "");
}
