//! The call of each kind of piece, byte for byte what Telegram gets.

use super::{account, account_at, ok, path, wire};
use crate::{Provider, TelegramBot, listener::Listener};
use model::message::{Button, ButtonAction, Envelope, FileRef, Layout, Outbound, Part, Thread};
use serde_json::{Value, json};

fn thread() -> Thread {
    Thread {
        external_id: "5550001".into(),
        ..Thread::default()
    }
}

fn file(url: &str) -> FileRef {
    FileRef {
        url: Some(url.into()),
        ..FileRef::default()
    }
}

fn button(title: &str, action: ButtonAction) -> Button {
    Button {
        title: title.into(),
        action,
    }
}

fn reply(title: &str, payload: &str) -> Button {
    button(
        title,
        ButtonAction::Reply {
            payload: payload.into(),
        },
    )
}

/// Plans and sends a message at a listener: each method with its arguments.
async fn sent(message: Outbound) -> Vec<(String, Value)> {
    let plan = TelegramBot.plan(&account(), &thread(), &message);
    let answers = (0..plan.pieces.len()).map(|index| ok(&json!({ "message_id": 100 + index })));
    let listener = Listener::saying(answers).await;
    let account = account_at(&listener);
    for (index, piece) in plan.pieces.iter().enumerate() {
        let envelope = Envelope {
            idempotency_key: format!("key-{index}"),
            thread: thread(),
            message: piece.message.clone(),
        };
        let sent = TelegramBot.send(&wire(), &account, &envelope).await.unwrap();
        assert_eq!(sent.external_id, Some((100 + index).to_string()));
    }
    let asked = listener.asked();
    assert_eq!(asked.len(), plan.pieces.len(), "one call for each piece");
    let start = path("");
    let method = |path: String| path.strip_prefix(&start).unwrap().to_owned();
    asked
        .into_iter()
        .map(|asked| (method(asked.path), asked.body))
        .collect()
}

async fn sent_part(part: Part) -> Vec<(String, Value)> {
    sent(Outbound {
        parts: vec![part],
        ..Outbound::default()
    })
    .await
}

async fn assert_sent(cases: Vec<(Part, &str, Value)>) {
    for (part, method, mut body) in cases {
        body["chat_id"] = 5_550_001.into();
        assert_eq!(sent_part(part).await, [(method.to_owned(), body)]);
    }
}

#[tokio::test]
async fn each_kind_of_part_has_its_method() {
    let place = Part::Location {
        lat: 50.45,
        lon: 30.52,
        title: None,
        address: None,
        live: false,
    };
    let contact = Part::Contact {
        name: "Olha".into(),
        phones: vec!["+1".into()],
        vcard: Some("card".into()),
        is_self: false,
    };
    let link = Part::Link {
        url: "https://a.example".into(),
        title: Some("Site".into()),
    };
    assert_sent(vec![
        (Part::text("Hello"), "sendMessage", json!({ "text": "Hello" })),
        (place, "sendLocation", json!({ "latitude": 50.45, "longitude": 30.52 })),
        (
            contact,
            "sendContact",
            json!({ "phone_number": "+1", "first_name": "Olha", "vcard": "card" }),
        ),
        (link, "sendMessage", json!({ "text": "Site\nhttps://a.example" })),
    ])
    .await;
}

#[tokio::test]
async fn each_kind_of_file_has_its_method() {
    let url = |name: &str| format!("https://a.example/{name}");
    let of = |name: &str| file(&url(name));
    let caption = Some("look".to_owned());
    let voice = Part::Voice {
        file: of("a.ogg"),
        duration: Some(4),
    };
    let sticker = Part::Sticker {
        file: Some(of("s.webp")),
        emoji: None,
    };
    let image = |name, caption| Part::Image {
        file: of(name),
        caption,
    };
    let video = Part::Video {
        file: of("v.mp4"),
        caption: caption.clone(),
    };
    let audio = Part::Audio {
        file: of("a.mp3"),
        caption: None,
    };
    let document = |file, caption| Part::Document { file, caption };
    let own = FileRef {
        provider_ref: "BQAC".into(),
        ..FileRef::default()
    };
    assert_sent(vec![
        (
            image("a.jpg", caption.clone()),
            "sendPhoto",
            json!({ "photo": url("a.jpg"), "caption": "look" }),
        ),
        (
            image("a.gif", None),
            "sendDocument",
            json!({ "document": url("a.gif") }),
        ),
        (video, "sendVideo", json!({ "video": url("v.mp4"), "caption": "look" })),
        (audio, "sendAudio", json!({ "audio": url("a.mp3") })),
        (voice, "sendVoice", json!({ "voice": url("a.ogg"), "duration": 4 })),
        (sticker, "sendSticker", json!({ "sticker": url("s.webp") })),
        (
            document(of("inv.pdf"), caption),
            "sendDocument",
            json!({ "document": url("inv.pdf"), "caption": "look" }),
        ),
        (document(own, None), "sendDocument", json!({ "document": "BQAC" })),
    ])
    .await;
}

#[tokio::test]
async fn a_place_is_named_before_it_is_shown() {
    let place = Part::Location {
        lat: 50.45,
        lon: 30.52,
        title: Some("Golden Gate".into()),
        address: Some("Volodymyrska St, 40A".into()),
        live: false,
    };
    let sent = sent_part(place).await;
    assert_eq!(sent[0].1["text"], "Golden Gate\nVolodymyrska St, 40A");
    assert_eq!(sent[1].0, "sendLocation");
}

#[tokio::test]
async fn buttons_under_a_message() {
    let url = ButtonAction::Url {
        url: "https://example.org".into(),
    };
    let sent = sent(Outbound {
        parts: vec![Part::text("Sure?")],
        buttons: vec![vec![reply("Yes", "yes"), button("Site", url)], vec![reply("No", "")]],
        layout: Layout::Inline,
        ..Outbound::default()
    })
    .await;
    let markup = json!({ "inline_keyboard": [
        [{ "text": "Yes", "callback_data": "yes" }, { "text": "Site", "url": "https://example.org" }],
        [{ "text": "No", "callback_data": "No" }],
    ] });
    let body = json!({ "chat_id": 5_550_001, "text": "Sure?", "reply_markup": markup });
    assert_eq!(sent, [("sendMessage".to_owned(), body)]);
}

#[tokio::test]
async fn buttons_in_place_of_the_keyboard() {
    let sent = sent(Outbound {
        parts: vec![Part::text("Where?")],
        buttons: vec![
            vec![button("Phone", ButtonAction::RequestPhone)],
            vec![button("Here", ButtonAction::RequestLocation), reply("Later", "later")],
        ],
        ..Outbound::default()
    })
    .await;
    let markup = json!({
        "keyboard": [
            [{ "text": "Phone", "request_contact": true }],
            [{ "text": "Here", "request_location": true }, { "text": "Later" }],
        ],
        "resize_keyboard": true,
        "one_time_keyboard": true,
    });
    assert_eq!(sent[0].1["reply_markup"], markup);
}

#[tokio::test]
async fn buttons_are_taken_away() {
    let sent = sent(Outbound {
        parts: vec![Part::text("Done")],
        layout: Layout::Remove,
        ..Outbound::default()
    })
    .await;
    assert_eq!(sent[0].1["reply_markup"], json!({ "remove_keyboard": true }));
}

#[tokio::test]
async fn an_answer_names_what_it_answers_and_a_quiet_message_is_quiet() {
    let sent = sent(Outbound {
        parts: vec![Part::text("a".repeat(5_000))],
        reply_to: Some("15".into()),
        silent: true,
        ..Outbound::default()
    })
    .await;
    let reference = json!({ "message_id": 15, "allow_sending_without_reply": true });
    assert_eq!(sent[0].1["reply_parameters"], reference);
    assert_eq!(sent[1].1.get("reply_parameters"), None);
    assert!(sent.iter().all(|(_, body)| body["disable_notification"] == true));
}

#[tokio::test]
async fn a_group_is_named_by_its_number_and_a_channel_by_its_name() {
    for (id, chat) in [
        ("-1001234567890", json!(-1_001_234_567_890_i64)),
        ("@news", json!("@news")),
    ] {
        let listener = Listener::saying([ok(&json!({ "message_id": 1 }))]).await;
        let envelope = Envelope {
            idempotency_key: "k".into(),
            thread: Thread {
                external_id: id.into(),
                ..Thread::default()
            },
            message: Outbound {
                parts: vec![Part::text("a")],
                ..Outbound::default()
            },
        };
        TelegramBot
            .send(&wire(), &account_at(&listener), &envelope)
            .await
            .unwrap();
        assert_eq!(listener.asked()[0].body["chat_id"], chat);
    }
}
