//! What `WhatsApp` can carry, whoever stands between it and us.

mod buttons;
mod parts;
#[cfg(test)]
mod tests;

use super::{Reply, Rules};
use crate::{Plan, cutting::Measure};
use model::message::Outbound;

/// A message of text.
pub(crate) const TEXT: Measure = Measure::utf16(4_096);
/// What stands under a file.
pub(crate) const CAPTION: Measure = Measure::utf16(1_024);
/// What stands above buttons.
pub(crate) const BODY: Measure = Measure::utf16(1_024);
/// What is written on the button that opens a list.
pub(crate) const MENU: &str = "Menu";

/// Up to three buttons stand under a message.
const BUTTONS: Rules = Rules {
    most: 3,
    title: Measure::utf16(20),
    payload: Measure::utf16(256),
    distinct: true,
    emoji: true,
};
/// Up to ten stand in a list that a button opens.
const LIST: Rules = Rules {
    most: 10,
    title: Measure::utf16(24),
    payload: Measure::utf16(200),
    distinct: true,
    emoji: true,
};

/// Brings a message into shape; `emoji` says whether buttons may carry pictures.
pub(crate) fn plan(message: &Outbound, emoji: bool) -> Plan {
    let mut plan = Plan {
        pieces: message.parts.iter().flat_map(parts::pieces).collect(),
        choices: Vec::new(),
    };
    buttons::add(&mut plan, &message.buttons, emoji);
    if let Some(first) = plan.pieces.first_mut() {
        first.message.reply_to.clone_from(&message.reply_to);
    }
    plan
}

/// Whether the buttons of a piece stand under the message; if not, they stand in a list.
pub(crate) fn are_buttons(replies: &[Reply]) -> bool {
    BUTTONS.check(replies).is_ok()
}
