//! What is sent for each kind of piece.

use super::{account, envelope, of, thread};
use crate::{Messenger, MetaKind, Provider, messenger::pages, messenger::whatsapp};
use model::message::{Button, ButtonAction, FileRef, Layout, Outbound, Part};
use serde_json::{Value, json};

fn file(name: Option<&str>) -> FileRef {
    FileRef {
        url: Some("https://files.example/f".to_owned()),
        name: name.map(Into::into),
        ..FileRef::default()
    }
}

fn reply(number: usize) -> Button {
    Button {
        title: format!("Number {number}"),
        action: ButtonAction::Reply {
            payload: format!("n{number}"),
        },
    }
}

/// What a message of one piece is sent as.
fn sent(kind: MetaKind, message: &Outbound) -> Value {
    let mut plan = Messenger.plan(&account("http://127.0.0.1:1"), &thread(kind), message);
    assert_eq!(plan.pieces.len(), 1, "{plan:?}");
    let envelope = envelope(kind, plan.pieces.remove(0).message);
    match kind {
        MetaKind::WhatsApp => whatsapp::body(&envelope).unwrap(),
        MetaKind::Facebook | MetaKind::Instagram => pages::body(&envelope).unwrap(),
    }
}

/// The part of a request to a page that says something.
fn on_page(message: &Outbound) -> Value {
    let mut body = sent(MetaKind::Facebook, message);
    let message = body["message"].as_object_mut().unwrap();
    assert_eq!(message.remove("metadata"), Some(json!("0192-outbox")));
    body["message"].take()
}

/// The type and the content of a request to a number.
fn on_number(message: &Outbound) -> (String, Value) {
    let mut body = sent(MetaKind::WhatsApp, message);
    let kind = body["type"].as_str().unwrap().to_owned();
    let content = body[kind.as_str()].take();
    (kind, content)
}

#[test]
fn a_text_on_a_page_is_one_whole_request() {
    let expected = json!({
        "recipient": { "id": "psid-1" },
        "messaging_type": "RESPONSE",
        "message": { "text": "Hi", "metadata": "0192-outbox" },
    });
    assert_eq!(sent(MetaKind::Facebook, &of(Part::text("Hi"))), expected);
    let on_instagram = sent(MetaKind::Instagram, &of(Part::text("Hi")));
    assert_eq!(on_instagram["recipient"]["id"], "igsid-1");
}

#[test]
fn files_on_a_page_are_sent_by_address() {
    let cases = [
        (
            Part::Image {
                file: file(None),
                caption: None,
            },
            "image",
        ),
        (
            Part::Video {
                file: file(None),
                caption: None,
            },
            "video",
        ),
        (
            Part::Audio {
                file: file(None),
                caption: None,
            },
            "audio",
        ),
        (
            Part::Voice {
                file: file(None),
                duration: None,
            },
            "audio",
        ),
        (
            Part::Document {
                file: file(Some("a.pdf")),
                caption: None,
            },
            "file",
        ),
        (
            Part::Sticker {
                file: Some(file(None)),
                emoji: None,
            },
            "image",
        ),
    ];
    for (part, kind) in cases {
        let payload = json!({ "url": "https://files.example/f", "is_reusable": false });
        assert_eq!(
            on_page(&of(part)),
            json!({ "attachment": { "type": kind, "payload": payload } })
        );
    }
}

#[test]
fn buttons_in_place_of_the_keyboard_are_quick_replies() {
    let ask = |title: &str, action| Button {
        title: title.to_owned(),
        action,
    };
    let message = Outbound {
        buttons: vec![
            vec![reply(1), reply(2)],
            vec![
                ask("My phone", ButtonAction::RequestPhone),
                ask("My mail", ButtonAction::RequestEmail),
            ],
        ],
        ..of(Part::text("Which?"))
    };
    let expected = json!({
        "text": "Which?",
        "quick_replies": [
            { "content_type": "text", "title": "Number 1", "payload": "n1" },
            { "content_type": "text", "title": "Number 2", "payload": "n2" },
            { "content_type": "user_phone_number" },
            { "content_type": "user_email" },
        ],
    });
    assert_eq!(on_page(&message), expected);
}

#[test]
fn buttons_that_open_pages_and_buttons_under_the_message_are_a_template() {
    let site = Button {
        title: "Site".to_owned(),
        action: ButtonAction::Url {
            url: "https://a.example".to_owned(),
        },
    };
    let message = Outbound {
        buttons: vec![vec![site], vec![reply(1)]],
        layout: Layout::Inline,
        ..of(Part::text("Choose"))
    };
    let payload = json!({
        "template_type": "button",
        "text": "Choose",
        "buttons": [
            { "type": "web_url", "title": "Site", "url": "https://a.example" },
            { "type": "postback", "title": "Number 1", "payload": "n1" },
        ],
    });
    assert_eq!(
        on_page(&message),
        json!({ "attachment": { "type": "template", "payload": payload } })
    );
}

#[test]
fn a_text_to_a_number_is_one_whole_request() {
    let message = Outbound {
        reply_to: Some("wamid.prev".to_owned()),
        ..of(Part::text("Hi"))
    };
    let expected = json!({
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "380671112233",
        "type": "text",
        "text": { "body": "Hi", "preview_url": false },
        "context": { "message_id": "wamid.prev" },
        "biz_opaque_callback_data": "0192-outbox",
    });
    assert_eq!(sent(MetaKind::WhatsApp, &message), expected);
}

#[test]
fn a_person_without_a_phone_is_addressed_by_its_id() {
    let mut envelope = envelope(MetaKind::WhatsApp, of(Part::text("Hi")));
    envelope.thread.external_id = "US.13491208655302741918".to_owned();
    let body = whatsapp::body(&envelope).unwrap();
    assert_eq!(body["recipient"], "US.13491208655302741918");
    assert_eq!(body.get("to"), None);
}

#[test]
fn files_to_a_number_are_sent_by_address() {
    let link = "https://files.example/f";
    let caption = || Some("Look".to_owned());
    let cases = [
        (
            Part::Image {
                file: file(None),
                caption: caption(),
            },
            "image",
            json!({ "link": link, "caption": "Look" }),
        ),
        (
            Part::Video {
                file: file(None),
                caption: None,
            },
            "video",
            json!({ "link": link }),
        ),
        (
            Part::Audio {
                file: file(None),
                caption: None,
            },
            "audio",
            json!({ "link": link }),
        ),
        (
            Part::Voice {
                file: file(None),
                duration: None,
            },
            "audio",
            json!({ "link": link }),
        ),
        (
            Part::Document {
                file: file(Some("a.pdf")),
                caption: caption(),
            },
            "document",
            json!({ "link": link, "caption": "Look", "filename": "a.pdf" }),
        ),
        (
            Part::Sticker {
                file: Some(file(None)),
                emoji: None,
            },
            "sticker",
            json!({ "link": link }),
        ),
    ];
    for (part, kind, expected) in cases {
        assert_eq!(on_number(&of(part)), (kind.to_owned(), expected));
    }
}

#[test]
fn places_and_contacts_go_to_a_number_as_what_they_are() {
    let place = Part::Location {
        lat: 50.45,
        lon: 30.52,
        title: Some("Office".to_owned()),
        address: None,
        live: false,
    };
    let expected = json!({ "latitude": 50.45, "longitude": 30.52, "name": "Office" });
    assert_eq!(on_number(&of(place)), ("location".to_owned(), expected));
    let contact = Part::Contact {
        name: "Ann".to_owned(),
        phones: vec!["+380671112233".to_owned()],
        vcard: None,
        is_self: false,
    };
    let expected = json!([{
        "name": { "formatted_name": "Ann", "first_name": "Ann" },
        "phones": [{ "phone": "+380671112233" }],
    }]);
    assert_eq!(on_number(&of(contact)), ("contacts".to_owned(), expected));
}

#[test]
fn up_to_three_buttons_to_a_number_are_buttons() {
    let message = Outbound {
        buttons: vec![vec![reply(1)], vec![reply(2)]],
        ..of(Part::text("?"))
    };
    let expected = json!({
        "type": "button",
        "body": { "text": "?" },
        "action": { "buttons": [
            { "type": "reply", "reply": { "id": "n1", "title": "Number 1" } },
            { "type": "reply", "reply": { "id": "n2", "title": "Number 2" } },
        ] },
    });
    assert_eq!(on_number(&message), ("interactive".to_owned(), expected));
}

#[test]
fn a_picture_above_buttons_is_their_header() {
    let picture = Part::Image {
        file: file(None),
        caption: Some("This one?".to_owned()),
    };
    let message = Outbound {
        buttons: vec![vec![reply(1)]],
        ..of(picture)
    };
    let expected = json!({
        "type": "button",
        "header": { "type": "image", "image": { "link": "https://files.example/f" } },
        "body": { "text": "This one?" },
        "action": { "buttons": [{ "type": "reply", "reply": { "id": "n1", "title": "Number 1" } }] },
    });
    assert_eq!(on_number(&message), ("interactive".to_owned(), expected));
}

#[test]
fn four_to_ten_buttons_to_a_number_are_a_list() {
    let message = Outbound {
        buttons: (1..=4).map(|number| vec![reply(number)]).collect(),
        ..of(Part::text("?"))
    };
    let rows: Vec<_> = (1..=4)
        .map(|n| json!({ "id": format!("n{n}"), "title": format!("Number {n}") }))
        .collect();
    let expected = json!({
        "type": "list",
        "body": { "text": "?" },
        "action": { "button": "Menu", "sections": [{ "rows": rows }] },
    });
    assert_eq!(on_number(&message), ("interactive".to_owned(), expected));
}
