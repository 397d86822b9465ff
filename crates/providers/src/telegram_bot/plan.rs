//! Brings a message into the shape that Telegram can carry.

mod files;
mod keys;

use super::request;
use crate::{
    Account, Plan,
    cutting::{self, Measure},
    draft::{self, Draft},
};
use model::message::{Outbound, Part, Thread};

/// The longest text, in characters as Telegram counts them.
pub(super) const TEXT: usize = 4_096;
/// The longest caption of a file.
pub(super) const CAPTION: usize = 1_024;
/// The longest card of a contact, in bytes.
const CARD: usize = 2_048;

/// One piece for each call; see [`crate::Provider::plan`].
pub(super) fn plan(account: &Account, thread: &Thread, message: &Outbound) -> Plan {
    let mut draft = Draft::default();
    for part in &message.parts {
        carry(&mut draft, account, part);
    }
    let mut keys = keys::keys(thread, message);
    if message.no_input {
        keys.note("Telegram can't hide the input field; the peer can type all the same.");
    }
    if message.reply_to.as_deref().is_some_and(|id| id.parse::<i64>().is_err()) {
        keys.note("The message that is answered is not Telegram's; the reference was left out.");
    }
    draft.finish(message, keys, &[Measure::utf16(TEXT)])
}

fn carry(draft: &mut Draft, account: &Account, part: &Part) {
    match part {
        Part::Text { text } => draft.carry(Part::text(text)),
        Part::Image { file, caption }
        | Part::Video { file, caption }
        | Part::Audio { file, caption }
        | Part::Document { file, caption } => match files::refusal(account, part, file) {
            Some(note) => draft.instead(crate::media::in_words(file, caption.as_deref()), note),
            None => captioned(draft, files::as_sent(part, file), caption.as_deref()),
        },
        Part::Voice { file, .. } => match files::refusal(account, part, file) {
            Some(note) => draft.instead(crate::media::in_words(file, None), note),
            None => draft.carry(part.clone()),
        },
        Part::Sticker { file, emoji } => match file {
            Some(file) if request::source(file).is_some() => draft.carry(part.clone()),
            _ => draft.instead(
                emoji.as_deref().unwrap_or("[sticker]"),
                "The sticker has no file; its emoji was sent.",
            ),
        },
        Part::Location { title, address, .. } => {
            let words = draft::lines([title, address].into_iter().flatten().map(String::as_str));
            if !words.is_empty() {
                draft.instead(
                    words,
                    "Telegram's places have no name; it was sent as a text before the place.",
                );
            }
            draft.carry(part.clone());
        }
        Part::Contact {
            name, phones, vcard, ..
        } => contact(draft, name, phones, vcard.as_deref()),
        Part::Link { url, title } => draft.carry(Part::text(draft::lines([title.as_deref().unwrap_or_default(), url]))),
        Part::Unsupported { provider_type } => draft.instead(
            format!(
                "[{}]",
                if provider_type.is_empty() {
                    "unsupported"
                } else {
                    provider_type
                }
            ),
            "A part that has no meaning here was named in its place.",
        ),
        _ => draft.instead(
            "[unsupported]",
            "A part that this version does not know was named in its place.",
        ),
    }
}

/// A file with a caption; a caption that is too long follows as a text.
fn captioned(draft: &mut Draft, mut part: Part, caption: Option<&str>) {
    let caption = caption.filter(|caption| !caption.trim().is_empty());
    let fits = caption.is_none_or(|caption| cutting::fits(caption, &[Measure::utf16(CAPTION)]));
    let (Part::Image { caption: own, .. }
    | Part::Video { caption: own, .. }
    | Part::Audio { caption: own, .. }
    | Part::Document { caption: own, .. }) = &mut part
    else {
        return draft.carry(part);
    };
    *own = caption.filter(|_| fits).map(str::to_owned);
    draft.carry(part);
    if let Some(caption) = caption.filter(|_| !fits) {
        let note = format!("The caption has more than {CAPTION} characters; it was sent as a text after the file.");
        draft.instead(caption, note);
    }
}

fn contact(draft: &mut Draft, name: &str, phones: &[String], vcard: Option<&str>) {
    let mut phones = phones
        .iter()
        .map(String::as_str)
        .filter(|phone| !phone.trim().is_empty());
    let Some(phone) = phones.next() else {
        let card = vcard.unwrap_or_default();
        let words = draft::lines([if name.is_empty() { "[contact]" } else { name }, card]);
        return draft.instead(words, "Telegram's contacts need a phone; this one was sent as a text.");
    };
    let fits = vcard.filter(|card| card.len() <= CARD);
    draft.carry(Part::Contact {
        name: if name.trim().is_empty() { phone } else { name }.to_owned(),
        phones: vec![phone.to_owned()],
        vcard: fits.map(str::to_owned),
        is_self: false,
    });
    let more = draft::lines(phones);
    if !more.is_empty() {
        draft.instead(
            more,
            "Telegram's contacts have one phone; the others were sent as a text.",
        );
    }
    if let Some(card) = vcard.filter(|_| fits.is_none()) {
        let note = format!("The contact's card has more than {CARD} bytes; it was sent as a text.");
        draft.instead(card, note);
    }
}
