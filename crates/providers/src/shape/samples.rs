//! Messages of every look, and what must be found again in what they become.

use super::Buttons;
use crate::{Plan, draft};
use model::message::{Button, ButtonAction, FileRef, Outbound, Part};
use proptest::prelude::*;

/// Any message that has words, files and buttons.
pub(crate) fn messages() -> impl Strategy<Value = Outbound> {
    let text = prop_oneof![
        "(?s).{0,80}",
        "[a-z \n]{500,3000}",
        "[їéя👍 ]{100,2500}",
        Just("x".repeat(9_000)),
    ];
    let file = (
        any::<bool>(),
        any::<Option<u32>>(),
        prop_oneof!["image/png", "video/mp4", "a/b"],
    )
        .prop_map(|(there, size, mime)| FileRef {
            url: there.then(|| "https://files.example/f".to_owned()),
            size: size.map(u64::from),
            mime: Some(mime),
            ..FileRef::default()
        });
    let part = prop_oneof![
        3 => text.clone().prop_map(Part::text),
        1 => (file.clone(), proptest::option::of(text.clone())).prop_map(|(file, caption)| Part::Image { file, caption }),
        1 => (file.clone(), proptest::option::of(text.clone())).prop_map(|(file, caption)| Part::Audio { file, caption }),
        1 => (file, proptest::option::of(text)).prop_map(|(file, caption)| Part::Document { file, caption }),
    ];
    let title = prop_oneof!["[a-z]{1,26}", ".{0,30}", "[👍✅]{1,3}"];
    let action = prop_oneof![
        5 => "[a-z]{0,10}|[a-z]{190,300}|[a-z]{1100}".prop_map(|payload| ButtonAction::Reply { payload }),
        1 => "https://[a-z]{1,60}\\.example".prop_map(|url| ButtonAction::Url { url }),
        1 => Just(ButtonAction::RequestPhone),
    ];
    let button = (title, action).prop_map(|(title, action)| Button { title, action });
    let buttons = proptest::collection::vec(proptest::collection::vec(button, 0..3), 0..12);
    (proptest::collection::vec(part, 0..4), buttons).prop_map(|(parts, buttons)| Outbound {
        parts,
        buttons,
        ..Outbound::default()
    })
}

/// Everything that a message says, without white space.
pub(crate) fn letters(parts: &[Part]) -> String {
    let words = parts.iter().filter_map(Part::words).collect::<String>();
    words.split_whitespace().collect()
}

/// Whether `all` has the characters of `some` in their order, others in between.
pub(crate) fn has_in_order(all: &str, some: &str) -> bool {
    let mut rest = all.chars();
    some.chars().all(|char| rest.any(|other| other == char))
}

/// Every button is there: as a button, as a choice, or in the words.
pub(crate) fn every_button_is_there(message: &Outbound, plan: &Plan) -> bool {
    let mut buttons = Buttons::of(&message.buttons);
    let shown: Vec<_> = plan
        .pieces
        .iter()
        .flat_map(|piece| &piece.message.buttons)
        .flatten()
        .collect();
    let words: String = plan.pieces.iter().map(|piece| letters(&piece.message.parts)).collect();
    let replies = buttons.replies.iter().all(|reply| {
        shown.contains(&&reply.clone().into_button())
            || plan
                .choices
                .iter()
                .any(|choice| choice.title == reply.title && choice.payload == reply.payload)
    });
    let url_shown = |url: &str| {
        shown
            .iter()
            .any(|button| matches!(&button.action, ButtonAction::Url { url: other } if other == url))
    };
    let urls = buttons
        .urls
        .iter()
        .all(|(_, url)| words.contains(url.as_str()) || url_shown(url));
    let ask_shown = |title: &str| shown.iter().any(|button| draft::title(button) == title);
    let others = buttons.take_others().into_iter().all(|title| {
        let letters: String = title.split_whitespace().collect();
        words.contains(&letters) || ask_shown(&title)
    });
    replies && urls && others
}
