//! Messages, and what they become for `WhatsApp`.

use super::*;
use crate::{
    Choice, Piece,
    shape::{
        Buttons,
        samples::{every_button_is_there, has_in_order, letters, messages},
    },
};
use model::message::{Button, ButtonAction, FileRef, Part};
use proptest::prelude::*;

fn reply(title: &str) -> Button {
    Button {
        title: title.to_owned(),
        action: ButtonAction::Reply {
            payload: title.to_lowercase(),
        },
    }
}

fn menu(count: usize) -> Outbound {
    Outbound {
        parts: vec![Part::text("Which?")],
        buttons: (1..=count).map(|number| vec![reply(&format!("N{number}"))]).collect(),
        ..Outbound::default()
    }
}

fn image(caption: Option<&str>) -> Part {
    Part::Image {
        file: FileRef {
            url: Some("https://files.example/a.jpg".to_owned()),
            mime: Some("image/jpeg".to_owned()),
            ..FileRef::default()
        },
        caption: caption.map(Into::into),
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
fn up_to_ten_buttons_are_buttons_and_more_are_a_numbered_list() {
    for count in [1, 3, 4, 10] {
        let plan = plan(&menu(count), true);
        assert_eq!(plan.pieces.len(), 1);
        assert_eq!(plan.pieces[0].message.buttons.len(), count);
        let replies = Buttons::of(&plan.pieces[0].message.buttons).replies;
        assert_eq!(are_buttons(&replies), count <= 3);
        assert!(plan.choices.is_empty() && plan.pieces[0].notes.is_empty());
    }
    let plan = plan(&menu(11), true);
    assert!(plan.pieces[0].message.buttons.is_empty());
    assert!(said(&plan)[0].starts_with("Which?\n\n1. N1\n2. N2\n"));
    let last = Choice {
        number: 11,
        title: "N11".to_owned(),
        payload: "n11".to_owned(),
    };
    assert_eq!(plan.choices.last(), Some(&last));
    assert_eq!(
        plan.pieces[0].notes,
        ["WhatsApp shows at most 10 buttons, so they were sent as a numbered list."]
    );
}

#[test]
fn what_a_button_has_no_room_for_stands_in_the_list() {
    let mut message = menu(1);
    message.buttons[0].push(reply("More than twenty letters and then some"));
    let plan = plan(&message, true);
    assert_eq!(plan.choices.len(), 2);
    assert!(
        plan.pieces[0].notes[0].contains("24 characters"),
        "{:?}",
        plan.pieces[0].notes
    );
}

#[test]
fn pictures_on_buttons_are_refused_only_where_they_must_be() {
    let mut message = menu(1);
    message.buttons[0][0].title = "✅ Yes".to_owned();
    assert!(plan(&message, true).choices.is_empty());
    assert_eq!(plan(&message, false).choices[0].title, "✅ Yes");
}

#[test]
fn buttons_that_open_pages_become_lines_above_the_others() {
    let mut message = menu(1);
    message.buttons.push(vec![Button {
        title: "Site".to_owned(),
        action: ButtonAction::Url {
            url: "https://a.example".to_owned(),
        },
    }]);
    message.buttons.push(vec![Button {
        title: "My phone".to_owned(),
        action: ButtonAction::RequestPhone,
    }]);
    let plan = plan(&message, true);
    assert_eq!(said(&plan), ["Which?\n\nMy phone\nSite: https://a.example"]);
    assert_eq!(plan.pieces[0].message.buttons, [[reply("N1")]]);
    assert_eq!(plan.pieces[0].notes.len(), 2);
}

#[test]
fn a_picture_carries_up_to_three_buttons_itself() {
    let mut message = menu(3);
    message.parts = vec![image(Some("Which?"))];
    let picture = plan(&message, true);
    assert_eq!(picture.pieces.len(), 1);
    assert_eq!(picture.pieces[0].message.buttons.len(), 3);
    message.parts = vec![image(None)];
    assert_eq!(said(&plan(&message, true)), ["👇"]);
    message.buttons.push(vec![reply("N4")]);
    let list = plan(&message, true);
    assert_eq!(list.pieces.len(), 2);
    assert_eq!(list.pieces[1].message.buttons.len(), 4);
}

#[test]
fn the_words_above_buttons_are_the_end_of_a_long_text() {
    let mut message = menu(2);
    let long = "word ".repeat(1_000);
    message.parts = vec![Part::text(long.trim())];
    let plan = plan(&message, true);
    assert_eq!(plan.pieces.len(), 2);
    assert!(plan.pieces[0].message.buttons.is_empty());
    assert_eq!(said(&plan).join(" "), long.trim());
}

#[test]
fn a_file_that_whatsapp_can_not_show_is_sent_as_a_document() {
    let mut file = FileRef {
        url: Some("https://files.example/a".to_owned()),
        mime: Some("image/webp".to_owned()),
        ..FileRef::default()
    };
    let as_image = |file: &FileRef| {
        let message = Outbound {
            parts: vec![Part::Image {
                file: file.clone(),
                caption: None,
            }],
            ..Outbound::default()
        };
        plan(&message, true).pieces.remove(0)
    };
    assert!(matches!(as_image(&file).message.parts[0], Part::Document { .. }));
    file.mime = Some("image/png".to_owned());
    assert!(matches!(as_image(&file).message.parts[0], Part::Image { .. }));
    file.size = Some(6_000_000);
    assert!(matches!(as_image(&file).message.parts[0], Part::Document { .. }));
    file.size = Some(200_000_000);
    assert_eq!(
        as_image(&file).message.parts,
        [Part::text("a\nhttps://files.example/a")]
    );
}

#[test]
fn a_long_file_name_keeps_its_ending() {
    let message = Outbound {
        parts: vec![Part::Document {
            file: FileRef {
                url: Some("https://files.example/a".to_owned()),
                name: Some(format!("{}.pdf", "я".repeat(300))),
                ..FileRef::default()
            },
            caption: None,
        }],
        ..Outbound::default()
    };
    let piece = plan(&message, true).pieces.remove(0);
    let name = piece.message.parts[0]
        .file()
        .and_then(|file| file.name.clone())
        .unwrap();
    assert!(name.ends_with("я.pdf") && name.chars().count() <= 240, "{name}");
    assert_eq!(piece.notes.len(), 1);
}

#[test]
fn the_first_piece_is_the_answer_to_what_the_message_answers() {
    let message = Outbound {
        parts: vec![Part::text("a"), Part::text("b")],
        reply_to: Some("wamid.1".to_owned()),
        ..Outbound::default()
    };
    let plan = plan(&message, true);
    assert_eq!(plan.pieces[0].message.reply_to.as_deref(), Some("wamid.1"));
    assert_eq!(plan.pieces[1].message.reply_to, None);
}

#[test]
fn a_message_without_anything_becomes_nothing() {
    let message = Outbound {
        parts: vec![Part::text(" \n")],
        ..Outbound::default()
    };
    assert_eq!(plan(&message, true), Plan::default());
}

fn fits(piece: &Piece) -> bool {
    let [part] = &piece.message.parts[..] else { return false };
    let replies = Buttons::of(&piece.message.buttons).replies;
    let buttons = replies.is_empty() || are_buttons(&replies) || LIST.check(&replies).is_ok();
    let words = part.words().unwrap_or_default();
    let room = match part {
        Part::Text { .. } if piece.message.buttons.is_empty() => TEXT,
        Part::Text { .. } => BODY,
        Part::Audio { .. } => Measure::utf16(0),
        _ => CAPTION,
    };
    buttons && room.holds(&words) && !(words.trim().is_empty() && matches!(part, Part::Text { .. }))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_text_and_no_button_is_lost_and_every_piece_fits(message in messages(), emoji: bool) {
        let plan = plan(&message, emoji);
        for piece in &plan.pieces {
            prop_assert!(fits(piece), "{piece:?}");
        }
        let all: String = plan.pieces.iter().map(|piece| letters(&piece.message.parts)).collect();
        prop_assert!(has_in_order(&all, &letters(&message.parts)), "{plan:?}");
        prop_assert!(every_button_is_there(&message, &plan), "{plan:?}");
    }
}
