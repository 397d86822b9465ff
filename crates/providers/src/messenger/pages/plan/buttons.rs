//! Buttons: a template's under the message, quick replies above the keyboard, or a numbered list.

use super::{QUICK_REPLIES, Rules, TEMPLATE, TEMPLATE_BUTTONS};
use crate::{
    Piece, Plan, cutting,
    draft::POINTER,
    shape::{Buttons, note, piece, texts},
};
use model::message::{Button, ButtonAction, Layout, Outbound, Part};
use std::collections::BTreeSet;

/// Adds the buttons of a message to the pieces that it has become.
pub(super) fn add(rules: &Rules, plan: &mut Plan, message: &Outbound) {
    let mut buttons = Buttons::of(&message.buttons);
    if buttons == Buttons::default() {
        return;
    }
    let mut notes = Vec::new();
    // One button that asks for a phone is enough.
    let mut asked = BTreeSet::new();
    let (asks, others) = std::mem::take(&mut buttons.others)
        .into_iter()
        .partition::<Vec<_>, _>(|button| rules.asks && asks_for(button).is_some_and(|what| asked.insert(what)));
    buttons.others = others;
    let mut lines = buttons.take_others();
    if !lines.is_empty() {
        notes.push(format!(
            "{} has no such buttons, so their titles were written into the message.",
            rules.name
        ));
    }
    if asks.is_empty() && is_template(&buttons, message) {
        let shown = template_buttons(message);
        finish(rules, plan, &lines, shown, Layout::Inline, notes);
        return;
    }
    let urls = buttons.take_urls();
    if !urls.is_empty() {
        notes.push(format!(
            "{} shows buttons that open pages only up to three together, so their addresses were written into the message.",
            rules.name
        ));
        lines.extend(urls);
    }
    let quick = crate::shape::Rules {
        most: QUICK_REPLIES.most.saturating_sub(asks.len()),
        ..QUICK_REPLIES
    };
    if let Err(misfit) = quick.check(&buttons.replies) {
        notes.push(quick.explain(misfit, rules.name));
        let (numbered, choices) = buttons.take_numbered();
        lines.extend(numbered);
        plan.choices = choices;
    }
    let replies = buttons.replies.into_iter().map(super::shape::Reply::into_button);
    let shown: Vec<_> = replies.chain(asks).collect();
    finish(rules, plan, &lines, shown, Layout::Reply, notes);
}

/// What a button asks for, if a quick reply can ask for it.
pub(in crate::messenger::pages) fn asks_for(button: &Button) -> Option<&'static str> {
    match button.action {
        ButtonAction::RequestPhone => Some("user_phone_number"),
        ButtonAction::RequestEmail => Some("user_email"),
        _ => None,
    }
}

fn is_template(buttons: &Buttons, message: &Outbound) -> bool {
    let wanted = !buttons.urls.is_empty() || message.layout == Layout::Inline;
    let count = buttons.urls.len() + buttons.replies.len();
    let urls_fit = buttons.urls.iter().all(|(title, url)| {
        !title.is_empty()
            && TEMPLATE_BUTTONS.title.holds(title)
            && (url.starts_with("https://") || url.starts_with("http://"))
    });
    wanted
        && (1..=TEMPLATE_BUTTONS.most).contains(&count)
        && urls_fit
        && TEMPLATE_BUTTONS.check(&buttons.replies).is_ok()
}

/// The buttons of a template in the order in which they were given.
fn template_buttons(message: &Outbound) -> Vec<Button> {
    let mut shown = Vec::new();
    for button in message.buttons.iter().flatten() {
        let one = Buttons::of(&[vec![button.clone()]]);
        shown.extend(one.replies.into_iter().map(super::shape::Reply::into_button));
        shown.extend(one.urls.into_iter().map(|(title, url)| Button {
            title,
            action: ButtonAction::Url { url },
        }));
    }
    shown
}

/// Puts the lines and the buttons at the end of the pieces.
fn finish(
    rules: &Rules,
    plan: &mut Plan,
    lines: &[String],
    shown: Vec<Button>,
    layout: Layout,
    mut notes: Vec<String>,
) {
    let pieces = &mut plan.pieces;
    let lines = lines.join("\n");
    let buttons: Vec<_> = shown.into_iter().map(|button| vec![button]).collect();
    let is_bare_file = pieces.last().is_some_and(|last| !is_text(last)) && lines.is_empty();
    if is_bare_file && layout == Layout::Reply && rules.replies_under_files && !buttons.is_empty() {
        if let Some(last) = pieces.last_mut() {
            last.message.buttons = buttons;
            last.message.layout = layout;
        }
    } else {
        let text = [taken_text(pieces, &mut notes), lines];
        let text: Vec<_> = text.into_iter().filter(|text| !text.is_empty()).collect();
        let text = text.join("\n\n");
        let room = if layout == Layout::Inline { TEMPLATE } else { rules.text };
        let (head, tail) = if buttons.is_empty() {
            (&*text, "")
        } else {
            cutting::tail(&text, room)
        };
        pieces.extend(texts(head, rules.text));
        if !buttons.is_empty() {
            let mut words = tail.to_owned();
            if words.is_empty() {
                POINTER.clone_into(&mut words);
                notes.push(format!(
                    "{} shows buttons only under words, so a “{POINTER}” was sent above them.",
                    rules.name
                ));
            }
            let mut last = piece(Part::text(words));
            last.message.buttons = buttons;
            last.message.layout = layout;
            pieces.push(last);
        }
    }
    for words in notes {
        note(pieces, words);
    }
}

fn is_text(piece: &Piece) -> bool {
    matches!(piece.message.parts.first(), Some(Part::Text { .. }))
}

/// Takes the last piece away if it is text, because buttons stand under its words.
fn taken_text(pieces: &mut Vec<Piece>, notes: &mut Vec<String>) -> String {
    if !pieces.last().is_some_and(is_text) {
        return String::new();
    }
    let Some(mut last) = pieces.pop() else {
        return String::new();
    };
    notes.splice(0..0, std::mem::take(&mut last.notes));
    last.message.parts.iter().find_map(Part::words).unwrap_or_default()
}
