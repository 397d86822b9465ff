//! The call of each kind of piece, byte for byte what Viber gets.

use super::{PEER, TOKEN, account, account_at, ok, set, wire};
use crate::{Account, Provider, Viber, listener::Listener};
use model::message::{Button, ButtonAction, Envelope, FileRef, Layout, Outbound, Part, Thread};
use serde_json::{Value, json};

fn thread() -> Thread {
    Thread {
        external_id: PEER.into(),
        ..Thread::default()
    }
}

fn file(url: &str, size: Option<u64>) -> FileRef {
    FileRef {
        url: Some(url.into()),
        size,
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

/// Plans and sends a message of a gateway: the bodies.
async fn sent_by(change: impl FnOnce(&mut Account), message: Outbound) -> Vec<Value> {
    let mut planned = account();
    change(&mut planned);
    let plan = Viber.plan(&planned, &thread(), &message);
    let first_token = 5_753_750_845_017_966_998_u64;
    let answers = (first_token..).take(plan.pieces.len());
    let listener = Listener::saying(answers.map(|token| ok(json!({ "message_token": token })))).await;
    let account = Account {
        endpoints: account_at(&listener).endpoints,
        ..planned
    };
    for (index, piece) in plan.pieces.iter().enumerate() {
        let envelope = Envelope {
            idempotency_key: format!("key-{index}"),
            thread: thread(),
            message: piece.message.clone(),
        };
        let sent = Viber.send(&wire(), &account, &envelope).await.unwrap();
        assert_eq!(sent.external_id, Some((first_token + index as u64).to_string()));
    }
    let asked = listener.asked();
    assert_eq!(asked.len(), plan.pieces.len(), "one call for each piece");
    for asked in &asked {
        assert_eq!(
            (asked.method.as_str(), asked.path.as_str()),
            ("POST", "/pa/send_message")
        );
        assert_eq!(asked.headers["x-viber-auth-token"], TOKEN);
        assert_eq!(asked.headers["content-type"], "application/json");
    }
    asked.into_iter().map(|asked| asked.body).collect()
}

async fn sent(message: Outbound) -> Vec<Value> {
    sent_by(|_| {}, message).await
}

#[tokio::test]
async fn each_kind_of_part_has_its_type() {
    let place = Part::Location {
        lat: 50.45,
        lon: 30.52,
        title: None,
        address: None,
        live: false,
    };
    let contact = Part::Contact {
        name: "Ivan".into(),
        phones: vec!["+380671112233".into()],
        vcard: None,
        is_self: false,
    };
    let link = Part::Link {
        url: "https://a.example".into(),
        title: None,
    };
    let url = |name: &str| format!("https://a.example/{name}");
    let picture = Part::Image {
        file: file(&url("a.jpg"), None),
        caption: Some("look".into()),
    };
    let video = Part::Video {
        file: file(&url("v.mp4"), Some(10_000)),
        caption: None,
    };
    let document = Part::Document {
        file: file(&url("inv.pdf"), Some(22_000)),
        caption: None,
    };
    let voice = Part::Voice {
        file: file(&url("a.ogg"), Some(9_000)),
        duration: Some(4),
    };
    for (part, body) in [
        (Part::text("Hello"), json!({ "type": "text", "text": "Hello" })),
        (
            picture,
            json!({ "type": "picture", "text": "look", "media": url("a.jpg") }),
        ),
        (video, json!({ "type": "video", "media": url("v.mp4"), "size": 10_000 })),
        (
            document,
            json!({ "type": "file", "media": url("inv.pdf"), "size": 22_000, "file_name": "inv.pdf" }),
        ),
        (
            voice,
            json!({ "type": "file", "media": url("a.ogg"), "size": 9_000, "file_name": "a.ogg" }),
        ),
        (link, json!({ "type": "url", "media": "https://a.example" })),
        (
            place,
            json!({ "type": "location", "location": { "lat": 50.45, "lon": 30.52 } }),
        ),
        (
            contact,
            json!({ "type": "contact", "contact": { "name": "Ivan", "phone_number": "+380671112233" } }),
        ),
    ] {
        let mut expected = json!({
            "receiver": PEER,
            "min_api_version": 1,
            "sender": { "name": "Support" },
            "tracking_data": "key-0",
        });
        expected
            .as_object_mut()
            .unwrap()
            .extend(body.as_object().unwrap().clone());
        let message = Outbound {
            parts: vec![part],
            ..Outbound::default()
        };
        assert_eq!(sent(message).await, [expected]);
    }
}

#[tokio::test]
async fn buttons_stand_in_place_of_the_keyboard_in_the_colours_of_the_gateway() {
    let url = ButtonAction::Url {
        url: "https://example.org".into(),
    };
    let message = Outbound {
        parts: vec![Part::text("Sure?")],
        buttons: vec![
            vec![reply("Yes & <now>", "YES"), button("Site", url)],
            vec![reply("No", "")],
        ],
        ..Outbound::default()
    };
    let key = |columns: u8, action: &str, body: &str, title: &str| {
        json!({
            "Columns": columns,
            "Rows": 1,
            "ActionType": action,
            "ActionBody": body,
            "Text": format!("<font color=\"#ffffff\">{title}</font>"),
            "BgColor": "#1d2733",
        })
    };
    let keyboard = json!({
        "Type": "keyboard",
        "DefaultHeight": false,
        "InputFieldState": "regular",
        "Buttons": [
            key(3, "reply", "YES", "Yes &amp; &lt;now&gt;"),
            key(3, "open-url", "https://example.org", "Site"),
            key(6, "reply", "No", "No"),
        ],
    });
    let bodies = sent(message.clone()).await;
    assert_eq!(bodies[0]["keyboard"], keyboard);
    let inline = Outbound {
        layout: Layout::Inline,
        ..message
    };
    assert_eq!(sent(inline).await, bodies);
}

#[tokio::test]
async fn buttons_without_colours_have_those_of_viber() {
    let message = Outbound {
        parts: vec![Part::text("Sure?")],
        buttons: vec![vec![reply("Yes", "YES")]],
        ..Outbound::default()
    };
    let plain = |account: &mut Account| {
        set(account, |settings| {
            settings.button_color.clear();
            settings.button_background.clear();
        });
    };
    let key = &sent_by(plain, message).await[0]["keyboard"]["Buttons"][0];
    assert_eq!(key["Text"], "Yes");
    assert_eq!(key.get("BgColor"), None);
}

#[tokio::test]
async fn buttons_that_ask_need_newer_clients() {
    let asking = |no_input| Outbound {
        parts: vec![Part::text("Where?")],
        buttons: vec![
            vec![button("Phone", ButtonAction::RequestPhone)],
            vec![button("Here", ButtonAction::RequestLocation)],
        ],
        no_input,
        ..Outbound::default()
    };
    let body = &sent(asking(false)).await[0];
    let actions: Vec<_> = [0, 1]
        .map(|index| body["keyboard"]["Buttons"][index]["ActionType"].clone())
        .into();
    assert_eq!(actions, ["share-phone", "location-picker"]);
    assert_eq!(body["keyboard"]["Buttons"][0]["ActionBody"], "reply");
    assert_eq!(body["min_api_version"], 3);
    let body = &sent(asking(true)).await[0];
    assert_eq!(body["keyboard"]["InputFieldState"], "hidden");
    assert_eq!(body["min_api_version"], 4);
}

#[tokio::test]
async fn a_row_is_always_full() {
    for count in 1..=8_usize {
        let message = Outbound {
            parts: vec![Part::text("?")],
            buttons: vec![(0..count).map(|index| reply(&index.to_string(), "")).collect()],
            ..Outbound::default()
        };
        let body = &sent(message).await[0];
        let buttons = body["keyboard"]["Buttons"].as_array().unwrap();
        let sum: u64 = buttons.iter().map(|key| key["Columns"].as_u64().unwrap()).sum();
        assert_eq!(buttons.len(), count);
        assert_eq!(sum, if count <= 6 { 6 } else { 12 }, "{count}");
    }
}

#[tokio::test]
async fn the_keyboard_stands_at_the_last_piece() {
    let bodies = sent(Outbound {
        parts: vec![Part::text("a "), Part::text("b")],
        buttons: vec![vec![reply("Yes", "")]],
        ..Outbound::default()
    })
    .await;
    assert_eq!(bodies[0].get("keyboard"), None);
    assert_eq!(bodies[1]["tracking_data"], "key-1");
    assert!(bodies[1].get("keyboard").is_some());
}

#[tokio::test]
async fn the_sender_is_the_bot_or_the_gateway() {
    for (bot, gateway, sender) in [
        (" Support ", "Shop", "Support"),
        ("", "Shop", "Shop"),
        (
            "",
            "A gateway with a name that is far too long",
            "A gateway with a name that i",
        ),
        ("", "Крамниця, що має дуже довгу назву", "Крамниця, що має дуже довгу"),
    ] {
        let named = |account: &mut Account| {
            gateway.clone_into(&mut account.name);
            set(account, |settings| bot.clone_into(&mut settings.bot_name));
        };
        let message = Outbound {
            parts: vec![Part::text("Hi")],
            ..Outbound::default()
        };
        assert_eq!(sent_by(named, message).await[0]["sender"]["name"], sender);
    }
}
