//! Web chat: a chat window on the customer's own site.

mod appointment;
mod captcha;
mod channels;
mod chat;
mod view;

pub use appointment::Appointment;
pub use captcha::Captcha;
pub use channels::{AlternativeChannel, Call};
pub use chat::Chat;
pub use view::View;

use super::shared::{NAME, TEMPLATES_WITHOUT_FILE, URI, general, plain};
use crate::{
    Fields,
    form::{Control, Field, Reader, Tab},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything about the window and what it offers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct WebChat {
    /// The sites that may open a chat; empty for every site.
    pub allow_origin: Vec<String>,
    /// The look.
    pub view: View,
    /// The chat itself.
    pub chat: Chat,
    /// Booking a call back.
    pub appointment: Appointment,
    /// Other messengers that the window links to, by their code.
    pub channels: BTreeMap<String, AlternativeChannel>,
    /// A call from the browser.
    pub call: Call,
    /// The check that a person is there.
    pub captcha: Captcha,
}

const ALLOW_ORIGIN: Field = Field::new("settings.allow_origin", "Allow Origin", Control::Origins)
    .hint("Sites that may show the chat, separated by commas: https://example.com, https://*.example.com, or *. Empty: every site.");

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, ALLOW_ORIGIN, URI])]),
    view::TAB,
    chat::TAB,
    appointment::TAB,
    channels::TAB,
    TEMPLATES_WITHOUT_FILE,
    captcha::TAB,
];

impl WebChat {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let origins = reader.text(ALLOW_ORIGIN.key);
        Self {
            allow_origin: crate::form::origins(&origins).map(str::to_owned).collect(),
            view: View::read(reader),
            chat: Chat::read(reader),
            appointment: Appointment::read(reader),
            channels: channels::read(reader),
            call: Call::read(reader),
            captcha: Captcha::read(reader),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(ALLOW_ORIGIN.key, self.allow_origin.join(", "));
        self.view.write(fields);
        self.chat.write(fields);
        self.appointment.write(fields);
        channels::write(&self.channels, fields);
        self.call.write(fields);
        self.captcha.write(fields);
    }
}
