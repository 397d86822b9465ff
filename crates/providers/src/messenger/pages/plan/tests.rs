//! Messages, and what they become.

use super::{QUICK_REPLIES, Rules, TEMPLATE, TEMPLATE_BUTTONS, plan};
use crate::{
    Piece, Plan,
    messenger::{facebook, instagram},
    shape::{
        Buttons,
        samples::{every_button_is_there, has_in_order, letters, messages},
    },
};
use model::message::{Button, ButtonAction, FileRef, Layout, Outbound, Part};
use proptest::prelude::*;

fn reply(title: &str) -> Button {
    Button {
        title: title.to_owned(),
        action: ButtonAction::Reply {
            payload: title.to_lowercase(),
        },
    }
}

fn site(title: &str) -> Button {
    Button {
        title: title.to_owned(),
        action: ButtonAction::Url {
            url: "https://a.example".to_owned(),
        },
    }
}

fn menu(count: usize, layout: Layout) -> Outbound {
    Outbound {
        parts: vec![Part::text("Which?")],
        buttons: (1..=count).map(|number| vec![reply(&format!("N{number}"))]).collect(),
        layout,
        ..Outbound::default()
    }
}

fn file(mime: &str, size: u64) -> FileRef {
    FileRef {
        url: Some("https://files.example/f".to_owned()),
        mime: Some(mime.to_owned()),
        size: Some(size),
        ..FileRef::default()
    }
}

fn said(plan: &Plan) -> Vec<String> {
    plan.pieces
        .iter()
        .flat_map(|piece| &piece.message.parts)
        .filter_map(Part::words)
        .collect()
}

#[test]
fn up_to_thirteen_buttons_are_quick_replies_and_more_are_a_numbered_list() {
    let thirteen = plan(&facebook::RULES, &menu(13, Layout::Reply));
    assert_eq!(thirteen.pieces[0].message.buttons.len(), 13);
    assert_eq!(thirteen.pieces[0].message.layout, Layout::Reply);
    let fourteen = plan(&facebook::RULES, &menu(14, Layout::Reply));
    assert_eq!(fourteen.choices.len(), 14);
    assert!(said(&fourteen)[0].starts_with("Which?\n\n1. N1\n2. N2\n"));
    assert_eq!(
        fourteen.pieces[0].notes,
        ["Facebook shows at most 13 buttons, so they were sent as a numbered list."]
    );
}

#[test]
fn up_to_three_buttons_under_a_message_are_a_template() {
    let three = plan(&instagram::RULES, &menu(3, Layout::Inline));
    assert_eq!(three.pieces[0].message.layout, Layout::Inline);
    let four = plan(&instagram::RULES, &menu(4, Layout::Inline));
    assert_eq!(four.pieces[0].message.layout, Layout::Reply);
    assert_eq!(four.pieces[0].message.buttons.len(), 4);
}

#[test]
fn buttons_that_open_pages_are_lines_when_they_are_too_many() {
    let mut message = menu(3, Layout::Reply);
    message.buttons.push(vec![site("Site")]);
    let many = plan(&facebook::RULES, &message);
    assert_eq!(said(&many), ["Which?\n\nSite: https://a.example"]);
    assert_eq!(many.pieces[0].message.buttons.len(), 3);
    assert_eq!(many.pieces[0].notes.len(), 1);
    message.buttons.truncate(1);
    message.buttons.push(vec![site("Site")]);
    let few = plan(&facebook::RULES, &message);
    assert_eq!(few.pieces[0].message.layout, Layout::Inline);
    assert_eq!(few.pieces[0].message.buttons, [[reply("N1")], [site("Site")]]);
}

#[test]
fn the_words_above_a_template_are_the_end_of_a_long_text() {
    let mut message = menu(2, Layout::Inline);
    message.parts = vec![Part::text("word ".repeat(300))];
    let long = plan(&facebook::RULES, &message);
    assert_eq!(long.pieces.len(), 2);
    assert!(long.pieces[0].message.buttons.is_empty());
    assert!(TEMPLATE.holds(&said(&long)[1]));
}

#[test]
fn words_under_a_file_follow_as_a_message() {
    let message = Outbound {
        parts: vec![Part::Image {
            file: file("image/png", 1),
            caption: Some("Look".to_owned()),
        }],
        ..Outbound::default()
    };
    let plan = plan(&facebook::RULES, &message);
    assert_eq!(plan.pieces.len(), 2);
    assert_eq!(plan.pieces[1].message.parts, [Part::text("Look")]);
}

#[test]
fn buttons_under_a_file_alone_stand_there_on_facebook_and_under_a_sign_on_instagram() {
    let mut message = menu(2, Layout::Reply);
    message.parts = vec![Part::Image {
        file: file("image/png", 1),
        caption: None,
    }];
    let facebook = plan(&facebook::RULES, &message);
    assert_eq!(
        (facebook.pieces.len(), facebook.pieces[0].message.buttons.len()),
        (1, 2)
    );
    let instagram = plan(&instagram::RULES, &message);
    assert_eq!(instagram.pieces[1].message.parts, [Part::text("👇")]);
    assert_eq!(instagram.pieces[1].message.buttons.len(), 2);
}

#[test]
fn what_instagram_can_not_ask_for_is_written() {
    let phone = Button {
        title: "My phone".to_owned(),
        action: ButtonAction::RequestPhone,
    };
    let mut message = menu(1, Layout::Reply);
    message.buttons.push(vec![phone]);
    assert_eq!(plan(&facebook::RULES, &message).pieces[0].message.buttons.len(), 2);
    let plan = plan(&instagram::RULES, &message);
    assert_eq!(said(&plan), ["Which?\n\nMy phone"]);
    assert_eq!(plan.pieces[0].message.buttons.len(), 1);
}

#[test]
fn a_file_that_is_not_carried_is_told_by_its_address() {
    let as_document = |rules: &Rules, mime: &str, size: u64| {
        let message = Outbound {
            parts: vec![Part::Document {
                file: file(mime, size),
                caption: None,
            }],
            ..Outbound::default()
        };
        matches!(plan(rules, &message).pieces[0].message.parts[0], Part::Document { .. })
    };
    assert!(as_document(&facebook::RULES, "application/zip", 25_000_000));
    assert!(!as_document(&facebook::RULES, "application/zip", 25_000_001));
    assert!(as_document(&instagram::RULES, "application/pdf", 1));
    assert!(!as_document(&instagram::RULES, "application/zip", 1));
    let message = Outbound {
        parts: vec![Part::Image {
            file: file("image/png", 8_000_001),
            caption: None,
        }],
        ..Outbound::default()
    };
    assert_eq!(said(&plan(&instagram::RULES, &message)), ["f\nhttps://files.example/f"]);
}

#[test]
fn places_and_contacts_are_told_in_words() {
    let message = Outbound {
        parts: vec![
            Part::Location {
                lat: 50.5,
                lon: 30.5,
                title: Some("Office".to_owned()),
                address: None,
                live: false,
            },
            Part::Contact {
                name: "Ann".to_owned(),
                phones: vec!["+1".to_owned()],
                vcard: None,
                is_self: false,
            },
        ],
        ..Outbound::default()
    };
    let plan = plan(&facebook::RULES, &message);
    assert_eq!(
        said(&plan),
        ["Office\nhttps://www.google.com/maps?q=50.5,30.5", "Ann\n+1"]
    );
    assert!(plan.pieces.iter().all(|piece| piece.notes.len() == 1));
}

#[test]
fn a_comment_has_words_only() {
    let mut message = menu(2, Layout::Reply);
    message.parts.push(Part::Image {
        file: file("image/png", 1),
        caption: Some("Look".to_owned()),
    });
    message.buttons.push(vec![site("Site")]);
    let plan = instagram::plan_comment(&message);
    assert_eq!(
        said(&plan),
        ["Which?\nLook\nf\nhttps://files.example/f\nSite: https://a.example\n1. N1\n2. N2"]
    );
    assert_eq!((plan.choices.len(), plan.pieces[0].notes.len()), (2, 2));
}

fn fits(rules: &Rules, piece: &Piece) -> bool {
    let [part] = &piece.message.parts[..] else { return false };
    let words = part.words().unwrap_or_default();
    let buttons = Buttons::of(&piece.message.buttons);
    let is_template = piece.message.layout == Layout::Inline && !piece.message.buttons.is_empty();
    let count = piece.message.buttons.iter().flatten().count();
    let buttons_fit = if is_template {
        count <= TEMPLATE_BUTTONS.most && TEMPLATE_BUTTONS.check(&buttons.replies).is_ok()
    } else {
        count <= QUICK_REPLIES.most && QUICK_REPLIES.check(&buttons.replies).is_ok() && buttons.urls.is_empty()
    };
    let text_fits = match part {
        Part::Text { .. } if is_template => TEMPLATE.holds(&words) && !words.is_empty(),
        Part::Text { .. } => rules.text.holds(&words) && !words.is_empty(),
        _ => words.is_empty(),
    };
    buttons_fit && text_fits
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_and_no_button_is_lost_and_every_piece_fits(mut message in messages(), inline: bool, on_instagram: bool) {
        if inline {
            message.layout = Layout::Inline;
        }
        let rules = if on_instagram { instagram::RULES } else { facebook::RULES };
        let plan = plan(&rules, &message);
        for piece in &plan.pieces {
            prop_assert!(fits(&rules, piece), "{piece:?}");
        }
        let all: String = plan.pieces.iter().map(|piece| letters(&piece.message.parts)).collect();
        prop_assert!(has_in_order(&all, &letters(&message.parts)), "{plan:?}");
        prop_assert!(every_button_is_there(&message, &plan), "{plan:?}");
    }

    #[test]
    fn nothing_is_lost_in_a_comment(message in messages()) {
        let plan = instagram::plan_comment(&message);
        for piece in &plan.pieces {
            let words = piece.message.parts[0].words().unwrap_or_default();
            prop_assert!(words.chars().count() <= 300 && piece.message.buttons.is_empty());
        }
        let all: String = plan.pieces.iter().map(|piece| letters(&piece.message.parts)).collect();
        prop_assert!(has_in_order(&all, &letters(&message.parts)), "{plan:?}");
        prop_assert!(every_button_is_there(&message, &plan), "{plan:?}");
    }
}
