//! Buttons under the last piece of a message, in a list, or in its words.

use super::{BODY, BUTTONS, CAPTION, LIST, TEXT};
use crate::{
    Piece, Plan, cutting,
    draft::POINTER,
    shape::{Buttons, Reply, Rules, note, piece, texts},
};
use model::message::{Button, Part};

const URLS: &str = "WhatsApp shows no buttons that open pages, so their addresses were written into the message.";
const OTHERS: &str = "WhatsApp has no buttons that ask for a phone, a place or an address, so their titles were written into the message.";
const WORDLESS: &str = "WhatsApp shows buttons only under words, so a “👇” was sent above them.";

/// Adds the buttons of a message to the pieces that it has become.
pub(super) fn add(plan: &mut Plan, rows: &[Vec<Button>], emoji: bool) {
    let mut buttons = Buttons::of(rows);
    if buttons == Buttons::default() {
        return;
    }
    let mut notes = Vec::new();
    let mut lines = buttons.take_others();
    if !lines.is_empty() {
        notes.push(OTHERS.to_owned());
    }
    let urls = buttons.take_urls();
    if !urls.is_empty() {
        notes.push(URLS.to_owned());
    }
    lines.extend(urls);
    let list = Rules { emoji, ..LIST };
    let is_few = Rules { emoji, ..BUTTONS }.check(&buttons.replies).is_ok();
    if let Some(misfit) = list.check(&buttons.replies).err().filter(|_| !is_few) {
        notes.push(list.explain(misfit, "WhatsApp"));
        let (numbered, choices) = buttons.take_numbered();
        lines.extend(numbered);
        plan.choices = choices;
    }
    let lines = lines.join("\n");
    if buttons.replies.is_empty() {
        let text = joined(&taken_text(&mut plan.pieces, &mut notes), &lines);
        plan.pieces.extend(texts(&text, TEXT));
    } else if !(is_few && under_file(&mut plan.pieces, &lines, &buttons.replies, &mut notes)) {
        under_text(&mut plan.pieces, &lines, buttons.replies, &mut notes);
    }
    for words in notes {
        note(&mut plan.pieces, words);
    }
}

/// Takes the last piece away if it is text, because buttons stand under its words.
fn taken_text(pieces: &mut Vec<Piece>, notes: &mut Vec<String>) -> String {
    if let Some(Part::Text { text }) = pieces.last().and_then(|last| last.message.parts.first()) {
        let text = text.clone();
        if let Some(last) = pieces.pop() {
            notes.splice(0..0, last.notes);
        }
        return text;
    }
    String::new()
}

fn joined(text: &str, lines: &str) -> String {
    match (text, lines) {
        ("", lines) => lines.to_owned(),
        (text, "") => text.to_owned(),
        (text, lines) => format!("{text}\n\n{lines}"),
    }
}

/// Puts buttons under the picture, film or document that the message ends with.
fn under_file(pieces: &mut [Piece], lines: &str, replies: &[Reply], notes: &mut Vec<String>) -> bool {
    let Some(last) = pieces.last_mut() else { return false };
    let Some(Part::Image { caption, .. } | Part::Video { caption, .. } | Part::Document { caption, .. }) =
        last.message.parts.first_mut()
    else {
        return false;
    };
    let words = joined(caption.as_deref().unwrap_or_default(), lines);
    if !CAPTION.holds(&words) {
        return false;
    }
    *caption = Some(or_pointer(words, notes));
    last.message.buttons = rows(replies.to_vec());
    true
}

fn under_text(pieces: &mut Vec<Piece>, lines: &str, replies: Vec<Reply>, notes: &mut Vec<String>) {
    let text = joined(&taken_text(pieces, notes), lines);
    let (head, tail) = cutting::tail(&text, BODY);
    pieces.extend(texts(head, TEXT));
    let mut last = piece(Part::text(or_pointer(tail.to_owned(), notes)));
    last.message.buttons = rows(replies);
    pieces.push(last);
}

fn or_pointer(words: String, notes: &mut Vec<String>) -> String {
    if words.is_empty() {
        notes.push(WORDLESS.to_owned());
        POINTER.to_owned()
    } else {
        words
    }
}

fn rows(replies: Vec<Reply>) -> Vec<Vec<Button>> {
    replies.into_iter().map(|reply| vec![reply.into_button()]).collect()
}
