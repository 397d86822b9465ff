//! No plan goes beyond what Viber takes, and none leaves anything out in silence.

use super::{super::request, account};
use crate::{Piece, Plan, Provider, Viber};
use model::message::{Button, ButtonAction, FileRef, Layout, Outbound, Part, Thread};
use proptest::prelude::*;
use serde_json::Value;

fn plan(message: &Outbound) -> Plan {
    Viber.plan(&account(), &Thread::default(), message)
}

fn plan_part(part: Part) -> Vec<Piece> {
    plan(&Outbound {
        parts: vec![part],
        ..Outbound::default()
    })
    .pieces
}

fn with_buttons(actions: impl IntoIterator<Item = (String, ButtonAction)>) -> Outbound {
    let button = |(title, action)| Button { title, action };
    Outbound {
        parts: vec![Part::text("Choose")],
        buttons: actions.into_iter().map(|action| vec![button(action)]).collect(),
        ..Outbound::default()
    }
}

fn words(piece: &Piece) -> String {
    piece.message.parts[0].words().unwrap()
}

fn reply(payload: &str) -> ButtonAction {
    ButtonAction::Reply {
        payload: payload.into(),
    }
}

fn url(url: &str) -> ButtonAction {
    ButtonAction::Url { url: url.into() }
}

fn file(url: &str, size: Option<u64>) -> FileRef {
    FileRef {
        url: Some(url.into()),
        size,
        ..FileRef::default()
    }
}

fn link(url: &str) -> Part {
    Part::Link {
        url: url.into(),
        title: None,
    }
}

#[test]
fn a_file_of_unknown_size_is_sent_as_an_address() {
    for part in [
        Part::Document {
            file: file("https://a.example/a.pdf", None),
            caption: None,
        },
        Part::Document {
            file: file("https://a.example/a.pdf", Some(0)),
            caption: None,
        },
        Part::Video {
            file: file("https://a.example/a.pdf", None),
            caption: None,
        },
        Part::Voice {
            file: file("https://a.example/a.pdf", None),
            duration: None,
        },
        Part::Document {
            file: file("https://a.example/a.pdf", Some(51 << 20)),
            caption: None,
        },
    ] {
        let pieces = plan_part(part);
        assert_eq!(pieces[0].message.parts, [link("https://a.example/a.pdf")]);
        assert!(pieces[0].notes[0].ends_with("Its address was sent."), "{pieces:?}");
    }
    let nameless = plan_part(Part::Document {
        file: file("https://a.example/download?id=7", Some(7)),
        caption: None,
    });
    assert_eq!(nameless[0].message.parts, [link("https://a.example/download?id=7")]);
}

#[test]
fn what_is_too_large_for_its_type_is_sent_as_a_file() {
    for (part, url) in [
        (
            Part::Image {
                file: file("https://a.example/a.png", Some(2 << 20)),
                caption: None,
            },
            "https://a.example/a.png",
        ),
        (
            Part::Image {
                file: file("https://a.example/a.webp", Some(7)),
                caption: None,
            },
            "https://a.example/a.webp",
        ),
        (
            Part::Video {
                file: file("https://a.example/a.mp4", Some(27 << 20)),
                caption: None,
            },
            "https://a.example/a.mp4",
        ),
        (
            Part::Video {
                file: file("https://a.example/a.avi", Some(7)),
                caption: None,
            },
            "https://a.example/a.avi",
        ),
    ] {
        let pieces = plan_part(part);
        assert!(matches!(&pieces[0].message.parts[0], Part::Document { file, .. } if file.url.as_deref() == Some(url)));
        assert!(pieces[0].notes[0].ends_with("It was sent as a file."), "{pieces:?}");
    }
    let picture = plan_part(Part::Image {
        file: file("https://a.example/photo?id=7", None),
        caption: None,
    });
    assert_eq!(picture[0].message.parts, [link("https://a.example/photo?id=7")]);
}

#[test]
fn a_caption_that_has_no_place_follows_its_file() {
    let long = "word ".repeat(25);
    let picture = file("https://a.example/a.jpg", None);
    let short = plan_part(Part::Image {
        file: picture.clone(),
        caption: Some("x".repeat(120)),
    });
    assert_eq!((short.len(), words(&short[0])), (1, "x".repeat(120)));
    assert!(short[0].notes.is_empty());
    let pieces = plan_part(Part::Image {
        file: picture,
        caption: Some(long.clone()),
    });
    assert_eq!(words(&pieces[1]), long);
    assert_eq!(pieces[1].notes.len(), 1);
    for part in [
        Part::Video {
            file: file("https://a.example/a.mp4", Some(7)),
            caption: Some("look".into()),
        },
        Part::Document {
            file: file("https://a.example/a.pdf", Some(7)),
            caption: Some("look".into()),
        },
        Part::Document {
            file: file("https://a.example/a.pdf", None),
            caption: Some("look".into()),
        },
    ] {
        assert_eq!(words(&plan_part(part)[1]), "look");
    }
}

#[test]
fn a_file_without_an_address_is_told_in_words() {
    let long = format!("https://a.example/{}.pdf", "x".repeat(2_000));
    let pieces = plan_part(Part::Document {
        file: file(&long, Some(7)),
        caption: Some("look".into()),
    });
    assert!(words(&pieces[0]).starts_with("look\n") && words(&pieces[0]).ends_with(&long));
    let pieces = plan_part(Part::Image {
        file: FileRef::default(),
        caption: Some("look".into()),
    });
    assert_eq!(pieces[0].notes.len(), 1);
}

#[test]
fn what_a_keyboard_can_not_do_is_told_in_words() {
    let plan = plan(&with_buttons([
        ("Mail".into(), ButtonAction::RequestEmail),
        ("App".into(), url("notes://x")),
        ("x".repeat(222), reply("long")),
        ("x".repeat(221), reply("fits")),
        (String::new(), reply("")),
    ]));
    assert_eq!(
        words(&plan.pieces[0]),
        format!("Choose\n\n1. Mail\nApp: notes://x\n2. {}", "x".repeat(222))
    );
    assert_eq!(plan.pieces[0].message.buttons.len(), 1);
    assert_eq!(plan.pieces[0].notes.len(), 4);
    let choices: Vec<_> = plan
        .choices
        .iter()
        .map(|choice| (choice.number, choice.payload.as_str()))
        .collect();
    assert_eq!(choices, [(1, "Mail"), (2, "long")]);
}

#[test]
fn a_keyboard_has_twelve_rows_and_the_rest_is_a_list() {
    let plan = plan(&with_buttons((1..=14).map(|number| (format!("B{number}"), reply("x")))));
    assert_eq!(plan.pieces[0].message.buttons.len(), 12);
    assert_eq!(words(&plan.pieces[0]), "Choose\n\n1. B13\n2. B14");
    let full = Outbound {
        buttons: vec![
            (1..=80)
                .map(|number| Button {
                    title: format!("B{number}"),
                    action: reply("x"),
                })
                .collect(),
        ],
        ..Outbound::default()
    };
    let plan = Viber.plan(&account(), &Thread::default(), &full);
    assert!(plan.pieces[0].message.buttons.len() <= 12);
    assert!(!plan.choices.is_empty());
}

#[test]
fn what_viber_does_not_know_is_noted() {
    let message = Outbound {
        parts: vec![Part::text("Hi")],
        reply_to: Some("1".into()),
        silent: true,
        no_input: true,
        ..Outbound::default()
    };
    assert_eq!(plan(&message).pieces[0].notes.len(), 3);
    let inline = Outbound {
        layout: Layout::Inline,
        ..with_buttons([("A".into(), reply("a"))])
    };
    assert_eq!(plan(&inline).pieces[0].notes.len(), 1);
}

#[test]
fn a_contact_that_does_not_fit_is_told_in_words() {
    let contact = |name: &str, phones: &[&str]| {
        plan_part(Part::Contact {
            name: name.into(),
            phones: phones.iter().map(|phone| (*phone).to_owned()).collect(),
            vcard: None,
            is_self: false,
        })
    };
    let long_phone = "+1 234 567 890 123 456";
    assert_eq!(words(&contact("Ivan", &[long_phone])[0]), format!("Ivan\n{long_phone}"));
    assert_eq!(words(&contact("Ivan", &[])[0]), "Ivan");
    let long = contact("A person with a very long name", &["+1", "+2"]);
    assert_eq!(words(&long[0]), "A person with a very long name");
    assert!(matches!(&long[1].message.parts[0], Part::Contact { name, .. } if name == "A person with a very long na"));
    assert_eq!(words(&long[2]), "+2");
}

#[test]
fn the_longest_message_stays_within_the_thirty_kilobytes_of_a_call() {
    let button = |number| Button {
        title: format!("Button {number}"),
        action: reply(&"p".repeat(600)),
    };
    for letter in ["\u{1}", "\"", "😀", "я"] {
        let message = Outbound {
            parts: vec![Part::text(letter.repeat(7_000))],
            buttons: (0..12)
                .map(|row| (0..6).map(|one| button(row * 6 + one)).collect())
                .collect(),
            ..Outbound::default()
        };
        let plan = plan(&message);
        for piece in &plan.pieces {
            let body = request::body(&account(), &piece.message).unwrap();
            check_limits(&Value::Object(body)).unwrap();
        }
        let told = plan.pieces.iter().map(words).collect::<String>();
        assert_eq!(told.matches(letter).count(), 7_000);
        let shown = plan.pieces.last().unwrap().message.buttons.iter().flatten().count();
        assert_eq!(shown + plan.choices.len(), 72);
    }
}

fn any_action() -> impl Strategy<Value = ButtonAction> {
    prop_oneof![
        6 => "[a-zé]{0,300}".prop_map(|payload| ButtonAction::Reply { payload }),
        2 => "[a-z]{1,60}".prop_map(|path| ButtonAction::Url { url: format!("https://a.example/{path}") }),
        1 => Just(ButtonAction::RequestPhone),
        1 => Just(ButtonAction::RequestEmail),
    ]
}

fn any_part() -> impl Strategy<Value = Part> {
    let long = "[a-zé👍\"\u{1}]{1,12}([ \n]{1,3}[a-zé👍]{1,12}){0,4}";
    let long = (long, 0_usize..900).prop_map(|(words, times)| format!("{words} ").repeat(times));
    let size = prop_oneof![
        Just(None),
        Just(Some(1_000)),
        Just(Some(30 << 20)),
        Just(Some(60 << 20))
    ];
    let file = ("(jpg|webp|pdf|mp4|x/y)", size).prop_map(|(extension, size)| FileRef {
        url: Some(format!("https://a.example/f.{extension}")),
        size,
        ..FileRef::default()
    });
    prop_oneof![
        3 => long.clone().prop_map(|text| Part::Text { text }),
        1 => (file.clone(), long.clone()).prop_map(|(file, caption)| Part::Image { file, caption: Some(caption) }),
        1 => (file.clone(), long.clone()).prop_map(|(file, caption)| Part::Video { file, caption: Some(caption) }),
        1 => (file, long).prop_map(|(file, caption)| Part::Document { file, caption: Some(caption) }),
        1 => ("[A-Z ]{0,40}", "[0-9]{0,24}").prop_map(|(name, phone)| Part::Contact {
            name, phones: vec![phone], vcard: None, is_self: false,
        }),
    ]
}

fn any_message() -> impl Strategy<Value = Outbound> {
    let button = ("[A-Zé& ]{0,60}", any_action()).prop_map(|(title, action)| Button { title, action });
    let buttons = prop::collection::vec(prop::collection::vec(button, 0..8), 0..16);
    (prop::collection::vec(any_part(), 0..3), buttons).prop_map(|(parts, buttons)| Outbound {
        parts,
        buttons,
        ..Outbound::default()
    })
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn check_limits(body: &Value) -> Result<(), TestCaseError> {
    let length = |text: &Value| text.as_str().map_or(0, |text| text.encode_utf16().count());
    prop_assert!(
        body.to_string().len() <= 30_000 - 1_200,
        "the rest is for the receiver and the tracking data"
    );
    let most = if body["type"] == "picture" { 120 } else { 7_000 };
    prop_assert!(length(&body["text"]) <= most && length(&body["media"]) <= 2_000);
    match body["type"].as_str().unwrap() {
        "text" => prop_assert!(!body["text"].as_str().unwrap().trim().is_empty()),
        "picture" => {
            let media = body["media"].as_str().unwrap();
            prop_assert!([".jpg", ".jpeg", ".png", ".gif"].iter().any(|end| media.ends_with(end)));
        }
        "video" => prop_assert!((1..=26 << 20).contains(&body["size"].as_u64().unwrap())),
        "file" => {
            prop_assert!((1..=50 << 20).contains(&body["size"].as_u64().unwrap()));
            prop_assert!(body["file_name"].as_str().unwrap().contains('.') && length(&body["file_name"]) <= 256);
        }
        "contact" => {
            let contact = &body["contact"];
            prop_assert!(
                (1..=28).contains(&length(&contact["name"])) && (1..=18).contains(&length(&contact["phone_number"]))
            );
        }
        _ => {}
    }
    let mut columns = 0;
    for button in body["keyboard"]["Buttons"].as_array().into_iter().flatten() {
        prop_assert!((1..=250).contains(&length(&button["Text"])) && length(&button["ActionBody"]) > 0);
        columns += button["Columns"].as_u64().unwrap();
    }
    prop_assert!(columns % 6 == 0 && columns <= 12 * 6);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_piece_is_within_the_limits_and_no_text_is_lost(message in any_message()) {
        let account = account();
        let (mut said, mut shown) = (String::new(), String::new());
        for piece in Viber.plan(&account, &Thread::default(), &message).pieces {
            prop_assert_eq!(piece.message.parts.len(), 1);
            let body = request::body(&account, &piece.message).unwrap();
            check_limits(&Value::Object(body))?;
            said.push_str(&piece.message.parts[0].words().unwrap_or_default());
            for button in piece.message.buttons.iter().flatten() {
                shown.push_str(&button.title);
                shown.push('\n');
            }
        }
        let said = bare(&said);
        for words in message.parts.iter().filter_map(Part::words) {
            prop_assert!(said.contains(&bare(&words)), "{:?} is lost", words);
        }
        for button in message.buttons.iter().flatten() {
            let title = bare(&button.title);
            prop_assert!(said.contains(&title) || bare(&shown).contains(&title), "{:?} is lost", button);
        }
    }
}
