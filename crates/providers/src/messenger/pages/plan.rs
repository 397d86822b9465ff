//! How a message is brought into shape for Messenger and Instagram.

mod buttons;
mod parts;
#[cfg(test)]
mod tests;

pub(super) use buttons::asks_for;

use crate::{
    Plan,
    cutting::Measure,
    shape::{self, note},
};
use model::message::Outbound;

/// What is written above the buttons of a template.
const TEMPLATE: Measure = Measure::utf16(640);

/// What one of the two can carry.
#[derive(Clone, Copy, Debug)]
pub(in crate::messenger) struct Rules {
    /// Its name in sentences.
    pub(in crate::messenger) name: &'static str,
    /// A message of text.
    pub(in crate::messenger) text: Measure,
    /// A file.
    pub(in crate::messenger) largest: u64,
    /// A picture.
    pub(in crate::messenger) largest_picture: u64,
    /// The types of pictures; empty for any.
    pub(in crate::messenger) pictures: &'static [&'static str],
    /// The types of documents; empty for any.
    pub(in crate::messenger) documents: &'static [&'static str],
    /// Whether a button can ask for a phone or an address for electronic mail.
    pub(in crate::messenger) asks: bool,
    /// Whether quick replies may stand under a file without words.
    pub(in crate::messenger) replies_under_files: bool,
}

/// Quick replies stand above the keyboard, and go when one is pressed.
const QUICK_REPLIES: shape::Rules = shape::Rules {
    most: 13,
    title: Measure::utf16(20),
    payload: Measure::utf16(1_000),
    distinct: false,
    emoji: true,
};
/// The buttons of a template stay under the message.
const TEMPLATE_BUTTONS: shape::Rules = shape::Rules {
    most: 3,
    ..QUICK_REPLIES
};

/// Brings a message into shape.
pub(in crate::messenger) fn plan(rules: &Rules, message: &Outbound) -> Plan {
    let mut plan = Plan {
        pieces: message
            .parts
            .iter()
            .flat_map(|part| parts::pieces(rules, part))
            .collect(),
        choices: Vec::new(),
    };
    buttons::add(rules, &mut plan, message);
    if message.reply_to.is_some() {
        let why = format!(
            "The message is not shown as an answer to another: pages can't do that on {}.",
            rules.name
        );
        note(plan.pieces.get_mut(..1).unwrap_or_default(), why);
    }
    plan
}
