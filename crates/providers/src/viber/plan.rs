//! Brings a message into the shape that Viber can carry.

mod files;
mod keys;

use crate::{
    Account, Plan,
    cutting::{self, Measure},
    draft::{self, Draft},
};
use model::message::{Outbound, Part};

/// The longest text; with what surrounds it and a keyboard it stays within the 30 KB of a call.
pub(super) const TEXT: [Measure; 2] = [Measure::utf16(7_000), Measure::json(18_000)];
/// The longest text under a picture that older clients show, too.
pub(super) const CAPTION: usize = 120;
/// The longest address.
pub(super) const ADDRESS: usize = 2_000;
/// The longest name and phone of a contact.
pub(super) const CONTACT_NAME: usize = 28;
pub(super) const CONTACT_PHONE: usize = 18;

/// One piece for each call; see [`crate::Provider::plan`].
pub(super) fn plan(account: &Account, message: &Outbound) -> Plan {
    let mut draft = Draft::default();
    for part in &message.parts {
        carry(&mut draft, part);
    }
    let mut keys = keys::keys(&super::settings(account), message);
    if message.no_input && keys.rows.is_empty() {
        keys.note("Viber hides its input field only together with buttons; the peer can type all the same.");
    }
    if message.reply_to.is_some() {
        keys.note("Viber's messages don't refer to others; the reference was left out.");
    }
    if message.silent {
        keys.note("Viber has no quiet messages; the peer's device may make a sound.");
    }
    draft.finish(message, keys, &TEXT)
}

fn carry(draft: &mut Draft, part: &Part) {
    match part {
        Part::Text { text } => draft.carry(Part::text(text)),
        Part::Image { file, caption } => files::image(draft, file, caption.as_deref()),
        Part::Video { file, caption } => files::video(draft, file, caption.as_deref()),
        Part::Audio { file, caption } | Part::Document { file, caption } => {
            files::file(draft, file, caption.as_deref(), None);
        }
        Part::Voice { file, .. } => files::file(draft, file, None, None),
        Part::Sticker { file, emoji } => match (emoji, file) {
            (Some(emoji), _) => draft.instead(emoji, "Viber has stickers of its own only; the emoji was sent."),
            (None, Some(file)) if crate::media::address(file).is_some() => files::image(draft, file, None),
            (None, _) => draft.instead("[sticker]", "The sticker has no file; it was named in its place."),
        },
        Part::Location { title, address, .. } => {
            let words = draft::lines([title, address].into_iter().flatten().map(String::as_str));
            if !words.is_empty() {
                draft.instead(
                    words,
                    "Viber's places have no name; it was sent as a text before the place.",
                );
            }
            draft.carry(part.clone());
        }
        Part::Contact {
            name, phones, vcard, ..
        } => contact(draft, name, phones, vcard.as_deref()),
        Part::Link { url, title: None } if url.len() <= ADDRESS && crate::media::is_web(url) => {
            draft.carry(part.clone());
        }
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

fn contact(draft: &mut Draft, name: &str, phones: &[String], vcard: Option<&str>) {
    let mut phones = phones
        .iter()
        .map(String::as_str)
        .filter(|phone| !phone.trim().is_empty());
    let first = phones.next();
    let Some(phone) = first.filter(|phone| cutting::fits(phone, &[Measure::utf16(CONTACT_PHONE)])) else {
        let all = [if name.is_empty() { "[contact]" } else { name }].into_iter();
        let words = draft::lines(all.chain(first).chain(phones).chain(vcard));
        let note = format!(
            "Viber's contacts need a phone of at most {CONTACT_PHONE} characters; this one was sent as a text."
        );
        return draft.instead(words, note);
    };
    let name = if name.trim().is_empty() { phone } else { name };
    let short = cutting::head(name, &[Measure::utf16(CONTACT_NAME)]);
    if short.len() < name.len() {
        let note = format!("The contact's name has more than {CONTACT_NAME} characters; it was sent as a text, too.");
        draft.instead(name, note);
    }
    draft.carry(Part::Contact {
        name: short.trim_end().to_owned(),
        phones: vec![phone.to_owned()],
        vcard: None,
        is_self: false,
    });
    let more = draft::lines(phones.chain(vcard));
    if !more.is_empty() {
        draft.instead(
            more,
            "Viber's contacts have a name and one phone; the rest was sent as a text.",
        );
    }
}
