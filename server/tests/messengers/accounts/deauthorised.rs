//! Whoever connected pages takes the permission back at Meta.

use super::{APP_SECRET, PAGE, Stage, rows, subscribed, token_of};
use crate::{knock::Knock, stage::Account};
use axum::body::Bytes;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Value, json};

/// The person of the stand-in.
const PERSON: &str = "10150000000000001";

fn signed(secret: &str, payload: &Value) -> Bytes {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(payload.to_string());
    let signature = providers::signature::hmac(secret.as_bytes(), &[payload.as_bytes()]);
    let signature = BASE64_URL_SAFE_NO_PAD.encode(signature);
    format!("signed_request={signature}.{payload}").into()
}

fn payload(user: &str, at: i64) -> Value {
    json!({"user_id": user, "algorithm": "HMAC-SHA256", "issued_at": at})
}

async fn tell(stage: &Stage<super::Fresh>, body: Bytes) -> u16 {
    let url = format!("{}/chat{}/deauthorize", stage.product.url(), stage.gateway.uri);
    let mut knock = Knock::post(&url);
    knock.body = body;
    knock.send().await.status
}

store::databases! {
    async fn the_pages_of_that_person_are_gone_and_their_tokens_forgotten(store: &TestStore) {
        let stage = subscribed(store).await;
        let now = stage.product.cx.now().0 / 1_000;
        let field = format!("meta.facebook.{PAGE}");
        let forged = [
            signed("another secret", &payload(PERSON, now)),
            signed("", &payload(PERSON, now)),
            signed(APP_SECRET, &json!({"user_id": PERSON, "algorithm": "none", "issued_at": now})),
            Bytes::from_static(b"signed_request=.e30"),
            Bytes::from_static(b"nothing"),
        ];
        for body in forged {
            assert_eq!(tell(&stage, body.clone()).await, 401, "{body:?}");
        }
        // Somebody else, and something that was said before the pages were connected.
        assert_eq!(tell(&stage, signed(APP_SECRET, &payload("7", now))).await, 200);
        assert_eq!(tell(&stage, signed(APP_SECRET, &payload(PERSON, now - 3_600))).await, 200);
        assert!(token_of(&stage.product, stage.gateway.id, &field).await.is_some());
        stage.genuine(Account::Mine, "Still there").await;

        assert_eq!(tell(&stage, signed(APP_SECRET, &payload(PERSON, now + 60))).await, 200);
        assert!(token_of(&stage.product, stage.gateway.id, &field).await.is_none());
        let rows = rows(&stage.product, stage.gateway.id).await;
        assert!(rows.iter().all(|row| row.gone_at.is_some() && row.details.trouble.contains("permission back")), "{rows:?}");
        stage.product.health(stage.gateway.id, model::HealthState::BadCredentials).await;
        stage.product.stop().await;
    }
}
