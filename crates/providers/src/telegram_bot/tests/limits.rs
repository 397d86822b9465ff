//! No plan goes beyond what Telegram takes, and none leaves anything out in silence.

use super::{super::request, account};
use crate::{Plan, Provider, TelegramBot};
use model::message::{Button, ButtonAction, FileRef, Layout, Outbound, Part, Thread, ThreadKind};
use proptest::prelude::*;
use serde_json::Value;

fn plan(message: &Outbound) -> Plan {
    TelegramBot.plan(&account(), &Thread::default(), message)
}

fn with_buttons(layout: Layout, actions: impl IntoIterator<Item = (&'static str, ButtonAction)>) -> Outbound {
    let button = |(title, action): (&str, ButtonAction)| Button {
        title: title.into(),
        action,
    };
    Outbound {
        parts: vec![Part::text("Choose")],
        buttons: actions.into_iter().map(|action| vec![button(action)]).collect(),
        layout,
        ..Outbound::default()
    }
}

fn text(plan: &Plan, piece: usize) -> String {
    plan.pieces[piece].message.parts[0].words().unwrap()
}

fn reply(payload: &str) -> ButtonAction {
    ButtonAction::Reply {
        payload: payload.into(),
    }
}

fn url(url: &str) -> ButtonAction {
    ButtonAction::Url { url: url.into() }
}

#[test]
fn a_long_caption_follows_its_file() {
    let file = FileRef {
        url: Some("https://a.example/a.jpg".into()),
        ..FileRef::default()
    };
    let caption = "word ".repeat(205);
    let plan = plan(&Outbound {
        parts: vec![Part::Image {
            file: file.clone(),
            caption: Some(caption.clone()),
        }],
        ..Outbound::default()
    });
    assert_eq!(plan.pieces[0].message.parts, [Part::Image { file, caption: None }]);
    assert_eq!(text(&plan, 1), caption);
    assert!(plan.pieces[1].notes[0].contains("1024"), "{plan:?}");
}

#[test]
fn an_answer_that_is_too_long_for_a_button_becomes_a_number() {
    let (fits, long) = ("é".repeat(32), "é".repeat(33));
    let plan = plan(&with_buttons(
        Layout::Inline,
        [("A", reply(&fits)), ("B", reply(&long)), ("C", reply(&long))],
    ));
    assert_eq!(text(&plan, 0), "Choose\n\n1. B\n2. C");
    assert_eq!(plan.pieces[0].message.buttons.len(), 1);
    assert_eq!(plan.pieces[0].notes.len(), 1);
    let choices: Vec<_> = plan
        .choices
        .iter()
        .map(|choice| (choice.number, &*choice.title, &*choice.payload))
        .collect();
    assert_eq!(choices, [(1, "B", &*long), (2, "C", &*long)]);
}

#[test]
fn what_a_keyboard_can_not_do_is_told_in_words() {
    let below = plan(&with_buttons(
        Layout::Reply,
        [
            ("Site", url("https://a.example")),
            ("Mail", ButtonAction::RequestEmail),
            ("Phone", ButtonAction::RequestPhone),
        ],
    ));
    assert_eq!(text(&below, 0), "Choose\n\nSite: https://a.example\n1. Mail");
    assert_eq!(below.pieces[0].message.buttons.len(), 1);
    let inline = plan(&with_buttons(
        Layout::Inline,
        [
            ("Phone", ButtonAction::RequestPhone),
            ("Bad", url("notes://x")),
            ("Chat", url("tg://resolve?domain=a")),
        ],
    ));
    assert_eq!(text(&inline, 0), "Choose\n\n1. Phone\nBad: notes://x");
    assert_eq!(inline.pieces[0].message.buttons.len(), 1);
    assert_eq!(inline.pieces[0].notes.len(), 2);
}

#[test]
fn a_group_is_not_asked_for_a_phone() {
    let thread = Thread {
        kind: ThreadKind::Group,
        ..Thread::default()
    };
    let message = with_buttons(Layout::Reply, [("Phone", ButtonAction::RequestPhone)]);
    let plan = TelegramBot.plan(&account(), &thread, &message);
    assert_eq!(text(&plan, 0), "Choose\n\n1. Phone");
}

#[test]
fn a_button_of_the_keyboard_is_known_by_its_title() {
    let plan = plan(&with_buttons(
        Layout::Reply,
        [("Prices", reply("prices")), ("Stop", reply("Stop"))],
    ));
    let [choice] = plan.choices.as_slice() else {
        panic!("{plan:?}")
    };
    assert_eq!(
        (choice.number, &*choice.title, &*choice.payload),
        (0, "Prices", "prices")
    );
    assert!(plan.pieces[0].notes.is_empty());
}

#[test]
fn files_that_telegram_does_not_fetch_are_told_by_their_address() {
    let file = |url: &str, size| FileRef {
        url: Some(url.into()),
        size,
        ..FileRef::default()
    };
    for (part, words) in [
        (
            Part::Image {
                file: file("https://a.example/a.jpg", Some(6 << 20)),
                caption: Some("look".into()),
            },
            "look\na.jpg\nhttps://a.example/a.jpg",
        ),
        (
            Part::Video {
                file: file("https://a.example/v.mp4", Some(21 << 20)),
                caption: None,
            },
            "v.mp4\nhttps://a.example/v.mp4",
        ),
        (
            Part::Document {
                file: file("https://a.example/a.docx", None),
                caption: None,
            },
            "a.docx\nhttps://a.example/a.docx",
        ),
        (
            Part::Document {
                file: FileRef::default(),
                caption: None,
            },
            "📎",
        ),
    ] {
        let plan = plan(&Outbound {
            parts: vec![part],
            ..Outbound::default()
        });
        assert_eq!(text(&plan, 0), words);
        assert_eq!(plan.pieces[0].notes.len(), 1);
    }
}

#[test]
fn a_server_of_ones_own_fetches_every_file() {
    let mut account = account();
    std::sync::Arc::make_mut(&mut account.endpoints).telegram = url::Url::parse("http://127.0.0.1:8081").unwrap();
    let part = Part::Document {
        file: FileRef {
            url: Some("https://a.example/a.docx".into()),
            size: Some(100 << 20),
            ..FileRef::default()
        },
        caption: None,
    };
    let message = Outbound {
        parts: vec![part.clone()],
        ..Outbound::default()
    };
    assert_eq!(
        TelegramBot.plan(&account, &Thread::default(), &message).pieces[0]
            .message
            .parts,
        [part]
    );
}

#[test]
fn a_contact_without_a_phone_is_a_text_and_more_phones_follow() {
    let contact = |phones: &[&str]| {
        plan(&Outbound {
            parts: vec![Part::Contact {
                name: "Olha".into(),
                phones: phones.iter().map(|phone| (*phone).to_owned()).collect(),
                vcard: Some("x".repeat(2_049)),
                is_self: false,
            }],
            ..Outbound::default()
        })
    };
    assert_eq!(text(&contact(&[]), 0), format!("Olha\n{}", "x".repeat(2_049)));
    let two = contact(&["+1", "+2"]);
    assert_eq!(text(&two, 1), "+2");
    assert_eq!(text(&two, 2), "x".repeat(2_049));
}

#[test]
fn what_has_no_meaning_here_is_named() {
    let plan = plan(&Outbound {
        parts: vec![
            Part::Unsupported {
                provider_type: "poll".into(),
            },
            Part::Unknown,
        ],
        no_input: true,
        reply_to: Some("wamid.x".into()),
        ..Outbound::default()
    });
    assert_eq!(
        (text(&plan, 0), text(&plan, 1)),
        ("[poll]".into(), "[unsupported]".into())
    );
    assert_eq!(plan.pieces[0].notes.len(), 1);
    assert_eq!(plan.pieces[1].notes.len(), 3);
}

#[test]
fn nothing_to_say_is_nothing_to_send() {
    assert!(plan(&Outbound::default()).pieces.is_empty());
    let gone = plan(&Outbound {
        layout: Layout::Remove,
        ..Outbound::default()
    });
    assert_eq!(text(&gone, 0), "…");
}

#[test]
fn more_buttons_than_telegram_shows_become_a_list() {
    let button = |title: String| Button {
        title,
        action: reply("x"),
    };
    let shown = |titles: Vec<String>| {
        let message = Outbound {
            parts: vec![Part::text("Choose")],
            buttons: vec![titles.into_iter().map(button).collect()],
            layout: Layout::Inline,
            ..Outbound::default()
        };
        let plan = plan(&message);
        for piece in &plan.pieces {
            let (_, body) = request::call("1", &piece.message).unwrap();
            check_limits(&Value::Object(body)).unwrap();
        }
        let shown = plan.pieces.last().unwrap().message.buttons.iter().flatten().count();
        (shown, plan.choices.len())
    };
    assert_eq!(shown((1..=110).map(|number| number.to_string()).collect()), (100, 10));
    let (few, rest) = shown((1..=40).map(|number| format!("{number:0>500}")).collect());
    assert!((10..20).contains(&few) && few + rest == 40, "{few} {rest}");
}

fn any_action() -> impl Strategy<Value = ButtonAction> {
    prop_oneof![
        6 => "[a-zé]{0,80}".prop_map(|payload| ButtonAction::Reply { payload }),
        2 => "[a-z]{1,60}".prop_map(|path| ButtonAction::Url { url: format!("https://a.example/{path}") }),
        1 => Just(ButtonAction::RequestPhone),
        1 => Just(ButtonAction::RequestLocation),
        1 => Just(ButtonAction::RequestEmail),
        1 => Just(ButtonAction::Unknown),
    ]
}

fn any_part() -> impl Strategy<Value = Part> {
    let long = "[a-zé👍]{1,12}([ \n]{1,3}[a-zé👍]{1,12}){0,4}";
    let long = (long, 0_usize..700).prop_map(|(words, times)| format!("{words} ").repeat(times));
    let file = "(jpg|gif|pdf|docx|mp4)".prop_map(|extension| FileRef {
        url: Some(format!("https://a.example/f.{extension}")),
        ..FileRef::default()
    });
    prop_oneof![
        3 => long.clone().prop_map(|text| Part::Text { text }),
        1 => (file.clone(), long.clone()).prop_map(|(file, caption)| Part::Image { file, caption: Some(caption) }),
        1 => (file, long).prop_map(|(file, caption)| Part::Document { file, caption: Some(caption) }),
    ]
}

fn any_message() -> impl Strategy<Value = Outbound> {
    let button = ("[A-Zé ]{0,20}", any_action()).prop_map(|(title, action)| Button { title, action });
    let layout = prop_oneof![Just(Layout::Reply), Just(Layout::Inline)];
    let buttons = prop::collection::vec(prop::collection::vec(button, 0..12), 0..20);
    (prop::collection::vec(any_part(), 0..3), buttons, layout).prop_map(|(parts, buttons, layout)| Outbound {
        parts,
        buttons,
        layout,
        ..Outbound::default()
    })
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

fn check_limits(body: &Value) -> Result<(), TestCaseError> {
    let length = |key: &str| body[key].as_str().map_or(0, |text| text.encode_utf16().count());
    prop_assert!(length("text") <= 4_096 && length("caption") <= 1_024);
    prop_assert!(
        body.get("text")
            .is_none_or(|text| !text.as_str().unwrap().trim().is_empty())
    );
    let markup = &body["reply_markup"];
    let rows = markup["inline_keyboard"]
        .as_array()
        .or_else(|| markup["keyboard"].as_array());
    let rows: Vec<&Vec<Value>> = rows.into_iter().flatten().map(|row| row.as_array().unwrap()).collect();
    prop_assert!(rows.iter().map(|row| row.len()).sum::<usize>() <= 100);
    prop_assert!(markup.to_string().len() <= 10_000);
    for row in rows {
        prop_assert!((1..=8).contains(&row.len()));
        for button in row {
            prop_assert!(!button["text"].as_str().unwrap().trim().is_empty());
            if let Some(data) = button.get("callback_data") {
                prop_assert!((1..=64).contains(&data.as_str().unwrap().len()));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_piece_is_within_the_limits_and_no_text_is_lost(message in any_message()) {
        let plan = plan(&message);
        let (mut said, mut shown) = (String::new(), String::new());
        for piece in &plan.pieces {
            prop_assert_eq!(piece.message.parts.len(), 1);
            let (_, body) = request::call("1", &piece.message).unwrap();
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
