//! What the card asks for, over HTTP.

use super::{APP_SECRET, account, settings_of, thread};
use crate::{
    MetaKind,
    listener::{Asked, Listener, Told},
    messenger::{self, InstagramAccount, Number, Page},
    testing,
};
use model::{Secret, message::ErrorClass, message::Peer};
use serde_json::json;
use std::collections::HashMap;

fn secret(word: &str) -> Secret<String> {
    Secret::new(word.to_owned())
}

#[tokio::test]
async fn pages_are_listed_to_the_end_and_their_tokens_are_kept_nowhere() {
    let listener = Listener::answering(|call: &Asked| {
        let body = if call.path.contains("after=next-1") {
            json!({ "data": [
                { "id": "2", "name": "Two", "access_token": "EAAPAGE2" },
                { "id": "3", "name": "Only to look at" },
            ], "paging": { "cursors": { "after": "next-2" } } })
        } else {
            let instagram = json!({ "id": "456", "username": "shop", "name": "Shop" });
            json!({ "data": [
                { "id": "1", "name": "One", "access_token": "EAAPAGE1", "instagram_business_account": instagram },
            ], "paging": { "cursors": { "after": "next-1" }, "next": "https://graph.facebook.com/?access_token=t" } })
        };
        Told::json(200, &body)
    })
    .await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let pages = messenger::pages(&wire, &account, &secret("EAAUSER")).await.unwrap();
    let expected = [
        Page {
            id: "1".to_owned(),
            name: "One".to_owned(),
            token: secret("EAAPAGE1"),
            instagram: Some(InstagramAccount {
                id: "456".to_owned(),
                username: "shop".to_owned(),
                name: "Shop".to_owned(),
            }),
        },
        Page {
            id: "2".to_owned(),
            name: "Two".to_owned(),
            token: secret("EAAPAGE2"),
            instagram: None,
        },
    ];
    assert_eq!(pages, expected);
    assert_eq!(listener.lines(), ["GET /v25.0/me/accounts", "GET /v25.0/me/accounts"]);
    assert_eq!(listener.asked()[0].header("authorization"), "Bearer EAAUSER");
    let said = serde_json::to_string(&wire.said()).unwrap();
    assert!(said.contains("me/accounts") && !said.contains("EAA"), "{said}");
}

#[tokio::test]
async fn numbers_are_listed_of_each_account_that_the_token_was_granted() {
    let listener = Listener::answering(|call: &Asked| {
        let body = match call.line().as_str() {
            "GET /v25.0/debug_token" => json!({ "data": { "is_valid": true, "granular_scopes": [
                { "scope": "whatsapp_business_management", "target_ids": ["waba-1", "waba-2"] },
                { "scope": "whatsapp_business_messaging", "target_ids": ["waba-1"] },
                { "scope": "pages_messaging", "target_ids": ["123"] },
            ] } }),
            "GET /v25.0/waba-1/phone_numbers" => json!({ "data": [{
                "id": "106", "display_phone_number": "+1 555-078-3881", "verified_name": "Shop",
                "name_status": "APPROVED", "quality_rating": "GREEN",
            }] }),
            _ => json!({ "data": [] }),
        };
        Told::json(200, &body)
    })
    .await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let numbers = messenger::numbers(&wire, &account, &secret("EAASYSTEM")).await.unwrap();
    let expected = Number {
        id: "106".to_owned(),
        business_account: "waba-1".to_owned(),
        phone: "+1 555-078-3881".to_owned(),
        name: "Shop".to_owned(),
        name_status: "APPROVED".to_owned(),
        quality: "GREEN".to_owned(),
    };
    assert_eq!(numbers, [expected]);
    assert_eq!(
        listener.lines(),
        [
            "GET /v25.0/debug_token",
            "GET /v25.0/waba-1/phone_numbers",
            "GET /v25.0/waba-2/phone_numbers",
        ]
    );
    assert_eq!(
        listener.asked()[0].header("authorization"),
        format!("Bearer 4242|{APP_SECRET}")
    );
}

#[tokio::test]
async fn a_token_that_is_dead_or_reaches_no_number_is_told_apart() {
    for (data, class) in [
        (json!({ "is_valid": false }), ErrorClass::Auth),
        (
            json!({ "is_valid": true, "granular_scopes": [] }),
            ErrorClass::Permission,
        ),
    ] {
        let body = json!({ "data": data });
        let listener = Listener::answering(move |_: &Asked| Told::json(200, &body)).await;
        let account = account(listener.url.as_str());
        let failed = messenger::numbers(&testing::wire(&account), &account, &secret("EAA")).await;
        assert_eq!(failed.unwrap_err().class, class);
    }
}

#[tokio::test]
async fn one_account_is_subscribed_and_unsubscribed_through_what_it_hangs_on() {
    let listener = Listener::answering(|_: &Asked| Told::json(200, &json!({ "success": true }))).await;
    let mut account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let instagram = account.meta[1].clone();
    messenger::subscribe(&wire, &account, &instagram).await.unwrap();
    // The page is still subscribed, and the account hangs on it.
    messenger::unsubscribe(&wire, &account, &instagram).await.unwrap();
    account.meta[0].subscribed = false;
    messenger::unsubscribe(&wire, &account, &instagram).await.unwrap();
    assert_eq!(
        listener.lines(),
        ["POST /v25.0/123/subscribed_apps", "DELETE /v25.0/123/subscribed_apps"]
    );
    let fields = listener.asked()[0].body["subscribed_fields"].clone();
    assert!(fields.as_str().unwrap().starts_with("messages,messaging_postbacks"));
}

#[test]
fn the_dialog_is_opened_with_what_is_needed_and_nothing_secret() {
    let mut account = account("https://graph.facebook.com");
    let url = |account: &crate::Account, kind| {
        let text = messenger::sign_in_url(account, kind, "https://chat.example.org/meta/back", "st&te");
        url::Url::parse(&text).unwrap()
    };
    let facebook = url(&account, MetaKind::Facebook);
    assert_eq!(facebook.host_str(), Some("www.facebook.com"));
    assert_eq!(facebook.path(), "/v25.0/dialog/oauth");
    let query: HashMap<_, _> = facebook.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], "4242");
    assert_eq!(query["redirect_uri"], "https://chat.example.org/meta/back");
    assert_eq!(
        (query["state"].as_str(), query["response_type"].as_str()),
        ("st&te", "code")
    );
    assert_eq!(
        query["scope"],
        "pages_messaging,pages_manage_metadata,pages_show_list,pages_read_engagement"
    );
    assert!(!facebook.as_str().contains(APP_SECRET));
    let scopes = |account: &crate::Account, kind| {
        let query: HashMap<_, _> = url(account, kind).query_pairs().into_owned().collect();
        query["scope"].clone()
    };
    let plain = scopes(&account, MetaKind::Instagram);
    assert!(plain.contains("instagram_manage_messages") && !plain.contains("instagram_manage_comments"));
    settings_of(&mut account).instagram_mentions = true;
    assert!(scopes(&account, MetaKind::Instagram).contains("instagram_manage_comments"));
    assert!(scopes(&account, MetaKind::WhatsApp).contains("whatsapp_business_messaging"));
}

#[tokio::test]
async fn a_code_becomes_a_token_that_lives_long_and_leaves_no_trace() {
    let listener = Listener::answering(|call: &Asked| {
        let word = if call.path.contains("grant_type=fb_exchange_token") {
            "EAALONG"
        } else {
            "EAASHORT"
        };
        Told::json(200, &json!({ "access_token": word, "token_type": "bearer" }))
    })
    .await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let token = messenger::exchange_code(&wire, &account, "https://chat.example.org/back", "c0de")
        .await
        .unwrap();
    assert_eq!(token.expose(), "EAALONG");
    let seen = listener.asked();
    assert!(seen[0].path.contains("code=c0de") && seen[1].path.contains("fb_exchange_token=EAASHORT"));
    let said = serde_json::to_string(&wire.said()).unwrap();
    for secret in ["c0de", "EAASHORT", "EAALONG", APP_SECRET] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[tokio::test]
async fn a_code_that_is_used_up_is_refused_without_being_repeated() {
    let body =
        json!({ "error": { "message": "This authorization code has been used: 4242|test-app-secret", "code": 100 } });
    let listener = Listener::answering(move |_: &Asked| Told::json(400, &body)).await;
    let account = account(listener.url.as_str());
    let failed = messenger::exchange_code(&testing::wire(&account), &account, "https://a.example", "c0de").await;
    let error = failed.unwrap_err();
    assert_eq!(error.class, ErrorClass::Invalid);
    assert!(!error.message.contains(APP_SECRET), "{error}");
}

#[tokio::test]
async fn a_person_has_a_name_and_a_picture_if_meta_tells_them() {
    let listener = Listener::answering(|call: &Asked| {
        let body = if call.path.contains("psid-1") {
            json!({ "first_name": "Olha", "last_name": "Kit", "profile_pic": "https://p.example/1", "locale": "uk_UA" })
        } else {
            json!({ "name": "Olha", "username": "olha" })
        };
        Told::json(200, &body)
    })
    .await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let peer = |id: &str| Peer {
        external_id: id.to_owned(),
        ..Peer::default()
    };
    let facebook = messenger::profile(&wire, &account, &thread(MetaKind::Facebook), &peer("psid-1"))
        .await
        .unwrap();
    assert_eq!(facebook.display_name.as_deref(), Some("Olha Kit"));
    assert_eq!(facebook.locale.as_deref(), Some("uk_UA"));
    assert_eq!(facebook.avatar_url.as_deref(), Some("https://p.example/1"));
    let instagram = messenger::profile(&wire, &account, &thread(MetaKind::Instagram), &peer("igsid-1"))
        .await
        .unwrap();
    assert_eq!(instagram.username.as_deref(), Some("olha"));
    messenger::profile(&wire, &account, &thread(MetaKind::WhatsApp), &peer("380"))
        .await
        .unwrap();
    assert_eq!(listener.asked().len(), 2);
}
