//! Sending, over HTTP.

use super::{NUMBER, PAGE_TOKEN, PROOF, account, envelope, of, thread};
use crate::{
    Messenger, MetaKind, Provider,
    listener::{Asked, Listener, Told},
    testing,
};
use model::message::{ChatAction, Envelope, ErrorClass, EventKey, Outbound, Part, ProviderError, Thread, ThreadKind};
use serde_json::{Value, json};

async fn sent(listener: &Listener, envelope: &Envelope) -> Result<Option<String>, ProviderError> {
    let account = account(listener.url.as_str());
    let sent = Messenger.send(&testing::wire(&account), &account, envelope).await?;
    Ok(sent.external_id)
}

async fn listener(status: u16, body: Value) -> Listener {
    Listener::answering(move |_: &Asked| Told::json(status, &body)).await
}

#[tokio::test]
async fn a_page_speaks_with_its_own_token_and_proves_the_secret() {
    let listener = listener(200, json!({ "recipient_id": "psid-1", "message_id": "m_xyz" })).await;
    let id = sent(&listener, &envelope(MetaKind::Facebook, of(Part::text("Hi"))))
        .await
        .unwrap();
    assert_eq!(id.as_deref(), Some("m_xyz"));
    let [call] = &listener.asked()[..] else {
        panic!("one call")
    };
    assert_eq!(call.method, "POST");
    assert_eq!(call.path, format!("/v25.0/me/messages?appsecret_proof={PROOF}"));
    assert_eq!(call.header("authorization"), format!("Bearer {PAGE_TOKEN}"));
    assert_eq!(call.body["message"]["text"], "Hi");
}

#[tokio::test]
async fn a_number_speaks_with_the_system_users_token() {
    let answer =
        json!({ "messaging_product": "whatsapp", "messages": [{ "id": "wamid.1", "message_status": "accepted" }] });
    let listener = listener(200, answer).await;
    let id = sent(&listener, &envelope(MetaKind::WhatsApp, of(Part::text("Hi"))))
        .await
        .unwrap();
    assert_eq!(id.as_deref(), Some("wamid.1"));
    let [call] = &listener.asked()[..] else {
        panic!("one call")
    };
    assert_eq!(call.line(), format!("POST /v25.0/{NUMBER}/messages"));
    assert_eq!(call.header("authorization"), "Bearer EAASYSTEM");
}

#[tokio::test]
async fn the_version_of_the_settings_is_used() {
    let listener = listener(200, json!({})).await;
    let mut account = account(listener.url.as_str());
    super::settings_of(&mut account).version = "v24.0".to_owned();
    let envelope = envelope(MetaKind::Instagram, of(Part::text("Hi")));
    Messenger
        .send(&testing::wire(&account), &account, &envelope)
        .await
        .unwrap();
    assert_eq!(listener.lines(), ["POST /v24.0/me/messages"]);
}

#[tokio::test]
async fn a_comment_is_answered_under_it_and_a_mention_where_it_stands() {
    let listener = listener(200, json!({ "id": "c-9" })).await;
    let mut envelope = envelope(MetaKind::Instagram, of(Part::text("20 euro")));
    envelope.thread.kind = ThreadKind::Comment;
    for place in ["c-1", "mention:media-7:c-7", "mention:media-8"] {
        place.clone_into(&mut envelope.thread.external_id);
        assert_eq!(sent(&listener, &envelope).await.unwrap().as_deref(), Some("c-9"));
    }
    assert_eq!(
        listener.lines(),
        [
            "POST /v25.0/c-1/replies",
            "POST /v25.0/456/mentions",
            "POST /v25.0/456/mentions"
        ]
    );
    let bodies: Vec<_> = listener.asked().into_iter().map(|call| call.body).collect();
    assert_eq!(bodies[0], json!({ "message": "20 euro" }));
    assert_eq!(
        bodies[1],
        json!({ "media_id": "media-7", "comment_id": "c-7", "message": "20 euro" })
    );
    assert_eq!(bodies[2], json!({ "media_id": "media-8", "message": "20 euro" }));
}

#[tokio::test]
async fn a_closed_window_is_told_as_such_and_nothing_secret_is_kept() {
    let answer = json!({ "error": { "message": format!("(#10) Outside of the allowed window {PAGE_TOKEN}"), "code": 10, "error_subcode": 2_018_278 } });
    let listener = listener(400, answer).await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let envelope = envelope(MetaKind::Facebook, of(Part::text("Hi")));
    let error = Messenger.send(&wire, &account, &envelope).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::WindowClosed);
    let said = serde_json::to_string(&wire.said()).unwrap() + &error.message;
    assert!(said.contains("***") && !said.contains(PAGE_TOKEN), "{said}");
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_leaves_open_whether_the_message_was_sent() {
    for kind in [MetaKind::Facebook, MetaKind::Instagram, MetaKind::WhatsApp] {
        for garbage in ["", "<html>", "\"yes\"", "7"] {
            let listener = Listener::saying([Told::bytes(200, garbage)]).await;
            let error = sent(&listener, &envelope(kind, of(Part::text("Hi"))))
                .await
                .unwrap_err();
            assert_eq!(error.class, ErrorClass::Ambiguous, "{garbage}");
            assert_eq!(error.message, "Meta's answer doesn't say whether it has done this.");
        }
    }
}

#[tokio::test]
async fn a_success_that_tells_of_an_error_is_none() {
    let body = json!({ "error": { "message": "(#551) Not available", "code": 551 } });
    let listener = listener(200, body).await;
    let error = sent(&listener, &envelope(MetaKind::Facebook, of(Part::text("Hi")))).await;
    assert_eq!(error.unwrap_err().class, ErrorClass::Blocked);
}

#[tokio::test]
async fn a_look_that_gets_no_sensible_answer_says_nothing_about_the_registration() {
    let listener = Listener::saying([Told::bytes(200, "<html>")]).await;
    let account = account(listener.url.as_str());
    let error = Messenger.probe(&testing::wire(&account), &account).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Transient);
}

#[tokio::test]
async fn an_account_that_was_removed_does_not_speak() {
    let listener = listener(200, json!({})).await;
    let mut envelope = envelope(MetaKind::Facebook, of(Part::text("Hi")));
    for via in [Some("facebook:999"), Some("whatsapp:123"), Some("nonsense"), None] {
        envelope.thread.via = via.map(Into::into);
        let error = sent(&listener, &envelope).await.unwrap_err();
        assert_eq!(error.class, ErrorClass::Permission, "{via:?}");
    }
    assert!(listener.asked().is_empty());
}

#[tokio::test]
async fn typing_is_shown_where_meta_can_show_it() {
    let listener = listener(200, json!({ "recipient_id": "psid-1" })).await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let comment = Thread {
        kind: ThreadKind::Comment,
        ..thread(MetaKind::Instagram)
    };
    for thread in [thread(MetaKind::Facebook), thread(MetaKind::WhatsApp), comment] {
        for action in [ChatAction::Typing, ChatAction::Cancel] {
            Messenger.act(&wire, &account, &thread, None, action).await.unwrap();
        }
    }
    let bodies: Vec<_> = listener.asked().into_iter().map(|call| call.body).collect();
    let typing = |action: &str| json!({ "recipient": { "id": "psid-1" }, "sender_action": action });
    assert_eq!(bodies, [typing("typing_on"), typing("typing_off")]);
}

#[tokio::test]
async fn a_number_shows_typing_under_the_message_that_it_has_read() {
    let listener = listener(200, json!({ "success": true })).await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    let heard = ["wa:wamid.1", "meta:5f3c"].map(|key| EventKey(key.to_owned()));
    for heard in &heard {
        for action in [ChatAction::Typing, ChatAction::Cancel] {
            let thread = thread(MetaKind::WhatsApp);
            Messenger
                .act(&wire, &account, &thread, Some(heard), action)
                .await
                .unwrap();
        }
    }
    let [call] = &listener.asked()[..] else {
        panic!("one call: what came without an id can't be named, and typing ends by itself")
    };
    assert_eq!(call.line(), format!("POST /v25.0/{NUMBER}/messages"));
    assert_eq!(call.header("authorization"), "Bearer EAASYSTEM");
    let expected = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1",
        "typing_indicator": { "type": "text" } });
    assert_eq!(call.body, expected);
}

#[test]
fn a_plan_follows_what_the_thread_goes_through() {
    let account = account("http://127.0.0.1:1");
    let message = of(Part::text("x".repeat(1_500)));
    let count = |thread: &Thread, message: &Outbound| Messenger.plan(&account, thread, message).pieces.len();
    assert_eq!(count(&thread(MetaKind::Facebook), &message), 1);
    assert_eq!(count(&thread(MetaKind::Instagram), &message), 2);
    assert_eq!(count(&thread(MetaKind::WhatsApp), &message), 1);
    let comment = Thread {
        kind: ThreadKind::Comment,
        ..thread(MetaKind::Instagram)
    };
    assert_eq!(count(&comment, &message), 5);
    assert_eq!(count(&Thread::default(), &message), 1);
}

#[tokio::test]
async fn without_a_token_nobody_is_called() {
    let listener = listener(200, json!({})).await;
    let mut account = account(listener.url.as_str());
    account.secrets.remove("secret.whatsapp_token");
    let envelope = envelope(MetaKind::WhatsApp, of(Part::text("Hi")));
    let error = Messenger
        .send(&testing::wire(&account), &account, &envelope)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::Auth);
    assert!(error.message.contains("the WhatsApp number “Shop”"), "{error}");
    assert!(listener.asked().is_empty());
}
