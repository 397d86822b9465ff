//! Calls over HTTP.

use super::{account, envelope, of};
use crate::{
    ConnectError, Infobip, Provider, Registration,
    listener::{Asked, Listener, Told},
    testing::{self, DOOR},
};
use model::message::{ErrorClass, FileRef, Part, ProviderError};
use serde_json::{Value, json};

async fn listener(status: u16, body: Value) -> Listener {
    Listener::answering(move |_| Told::json(status, &body)).await
}

async fn sent(listener: &Listener) -> Result<crate::Sent, ProviderError> {
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    Infobip.send(&wire, &account, &envelope(of(Part::text("Hi")))).await
}

#[tokio::test]
async fn a_message_that_is_taken_has_our_own_id() {
    let listener = listener(
        200,
        json!({"to":"441134960001","messageCount":1,"messageId":"0192-outbox","status":{"groupId":1,"groupName":"PENDING","id":7,"name":"PENDING_ENROUTE","description":"Message sent to next instance"}}),
    )
    .await;
    assert_eq!(
        sent(&listener).await.unwrap().external_id.as_deref(),
        Some("0192-outbox")
    );
    let [call] = &listener.asked()[..] else {
        panic!("one call")
    };
    assert_eq!(call.line(), "POST /whatsapp/1/message/text");
    assert_eq!(call.header("authorization"), "App k3y-k3y-k3y");
    assert_eq!(call.body["content"]["text"], "Hi");
}

#[tokio::test]
async fn a_success_that_rejects_is_a_failure() {
    let listener = listener(
        200,
        json!({"messageId":"0192-outbox","status":{"groupId":5,"groupName":"REJECTED","id":12,"name":"REJECTED_NOT_ENOUGH_CREDITS","description":"Not enough credits"}}),
    )
    .await;
    let error = sent(&listener).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Permission);
    assert_eq!(error.code.as_deref(), Some("REJECTED_NOT_ENOUGH_CREDITS"));
    assert_eq!(
        error.message,
        "The Infobip account has no credit. Top it up. Infobip says: “Not enough credits”."
    );
}

#[tokio::test]
async fn a_repetition_that_is_rejected_has_arrived_before() {
    let listener = listener(
        200,
        json!({"messageId":"0192-outbox","status":{"groupId":5,"groupName":"REJECTED","id":23,"name":"REJECTED_DUPLICATE_MESSAGE_ID"}}),
    )
    .await;
    assert_eq!(
        sent(&listener).await.unwrap().external_id.as_deref(),
        Some("0192-outbox")
    );
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_leaves_open_whether_the_message_was_sent() {
    for garbage in [
        "",
        "<html>",
        "{}",
        r#"{"requestError":{"serviceException":{"text":"No"}}}"#,
    ] {
        let listener = Listener::saying([Told::bytes(200, garbage)]).await;
        let error = sent(&listener).await.unwrap_err();
        assert_eq!(error.class, ErrorClass::Ambiguous, "{garbage}");
    }
}

#[tokio::test]
async fn both_shapes_of_errors_are_read_and_kept_without_secrets() {
    let classic = json!({"requestError":{"serviceException":{"messageId":"BAD_REQUEST","text":"Bad request for k3y-k3y-k3y","validationErrors":{"content.text":["must not be blank"]}}}});
    let error = sent(&listener(400, classic).await).await.unwrap_err();
    assert_eq!(
        (error.class, error.code.as_deref()),
        (ErrorClass::Invalid, Some("BAD_REQUEST"))
    );
    assert_eq!(
        error.message,
        "Infobip doesn't accept the message. Infobip says: “Bad request for ***; content.text: must not be blank”."
    );
    let newer = json!({"errorCode":"E429","description":"Too many requests sent.","action":"Slow down.","violations":[],"resources":[]});
    let listener = Listener::answering(move |_| {
        Told::json(429, &newer)
            .header("retry-after", "7")
            .header("x-request-id", "req-1")
    })
    .await;
    let error = sent(&listener).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::RateLimited { retry_after: Some(7) });
    assert_eq!(
        (error.code.as_deref(), error.trace_id.as_deref()),
        (Some("E429"), Some("req-1"))
    );
    assert!(
        error.message.contains("“Too many requests sent.; Slow down”"),
        "{error}"
    );
}

#[tokio::test]
async fn what_follows_from_a_status_is_told_apart() {
    for (status, class) in [
        (401, ErrorClass::Auth),
        (403, ErrorClass::Permission),
        (404, ErrorClass::NotFound),
        (413, ErrorClass::TooLarge),
        (500, ErrorClass::Transient),
        (503, ErrorClass::Transient),
    ] {
        let listener = listener(status, Value::Null).await;
        assert_eq!(sent(&listener).await.unwrap_err().class, class, "{status}");
    }
}

#[tokio::test]
async fn a_key_is_good_unless_infobip_says_that_it_is_not() {
    for status in [200, 400, 404] {
        let listener = listener(status, json!({})).await;
        let account = account(listener.url.as_str());
        let connected = Infobip
            .connect(&testing::wire(&account), &account, false)
            .await
            .unwrap();
        assert_eq!(connected.identity, "127.0.0.1");
        assert!(connected.to_do.starts_with("Paste the callback URL shown on the card"));
        assert!(!connected.to_do.contains(DOOR));
        assert_eq!(listener.lines(), ["GET /whatsapp/1/senders/quality"]);
    }
    for status in [401, 403] {
        let listener = listener(status, json!({})).await;
        let account = account(listener.url.as_str());
        let failed = Infobip.connect(&testing::wire(&account), &account, false).await;
        let Err(ConnectError::Provider(error)) = failed else {
            panic!("{failed:?}")
        };
        assert_eq!((error.class, error.http), (ErrorClass::Auth, Some(status)));
    }
}

#[tokio::test]
async fn without_a_callback_password_nothing_is_called_connected() {
    let listener = listener(200, json!({})).await;
    let mut account = account(listener.url.as_str());
    account.secrets.remove("secret.callback");
    let wire = testing::wire(&account);
    let Err(ConnectError::Provider(at_connect)) = Infobip.connect(&wire, &account, false).await else {
        panic!("connected without a password")
    };
    let at_probe = Infobip.probe(&wire, &account).await.unwrap_err();
    assert_eq!(at_connect, at_probe);
    assert_eq!(at_probe.class, ErrorClass::Invalid);
    assert!(
        at_probe.message.contains("Press Generate beside “Callback password”"),
        "{at_probe}"
    );
}

#[tokio::test]
async fn a_server_that_nobody_finds_is_not_announced() {
    let listener = listener(200, json!({})).await;
    let mut account = account(listener.url.as_str());
    account.is_public = false;
    let failed = Infobip.connect(&testing::wire(&account), &account, false).await;
    assert!(matches!(failed, Err(ConnectError::PublicUrl(_))), "{failed:?}");
    assert!(listener.asked().is_empty());
}

#[tokio::test]
async fn where_messages_go_is_not_known() {
    let listener = listener(200, json!({})).await;
    let account = account(listener.url.as_str());
    let probe = Infobip.probe(&testing::wire(&account), &account).await.unwrap();
    assert_eq!(probe.registration, Registration::Unknown);
}

fn file(url: String) -> FileRef {
    FileRef {
        provider_ref: url,
        ..FileRef::default()
    }
}

#[tokio::test]
async fn the_key_goes_to_the_accounts_own_host_only() {
    let bytes = |_: &Asked| Told::bytes(200, "picture");
    let (ours, other) = (Listener::answering(bytes).await, Listener::answering(bytes).await);
    let account = account(ours.url.as_str());
    let wire = testing::wire(&account);
    for listener in [&ours, &other] {
        let file = file(listener.at("/whatsapp/1/senders/4411/media/1"));
        assert_eq!(
            &Infobip.fetch(&wire, &account, &file, 100).await.unwrap()[..],
            b"picture"
        );
    }
    assert_eq!(ours.asked()[0].header("authorization"), "App k3y-k3y-k3y");
    assert_eq!(other.asked()[0].header("authorization"), "");
}

#[tokio::test]
async fn a_file_that_is_gone_or_too_large_is_said_to_be_so() {
    let gone = listener(404, json!({})).await;
    let account = account(gone.url.as_str());
    let wire = testing::wire(&account);
    let error = Infobip
        .fetch(&wire, &account, &file(gone.at("/1")), 100)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::NotFound);
    let large = listener(200, json!("x".repeat(200))).await;
    let error = Infobip
        .fetch(&wire, &account, &file(large.at("/1")), 100)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::TooLarge);
}

#[tokio::test]
async fn no_secret_is_kept_of_what_was_said() {
    let listener = listener(200, json!({ "messageId": "0192-outbox" })).await;
    let account = account(listener.url.as_str());
    let wire = testing::wire(&account);
    Infobip
        .send(&wire, &account, &envelope(of(Part::text("Hi"))))
        .await
        .unwrap();
    let said = serde_json::to_string(&wire.said()).unwrap();
    assert!(
        said.contains("notifyUrl") && !said.contains(DOOR) && !said.contains("k3y-k3y-k3y"),
        "{said}"
    );
}
