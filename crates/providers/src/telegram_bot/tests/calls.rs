//! Refusals of Telegram, the second way of a group, files, and what else is called.

use super::{TOKEN, account_at, assert_ends_with, ok, path, refused, wire};
use crate::{
    Provider, TelegramBot,
    listener::{Listener, Told, recorded},
    telegram_bot::api,
};
use model::{
    GatewayId, Timestamp,
    message::{
        ChatAction, Envelope, ErrorClass, EventKey, FileRef, InboundEvent, InboundKind, Outbound, Part, Peer,
        ProviderError, Thread,
    },
};
use serde_json::{Value, json};

fn envelope() -> Envelope {
    Envelope {
        idempotency_key: "k".into(),
        thread: Thread {
            external_id: "-4455".into(),
            ..Thread::default()
        },
        message: Outbound {
            parts: vec![Part::text("Hello")],
            ..Outbound::default()
        },
    }
}

async fn refusal(told: Told) -> ProviderError {
    let listener = Listener::saying([told]).await;
    let error = TelegramBot
        .send(&wire(), &account_at(&listener), &envelope())
        .await
        .unwrap_err();
    assert_eq!(listener.asked().len(), 1, "a refused message is not sent again");
    error
}

#[test]
fn every_recorded_refusal_means_what_is_expected() {
    recorded("telegram_bot/rejected", |told| {
        let told: Value = serde_json::from_str(told).unwrap();
        let mut headers = http::HeaderMap::new();
        if let Some(seconds) = told["retry_after_header"].as_u64() {
            headers.insert("retry-after", seconds.into());
        }
        let body = match &told["body"] {
            Value::String(text) => text.clone(),
            body => body.to_string(),
        };
        let answer = crate::Answer {
            status: told["status"].as_u64().unwrap().try_into().unwrap(),
            headers,
            body: body.into(),
        };
        let error = api::read::<bool>(&wire(), &answer).unwrap_err().error;
        serde_json::to_value(error).unwrap()
    });
}

#[tokio::test]
async fn a_refusal_names_no_secret() {
    let error = refusal(refused(400, &format!("Bad Request: no /bot{TOKEN}/ here"))).await;
    assert_ends_with(&error, "Bad Request: no /bot***/ here");
}

#[tokio::test]
async fn the_time_to_wait_comes_from_the_parameters_or_the_header() {
    let too_many = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 7",
        "parameters": { "retry_after": 7 } });
    let error = refusal(Told::json(429, &too_many).header("retry-after", "9")).await;
    assert_eq!(error.class, ErrorClass::RateLimited { retry_after: Some(7) });
    let error = refusal(refused(429, "Too Many Requests").header("retry-after", "9")).await;
    assert_eq!(error.class, ErrorClass::RateLimited { retry_after: Some(9) });
    let error = refusal(Told::bytes(429, "slow down").header("retry-after", "5")).await;
    assert_eq!(error.class, ErrorClass::RateLimited { retry_after: Some(5) });
}

#[tokio::test]
async fn an_answer_that_makes_no_sense_leaves_open_whether_the_message_was_sent() {
    for garbage in ["", "<html>", "{\"ok\":true}", "{}", "{\"ok\":\"yes\"}"] {
        let error = refusal(Told::bytes(200, garbage)).await;
        assert_eq!(error.class, ErrorClass::Ambiguous, "{garbage}");
    }
    assert_eq!(refusal(Told::bytes(504, "<html>")).await.class, ErrorClass::Ambiguous);
    assert_eq!(refusal(Told::bytes(502, "<html>")).await.class, ErrorClass::Transient);
}

#[tokio::test]
async fn a_group_that_moved_gets_the_message_at_its_new_place_once() {
    let moved = json!({ "ok": false, "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": { "migrate_to_chat_id": -1_001_234_567_890_i64 } });
    let listener = Listener::saying([Told::json(400, &moved), ok(&json!({ "message_id": 3 }))]).await;
    let sent = TelegramBot
        .send(&wire(), &account_at(&listener), &envelope())
        .await
        .unwrap();
    assert_eq!(sent.external_id.as_deref(), Some("3"));
    let asked = listener.asked();
    assert_eq!(asked[0].body["chat_id"], -4455);
    assert_eq!(
        asked[1].body,
        json!({ "chat_id": -1_001_234_567_890_i64, "text": "Hello" })
    );

    let listener = Listener::saying([Told::json(400, &moved), Told::json(400, &moved)]).await;
    let error = TelegramBot
        .send(&wire(), &account_at(&listener), &envelope())
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::Invalid);
    assert_eq!(listener.asked().len(), 2);
}

#[tokio::test]
async fn a_message_that_was_not_planned_is_refused_before_anything_is_called() {
    let listener = Listener::saying([]).await;
    let mut envelope = envelope();
    envelope.message.parts = vec![Part::Unknown];
    let error = TelegramBot
        .send(&wire(), &account_at(&listener), &envelope)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::Invalid);
    assert!(listener.asked().is_empty());
}

#[tokio::test]
async fn typing_is_shown_and_ends_by_itself() {
    let listener = Listener::saying([ok(&json!(true))]).await;
    let (wire, account) = (wire(), account_at(&listener));
    let thread = envelope().thread;
    TelegramBot
        .act(&wire, &account, &thread, None, ChatAction::Typing)
        .await
        .unwrap();
    TelegramBot
        .act(&wire, &account, &thread, None, ChatAction::Cancel)
        .await
        .unwrap();
    let asked = listener.asked();
    assert_eq!(asked[0].path, path("sendChatAction"));
    assert_eq!(asked[0].body, json!({ "chat_id": -4455, "action": "typing" }));
}

#[tokio::test]
async fn a_pressed_button_stops_spinning_and_nothing_else_does() {
    let mut event = InboundEvent {
        gateway_id: GatewayId(7),
        provider: model::Provider::TelegramBot,
        event_key: EventKey("tgbot:7:1".into()),
        occurred_at: Timestamp(0),
        received_at: Timestamp(0),
        peer: Peer::default(),
        thread: Thread::default(),
        kind: InboundKind::Unknown,
    };
    let too_old = refused(
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    );
    let listener = Listener::saying([too_old]).await;
    let (wire, account) = (wire(), account_at(&listener));
    TelegramBot.taken(&wire, &account, &event).await;
    event.peer.extra.insert("callback_query_id".into(), "4382".into());
    TelegramBot.taken(&wire, &account, &event).await;
    let asked = listener.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, path("answerCallbackQuery"));
    assert_eq!(asked[0].body, json!({ "callback_query_id": "4382" }));
}

fn file(size: Option<u64>) -> FileRef {
    FileRef {
        provider_ref: "BQAC".into(),
        size,
        ..FileRef::default()
    }
}

#[tokio::test]
async fn a_file_is_asked_for_and_fetched() {
    let found = json!({ "file_id": "BQAC", "file_unique_id": "d", "file_size": 5, "file_path": "documents/a b?.pdf" });
    let listener = Listener::saying([ok(&found), Told::bytes(200, "%PDF-")]).await;
    let bytes = TelegramBot
        .fetch(&wire(), &account_at(&listener), &file(None), 100)
        .await
        .unwrap();
    assert_eq!(bytes, "%PDF-");
    let asked = listener.asked();
    assert_eq!(asked[0].body, json!({ "file_id": "BQAC" }));
    assert_eq!(asked[1].path, format!("/file/bot{TOKEN}/documents/a%20b%3F.pdf"));
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_fetched() {
    let listener = Listener::saying([]).await;
    let error = TelegramBot
        .fetch(&wire(), &account_at(&listener), &file(Some(101)), 100)
        .await
        .unwrap_err();
    assert_eq!(error.class, ErrorClass::TooLarge);
    assert!(listener.asked().is_empty());

    for answers in [
        vec![ok(&json!({ "file_size": 101, "file_path": "a" }))],
        vec![refused(400, "Bad Request: file is too big")],
        vec![ok(&json!({ "file_path": "a" })), Told::bytes(200, vec![0; 101])],
    ] {
        let listener = Listener::saying(answers).await;
        let error = TelegramBot
            .fetch(&wire(), &account_at(&listener), &file(None), 100)
            .await
            .unwrap_err();
        assert_eq!(error.class, ErrorClass::TooLarge);
        listener.asked();
    }
}

#[tokio::test]
async fn a_file_that_is_gone_is_not_found() {
    for answers in [
        vec![refused(
            400,
            "Bad Request: wrong file_id or the file is temporarily unavailable",
        )],
        vec![ok(&json!({ "file_id": "BQAC" }))],
        vec![ok(&json!({ "file_path": "/var/lib/telegram-bot-api/1/documents/a" }))],
        vec![ok(&json!({ "file_path": "a" })), refused(404, "Not Found")],
    ] {
        let listener = Listener::saying(answers).await;
        let error = TelegramBot
            .fetch(&wire(), &account_at(&listener), &file(None), 100)
            .await
            .unwrap_err();
        assert_eq!(error.class, ErrorClass::NotFound, "{error}");
        listener.asked();
    }
}
