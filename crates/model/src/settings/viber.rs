//! Viber.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain, secret};
use crate::{
    Fields,
    form::{Control, Field, Reader, Tab},
};
use serde::{Deserialize, Serialize};

/// The bot's look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viber {
    /// The sender's name shown to the peer; empty for the account's own.
    pub bot_name: String,
    /// The background of buttons: `#` and six hexadecimal digits.
    pub button_background: String,
    /// The letters on buttons: `#` and six hexadecimal digits.
    pub button_color: String,
}

const TOKEN: Field = secret("secret.token", "Token").hint("From partners.viber.com → your bot → Token.");
const BOT_NAME: Field = Field::new("settings.bot_name", "Bot Name", Control::Text { max: 28 })
    .hint("The sender's name that the peer sees; empty for the account's own.");
const BACKGROUND: Field =
    Field::new("settings.btn.back.color", "Button background color", Control::Color).default("#1d2733");
const COLOR: Field = Field::new("settings.btn.font.color", "Button font color", Control::Color).default("#ffffff");

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, URI, FLOW, TOKEN, BOT_NAME])]),
    Tab {
        segment: "style",
        label: "Style",
        saved_only: false,
        groups: &[plain(&[BACKGROUND, COLOR])],
    },
    TEMPLATES,
];

impl Viber {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            bot_name: reader.text(BOT_NAME.key),
            button_background: reader.color(BACKGROUND.key),
            button_color: reader.color(COLOR.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(BOT_NAME.key, &self.bot_name);
        fields.set(BACKGROUND.key, &self.button_background);
        fields.set(COLOR.key, &self.button_color);
    }
}
