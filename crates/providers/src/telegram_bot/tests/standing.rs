//! Announcing, taking off, looking after, asking for events.

use super::{DOOR, TOKEN, account_at, assert_ends_with, ok, path, refused, wire};
use crate::{
    Account, ConnectError, Provider, Registration, TelegramBot,
    listener::{Listener, Told},
};
use model::{Timestamp, message::ErrorClass};
use serde_json::{Value, json};

const OURS: &str = "https://chat.example/chat/shop";

fn me() -> Told {
    ok(&json!({ "id": 110_201_543, "is_bot": true, "first_name": "Shop", "username": "shop_bot" }))
}

fn webhook(url: &str) -> Told {
    ok(&json!({ "url": url, "has_custom_certificate": false, "pending_update_count": 0 }))
}

fn done() -> Told {
    ok(&json!(true))
}

/// Polls, because it has no public address.
fn polling(listener: &Listener) -> Account {
    let mut account = account_at(listener);
    account.is_public = false;
    account
}

fn methods(listener: &Listener) -> Vec<String> {
    let start = path("");
    let method = |path: String| path.strip_prefix(&start).unwrap().to_owned();
    listener.paths().into_iter().map(method).collect()
}

#[test]
fn telegram_is_found_by_its_kind() {
    let kind = model::Provider::TelegramBot;
    assert_eq!(crate::provider(kind).unwrap().kind(), kind);
}

#[tokio::test]
async fn a_webhook_is_set_with_the_secret_and_the_events_that_mean_something() {
    for found in ["", OURS] {
        let listener = Listener::saying([me(), webhook(found), done()]).await;
        let connected = TelegramBot
            .connect(&wire(), &account_at(&listener), false)
            .await
            .unwrap();
        assert_eq!(connected.identity, "@shop_bot");
        assert_eq!(methods(&listener), ["getMe", "getWebhookInfo", "setWebhook"]);
        let expected = json!({
            "url": OURS,
            "secret_token": DOOR,
            "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"],
            "max_connections": 40,
        });
        assert_eq!(listener.asked()[2].body, expected);
    }
}

#[tokio::test]
async fn a_webhook_of_somebody_else_is_taken_over_only_if_that_is_wanted() {
    let theirs = format!("https://other.example/bot{TOKEN}?key=1");
    let listener = Listener::saying([me(), webhook(&theirs)]).await;
    let error = TelegramBot
        .connect(&wire(), &account_at(&listener), false)
        .await
        .unwrap_err();
    let url = "https://other.example/bot***".to_owned();
    assert_eq!(error, ConnectError::Elsewhere { url });
    assert_eq!(methods(&listener), ["getMe", "getWebhookInfo"]);

    let listener = Listener::saying([me(), webhook(&theirs), done()]).await;
    TelegramBot
        .connect(&wire(), &account_at(&listener), true)
        .await
        .unwrap();
    assert_eq!(listener.asked()[2].body["url"], OURS);
}

#[tokio::test]
async fn without_a_public_address_the_webhook_goes_so_that_events_can_be_asked_for() {
    let listener = Listener::saying([me(), webhook(""), done()]).await;
    TelegramBot.connect(&wire(), &polling(&listener), false).await.unwrap();
    assert_eq!(methods(&listener), ["getMe", "getWebhookInfo", "deleteWebhook"]);
    assert_eq!(listener.asked()[2].body, json!({ "drop_pending_updates": false }));

    let listener = Listener::saying([me(), webhook("https://other.example/")]).await;
    let error = TelegramBot
        .connect(&wire(), &polling(&listener), false)
        .await
        .unwrap_err();
    assert!(matches!(error, ConnectError::Elsewhere { .. }));
}

#[tokio::test]
async fn an_address_that_telegram_does_not_call_is_explained() {
    let words = "Bad Request: bad webhook: IP address 10.0.0.1 is reserved";
    let listener = Listener::saying([me(), webhook(""), refused(400, words)]).await;
    let error = TelegramBot
        .connect(&wire(), &account_at(&listener), false)
        .await
        .unwrap_err();
    let ConnectError::PublicUrl(message) = error else {
        panic!("{error:?}")
    };
    assert!(
        message.starts_with(&format!("Telegram can't call {OURS}.")),
        "{message}"
    );
    assert!(message.ends_with(words), "{message}");
}

#[tokio::test]
async fn a_token_that_is_no_longer_good_is_said_to_be_that() {
    let listener = Listener::saying([refused(401, "Unauthorized")]).await;
    let error = TelegramBot
        .connect(&wire(), &account_at(&listener), false)
        .await
        .unwrap_err();
    let ConnectError::Provider(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.class, ErrorClass::Auth);
    assert_ends_with(&error, "Unauthorized");
}

#[tokio::test]
async fn only_our_own_webhook_is_taken_off() {
    for found in [OURS, ""] {
        let listener = Listener::saying([webhook(found), done()]).await;
        TelegramBot.disconnect(&wire(), &account_at(&listener)).await.unwrap();
        assert_eq!(methods(&listener), ["getWebhookInfo", "deleteWebhook"]);
    }
    let listener = Listener::saying([webhook("https://other.example/")]).await;
    TelegramBot.disconnect(&wire(), &account_at(&listener)).await.unwrap();
    assert_eq!(methods(&listener), ["getWebhookInfo"]);
}

#[tokio::test]
async fn a_look_shows_who_we_are_what_waits_and_what_went_wrong() {
    let info = json!({ "url": OURS, "pending_update_count": 3, "last_error_date": 1_790_000_000,
        "last_error_message": format!("Wrong response from the webhook {DOOR}: 502 Bad Gateway") });
    let listener = Listener::saying([me(), ok(&info)]).await;
    let probe = TelegramBot.probe(&wire(), &account_at(&listener)).await.unwrap();
    assert_eq!(probe.identity, "@shop_bot");
    assert_eq!(probe.registration, Registration::Here);
    assert_eq!(probe.pending, Some(3));
    let words = "Wrong response from the webhook ***: 502 Bad Gateway".to_owned();
    assert_eq!(probe.last_error, Some((Timestamp(1_790_000_000_000), words)));
    assert_eq!(methods(&listener), ["getMe", "getWebhookInfo"]);
}

#[tokio::test]
async fn a_look_tells_whose_the_webhook_is() {
    let elsewhere = || Registration::Elsewhere {
        url: "https://other.example/".into(),
    };
    for (is_public, found, expected) in [
        (true, OURS, Registration::Here),
        (true, "", Registration::Missing),
        (true, "https://other.example/", elsewhere()),
        (false, "", Registration::Here),
        (false, OURS, Registration::Missing),
        (false, "https://other.example/", elsewhere()),
    ] {
        let listener = Listener::saying([me(), webhook(found)]).await;
        let mut account = account_at(&listener);
        account.is_public = is_public;
        let probe = TelegramBot.probe(&wire(), &account).await.unwrap();
        assert_eq!(probe.registration, expected, "{is_public} {found}");
    }
}

fn text(update_id: u64) -> Value {
    json!({ "update_id": update_id, "message": { "message_id": update_id, "date": 1_790_000_000,
        "chat": { "id": 5_550_001, "type": "private" }, "text": "Hi" } })
}

#[tokio::test]
async fn events_are_asked_for_from_where_the_last_ones_ended() {
    let unknown = json!({ "update_id": 42, "poll": {} });
    let listener = Listener::saying([ok(&json!([text(41), unknown, text(40)])), ok(&json!([]))]).await;
    let (wire, account) = (wire(), polling(&listener));
    let now = Timestamp(1_790_000_001_000);
    let polled = TelegramBot.poll(&wire, &account, None, now).await.unwrap();
    let keys: Vec<_> = polled.events.iter().map(|event| event.event_key.0.as_str()).collect();
    assert_eq!(keys, ["tgbot:7:41", "tgbot:7:40"]);
    assert_eq!(polled.next.as_deref(), Some("43"));
    let polled = TelegramBot
        .poll(&wire, &account, polled.next.as_deref(), now)
        .await
        .unwrap();
    assert!(polled.events.is_empty());
    assert_eq!(polled.next.as_deref(), Some("43"));
    let asked = listener.asked();
    let mut body = json!({ "timeout": 50, "limit": 100,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"] });
    assert_eq!(asked[0].body, body);
    body["offset"] = 43.into();
    assert_eq!(asked[1].body, body);
}

#[tokio::test]
async fn a_place_in_the_queue_that_makes_no_sense_forgets_nothing() {
    for after in ["-1", "soon", ""] {
        let listener = Listener::saying([ok(&json!([]))]).await;
        let (wire, account) = (wire(), polling(&listener));
        TelegramBot
            .poll(&wire, &account, Some(after), Timestamp(0))
            .await
            .unwrap();
        assert_eq!(listener.asked()[0].body.get("offset"), None, "{after}");
    }
}

#[tokio::test]
async fn another_program_at_the_same_bot_is_named_as_the_cause() {
    for (words, cause) in [
        (
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            "Another program asks for the events",
        ),
        (
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            "Another program has set a webhook",
        ),
    ] {
        let listener = Listener::saying([refused(409, words)]).await;
        let error = TelegramBot
            .poll(&wire(), &polling(&listener), None, Timestamp(0))
            .await
            .unwrap_err();
        assert_eq!(error.class, ErrorClass::Permission);
        assert!(error.message.starts_with(cause), "{error}");
        assert_ends_with(&error, words);
    }
}
