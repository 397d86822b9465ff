//! Which buttons Viber can show, and what becomes of the others.

use super::ADDRESS;
use crate::{
    draft::{self, Keys},
    media,
    viber::request::{self, COLUMNS},
};
use model::{
    message::{Button, ButtonAction, Layout, Outbound},
    settings::Viber,
};

/// The most rows of a keyboard, and what its buttons may take together, in bytes.
const ROWS: usize = 12;
const BYTES: usize = 9_000;
/// The longest text on a button, with the marks of its colour.
const LABEL: usize = 250;

/// Sorts the buttons of a message: shown as buttons, or told in words.
pub(super) fn keys(settings: &Viber, message: &Outbound) -> Keys {
    let mut keys = Keys::default();
    if message.layout == Layout::Remove {
        if !message.buttons.is_empty() {
            keys.note("The message takes buttons away, so its own buttons were left out.");
        }
        return keys;
    }
    let mut bytes = 0;
    for row in &message.buttons {
        let mut shown: Vec<Button> = Vec::new();
        for button in row {
            if is_told(&mut keys, settings, button) {
                continue;
            }
            let taken = request::button(settings, button, COLUMNS).to_string().len() + 1;
            let room = keys.rows.len() + shown.len() / COLUMNS < ROWS;
            if room && bytes + taken <= BYTES {
                bytes += taken;
                shown.push(button.clone());
            } else {
                tell(
                    &mut keys,
                    button,
                    "Viber's keyboard is full; the other buttons were told in words.",
                );
            }
        }
        keys.rows.extend(shown.chunks(COLUMNS).map(<[Button]>::to_vec));
    }
    if message.layout == Layout::Inline && !keys.rows.is_empty() {
        keys.note("Viber has no buttons under a message; they stand in place of the keyboard.");
    }
    keys
}

fn tell(keys: &mut Keys, button: &Button, note: &str) {
    match &button.action {
        ButtonAction::Url { url } => keys.link(button, url, note),
        _ => keys.number(button, note),
    }
}

/// Tells a button in words if Viber can't show it.
fn is_told(keys: &mut Keys, settings: &Viber, button: &Button) -> bool {
    if draft::title(button).is_empty() {
        keys.note("A button on which nothing is written was left out.");
        return true;
    }
    let note = match &button.action {
        _ if request::label(settings, button).encode_utf16().count() > LABEL => {
            "What is written on a button is too long for Viber; such buttons were told in words."
        }
        ButtonAction::Url { url } if !media::is_web(url) || url.len() > ADDRESS => {
            "Viber's buttons open only addresses of the web of at most 2,000 characters; the address was written out."
        }
        ButtonAction::Reply { .. }
        | ButtonAction::Url { .. }
        | ButtonAction::RequestPhone
        | ButtonAction::RequestLocation => return false,
        ButtonAction::RequestEmail => "Viber can't ask for an e-mail address; such buttons became a numbered list.",
        _ => "Buttons that Viber does not have became a numbered list.",
    };
    tell(keys, button, note);
    true
}
