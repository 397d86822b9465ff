//! What is sent for each kind of piece.

use super::{account, envelope, of};
use crate::{
    infobip::outbound::{message_id, request},
    shape,
    testing::DOOR,
};
use model::message::{Button, ButtonAction, FileRef, Outbound, Part};
use serde_json::{Value, json};

fn sent(message: Outbound) -> (&'static str, Value) {
    request(&account("http://127.0.0.1:1"), &envelope(message)).unwrap()
}

fn content(part: Part) -> (&'static str, Value) {
    let (path, mut body) = sent(of(part));
    (path, body["content"].take())
}

fn file(name: Option<&str>) -> FileRef {
    FileRef {
        url: Some("https://files.example/f".to_owned()),
        name: name.map(Into::into),
        ..FileRef::default()
    }
}

fn with_buttons(part: Part, count: usize) -> Outbound {
    let button = |number: usize| Button {
        title: format!("Number {number}"),
        action: ButtonAction::Reply {
            payload: format!("n{number}"),
        },
    };
    let message = Outbound {
        buttons: (1..=count).map(|number| vec![button(number)]).collect(),
        ..of(part)
    };
    let mut plan = shape::whatsapp::plan(&message, false);
    assert_eq!(plan.pieces.len(), 1);
    plan.pieces.remove(0).message
}

#[test]
fn a_text_is_one_whole_request() {
    let message = Outbound {
        reply_to: Some("ABEGVU".to_owned()),
        ..of(Part::text("Hi"))
    };
    let expected = json!({
        "from": "441134960000",
        "to": "441134960001",
        "messageId": "0192-outbox",
        "content": { "text": "Hi", "previewUrl": false },
        "notifyUrl": format!("https://chat.example.org/chat/shop/{DOOR}"),
        "context": { "messageId": "ABEGVU" },
    });
    assert_eq!(sent(message), ("text", expected));
}

#[test]
fn an_address_in_a_text_is_previewed() {
    let expected = json!({ "text": "See https://a.example", "previewUrl": true });
    assert_eq!(content(Part::text("See https://a.example")), ("text", expected));
}

#[test]
fn files_are_sent_by_address() {
    let url = "https://files.example/f";
    let caption = || Some("Look".to_owned());
    let cases = [
        (
            Part::Image {
                file: file(None),
                caption: caption(),
            },
            "image",
            json!({ "mediaUrl": url, "caption": "Look" }),
        ),
        (
            Part::Video {
                file: file(None),
                caption: None,
            },
            "video",
            json!({ "mediaUrl": url }),
        ),
        (
            Part::Document {
                file: file(Some("a.pdf")),
                caption: caption(),
            },
            "document",
            json!({ "mediaUrl": url, "caption": "Look", "filename": "a.pdf" }),
        ),
        (
            Part::Audio {
                file: file(None),
                caption: None,
            },
            "audio",
            json!({ "mediaUrl": url }),
        ),
        (
            Part::Voice {
                file: file(None),
                duration: Some(3),
            },
            "audio",
            json!({ "mediaUrl": url }),
        ),
        (
            Part::Sticker {
                file: Some(file(None)),
                emoji: None,
            },
            "sticker",
            json!({ "mediaUrl": url }),
        ),
    ];
    for (part, path, expected) in cases {
        assert_eq!(content(part), (path, expected));
    }
}

#[test]
fn a_place_has_its_name_and_address_if_there_are_any() {
    let place = |title: Option<&str>| Part::Location {
        lat: 50.45,
        lon: 30.52,
        title: title.map(Into::into),
        address: title.map(|_| "Khreshchatyk 1".to_owned()),
        live: false,
    };
    let expected = json!({ "latitude": 50.45, "longitude": 30.52, "name": "Office", "address": "Khreshchatyk 1" });
    assert_eq!(content(place(Some("Office"))), ("location", expected));
    assert_eq!(
        content(place(None)),
        ("location", json!({ "latitude": 50.45, "longitude": 30.52 }))
    );
}

#[test]
fn a_contact_has_its_name_twice() {
    let contact = Part::Contact {
        name: "Ann Lee".to_owned(),
        phones: vec!["+380671112233".to_owned()],
        vcard: None,
        is_self: false,
    };
    let expected = json!({ "contacts": [{
        "name": { "firstName": "Ann Lee", "formattedName": "Ann Lee" },
        "phones": [{ "phone": "+380671112233" }],
    }] });
    assert_eq!(content(contact), ("contact", expected));
}

#[test]
fn up_to_three_buttons_are_buttons() {
    let (path, body) = sent(with_buttons(Part::text("Which?"), 2));
    let expected = json!({
        "body": { "text": "Which?" },
        "action": { "buttons": [
            { "type": "REPLY", "id": "n1", "title": "Number 1" },
            { "type": "REPLY", "id": "n2", "title": "Number 2" },
        ] },
    });
    assert_eq!((path, &body["content"]), ("interactive/buttons", &expected));
}

#[test]
fn a_document_above_buttons_is_their_header() {
    let document = Part::Document {
        file: file(Some("a.pdf")),
        caption: Some("Sign it?".to_owned()),
    };
    let (path, body) = sent(with_buttons(document, 1));
    let expected = json!({
        "header": { "type": "DOCUMENT", "mediaUrl": "https://files.example/f", "filename": "a.pdf" },
        "body": { "text": "Sign it?" },
        "action": { "buttons": [{ "type": "REPLY", "id": "n1", "title": "Number 1" }] },
    });
    assert_eq!((path, &body["content"]), ("interactive/buttons", &expected));
}

#[test]
fn four_to_ten_buttons_are_a_list() {
    let (path, body) = sent(with_buttons(Part::text("Which?"), 4));
    let rows: Vec<_> = (1..=4)
        .map(|n| json!({ "id": format!("n{n}"), "title": format!("Number {n}") }))
        .collect();
    let expected = json!({
        "body": { "text": "Which?" },
        "action": { "title": "Menu", "sections": [{ "rows": rows }] },
    });
    assert_eq!((path, &body["content"]), ("interactive/list", &expected));
}

#[test]
fn a_conversation_without_a_number_of_ours_is_not_guessed() {
    let mut envelope = envelope(of(Part::text("Hi")));
    envelope.thread.via = None;
    let error = request(&account("http://127.0.0.1:1"), &envelope).unwrap_err();
    assert!(error.message.contains("from which number"), "{error}");
}

#[test]
fn a_long_key_becomes_a_short_one_and_always_the_same() {
    let long = "k".repeat(51);
    assert_eq!(message_id(&long).len(), 50);
    assert_eq!(message_id(&long), message_id(&long));
    assert_ne!(message_id(&long), message_id(&"k".repeat(52)));
    assert_eq!(message_id("short"), "short");
}
