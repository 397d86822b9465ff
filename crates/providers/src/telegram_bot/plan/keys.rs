//! Which buttons Telegram can show, and what becomes of the others.

use crate::draft::{self, Keys};
use model::message::{Button, ButtonAction, Layout, Outbound, Thread, ThreadKind};

/// The longest answer of a button under a message, in bytes.
pub(in crate::telegram_bot) const CALLBACK_DATA: usize = 64;
/// The most buttons of a message, of a row, and what they may take together, in bytes.
pub(in crate::telegram_bot) const BUTTONS: usize = 100;
pub(in crate::telegram_bot) const ROW: usize = 8;
const BYTES: usize = 8_192;
/// What a button takes beside what is written in it.
const FRAME: usize = 40;

/// Sorts the buttons of a message: shown as buttons, or told in words.
pub(super) fn keys(thread: &Thread, message: &Outbound) -> Keys {
    let mut keys = Keys::default();
    if message.layout == Layout::Remove {
        if !message.buttons.is_empty() {
            keys.note("The message takes buttons away, so its own buttons were left out.");
        }
        return keys;
    }
    let (mut count, mut bytes) = (0, 0);
    for row in &message.buttons {
        let mut shown: Vec<Button> = Vec::new();
        for button in row {
            let taken = FRAME + draft::title(button).len() + answer(button);
            if !is_told(&mut keys, thread, message.layout, button) {
                if count == BUTTONS || bytes + taken > BYTES {
                    tell_the_rest(&mut keys, button);
                } else {
                    (count, bytes) = (count + 1, bytes + taken);
                    if message.layout == Layout::Reply && matches!(button.action, ButtonAction::Reply { .. }) {
                        keys.remember(button);
                    }
                    shown.push(button.clone());
                }
            }
        }
        keys.rows.extend(shown.chunks(ROW).map(<[Button]>::to_vec));
    }
    keys
}

fn answer(button: &Button) -> usize {
    match &button.action {
        ButtonAction::Url { url } => url.len(),
        _ => draft::payload(button).len(),
    }
}

fn tell_the_rest(keys: &mut Keys, button: &Button) {
    let note = format!("Telegram shows at most {BUTTONS} buttons; the others were told in words.");
    match &button.action {
        ButtonAction::Url { url } => keys.link(button, url, note),
        _ => keys.number(button, note),
    }
}

/// Tells a button in words if Telegram can't show it here.
fn is_told(keys: &mut Keys, thread: &Thread, layout: Layout, button: &Button) -> bool {
    if draft::title(button).is_empty() {
        keys.note("A button on which nothing is written was left out.");
        return true;
    }
    let inline = layout == Layout::Inline;
    match &button.action {
        ButtonAction::Reply { .. } => {
            let too_long = inline && draft::payload(button).len() > CALLBACK_DATA;
            if too_long {
                let note = format!(
                    "The answer of a button under a message has at most {CALLBACK_DATA} bytes; longer ones became a numbered list."
                );
                keys.number(button, note);
            }
            too_long
        }
        ButtonAction::Url { url } => {
            let opens = inline && is_opened(url);
            if !opens {
                let note = if inline {
                    "Telegram's buttons open only addresses of the web; the address was written out."
                } else {
                    "Only buttons under a message open pages in Telegram; the address was written out."
                };
                keys.link(button, url, note);
            }
            !opens
        }
        ButtonAction::RequestPhone | ButtonAction::RequestLocation => {
            let shown = !inline && thread.kind == ThreadKind::Private;
            if !shown {
                let note = if inline {
                    "Telegram asks for a phone or a place only in place of the keyboard; such buttons became a numbered list."
                } else {
                    "Telegram asks for a phone or a place only between two; such buttons became a numbered list."
                };
                keys.number(button, note);
            }
            !shown
        }
        ButtonAction::RequestEmail => {
            keys.number(
                button,
                "Telegram can't ask for an e-mail address; such buttons became a numbered list.",
            );
            true
        }
        _ => {
            keys.number(button, "Buttons that Telegram does not have became a numbered list.");
            true
        }
    }
}

fn is_opened(url: &str) -> bool {
    crate::media::is_web(url) || url.starts_with("tg://")
}
