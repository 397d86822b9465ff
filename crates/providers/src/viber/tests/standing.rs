//! Announcing, taking off, looking after.

use super::{TOKEN, account, account_at, assert_ends_with, ok, refused, wire};
use crate::{
    Account, ConnectError, Mode, Provider, Registration, Viber,
    listener::{Listener, Told},
};
use model::message::ErrorClass;
use serde_json::json;
use std::sync::Arc;

const OURS: &str = "https://chat.example/chat/shop";

fn info(webhook: &str) -> Told {
    ok(json!({ "id": "pa:1", "name": "Shop bot", "uri": "shopbot", "webhook": webhook, "subscribers_count": 5 }))
}

fn done() -> Told {
    ok(json!({ "chat_hostname": "SN-CHAT-03_", "event_types": ["seen"] }))
}

#[test]
fn viber_is_found_by_its_kind() {
    let kind = model::Provider::Viber;
    assert_eq!(crate::provider(kind).unwrap().kind(), kind);
}

#[tokio::test]
async fn a_webhook_is_set_for_everything_that_viber_tells() {
    for found in ["", OURS] {
        let listener = Listener::saying([info(found), done()]).await;
        let connected = Viber.connect(&wire(), &account_at(&listener), false).await.unwrap();
        assert_eq!(connected.identity, "Shop bot");
        assert_eq!(listener.paths(), ["/pa/get_account_info", "/pa/set_webhook"]);
        let asked = listener.asked();
        assert_eq!(asked[0].body, json!({}));
        assert_eq!(asked[1].headers["x-viber-auth-token"], TOKEN);
        let expected = json!({
            "url": OURS,
            "event_types": ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started", "message"],
            "send_name": true,
            "send_photo": true,
        });
        assert_eq!(asked[1].body, expected);
    }
}

#[tokio::test]
async fn a_webhook_of_somebody_else_is_taken_over_only_if_that_is_wanted() {
    let listener = Listener::saying([info("https://other.example/hook?key=1")]).await;
    let error = Viber.connect(&wire(), &account_at(&listener), false).await.unwrap_err();
    let url = "https://other.example/hook".to_owned();
    assert_eq!(error, ConnectError::Elsewhere { url });
    assert_eq!(listener.paths(), ["/pa/get_account_info"]);

    let listener = Listener::saying([info("https://other.example/hook?key=1"), done()]).await;
    Viber.connect(&wire(), &account_at(&listener), true).await.unwrap();
    assert_eq!(listener.asked()[1].body["url"], OURS);
}

#[tokio::test]
async fn an_address_that_viber_does_not_call_is_explained() {
    let listener = Listener::saying([info(""), refused(1, "invalidUrl")]).await;
    let error = Viber.connect(&wire(), &account_at(&listener), false).await.unwrap_err();
    let ConnectError::PublicUrl(message) = error else {
        panic!("{error:?}")
    };
    assert!(
        message.starts_with(&format!("Viber can't call {OURS}. Set public_url")),
        "{message}"
    );
    assert!(message.ends_with("Viber says: invalidUrl"), "{message}");
}

#[test]
fn viber_itself_is_not_asked_to_call_an_address_that_nobody_reaches() {
    let may = |change: fn(&mut Account)| {
        let mut account = account();
        change(&mut account);
        crate::viber::connect::may_be_called(&account)
    };
    assert!(may(|_| {}));
    assert!(!may(|account| account.is_public = false));
    assert!(!may(
        |account| account.callback_url = "http://chat.example/chat/shop".into()
    ));
    assert!(may(|account| {
        account.is_public = false;
        let partner = url::Url::parse("https://viber.partner.example").unwrap();
        Arc::make_mut(&mut account.endpoints).viber = partner;
    }));
}

#[tokio::test]
async fn a_token_that_is_not_good_is_said_to_be_that() {
    let listener = Listener::saying([refused(2, "invalidAuthToken")]).await;
    let error = Viber.connect(&wire(), &account_at(&listener), false).await.unwrap_err();
    let ConnectError::Provider(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.class, ErrorClass::Auth);
    assert_ends_with(&error, "invalidAuthToken");
}

#[tokio::test]
async fn only_our_own_webhook_is_taken_off() {
    let listener = Listener::saying([info(OURS), done()]).await;
    Viber.disconnect(&wire(), &account_at(&listener)).await.unwrap();
    assert_eq!(listener.asked()[1].body, json!({ "url": "" }));
    for found in ["", "https://other.example/hook"] {
        let listener = Listener::saying([info(found)]).await;
        Viber.disconnect(&wire(), &account_at(&listener)).await.unwrap();
        assert_eq!(listener.paths(), ["/pa/get_account_info"]);
    }
}

#[tokio::test]
async fn a_look_tells_whose_the_webhook_is() {
    for (found, expected) in [
        (OURS, Registration::Here),
        ("", Registration::Missing),
        (
            "https://other.example/hook?key=1",
            Registration::Elsewhere {
                url: "https://other.example/hook".into(),
            },
        ),
    ] {
        let listener = Listener::saying([info(found)]).await;
        let account = account_at(&listener);
        assert_eq!(Viber.mode(&account), Mode::Webhook);
        let probe = Viber.probe(&wire(), &account).await.unwrap();
        assert_eq!((probe.identity.as_str(), probe.registration), ("Shop bot", expected));
        assert_eq!((probe.pending, probe.last_error), (None, None));
    }
}

#[tokio::test]
async fn a_partner_may_speak_below_a_path() {
    let listener = Listener::saying([info(OURS)]).await;
    let mut account = account_at(&listener);
    let below = listener.url.join("/v1/viber/").unwrap();
    Arc::make_mut(&mut account.endpoints).viber = below;
    Viber.probe(&wire(), &account).await.unwrap();
    assert_eq!(listener.paths(), ["/v1/viber/pa/get_account_info"]);
}
