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
    /// What somebody is shown who opens the chat and has written nothing yet; empty for nothing.
    #[serde(default)]
    pub welcome: String,
}

const TOKEN: Field = secret("secret.token", "Token").hint("From partners.viber.com → your bot → Token.");
const BOT_NAME: Field = Field::new("settings.bot_name", "Bot Name", Control::Text { max: 28 })
    .hint("The sender's name that the peer sees; empty for the account's own.");
const WELCOME: Field = Field::new("settings.welcome", "Welcome message", Control::Text { max: 7_000 })
    .hint("Shown when somebody opens the chat before writing; empty: nothing.");
const BACKGROUND: Field =
    Field::new("settings.btn.back.color", "Button background color", Control::Color).default("#1d2733");
const COLOR: Field = Field::new("settings.btn.font.color", "Button font color", Control::Color).default("#ffffff");

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, URI, FLOW, TOKEN, BOT_NAME, WELCOME])]),
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
            welcome: reader.text(WELCOME.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(BOT_NAME.key, &self.bot_name);
        fields.set(BACKGROUND.key, &self.button_background);
        fields.set(COLOR.key, &self.button_color);
        fields.set(WELCOME.key, &self.welcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_from_before_there_was_a_welcome_have_none() {
        let old = r##"{"bot_name":"Shop","button_background":"#1d2733","button_color":"#ffffff"}"##;
        let settings: Viber = serde_json::from_str(old).unwrap();
        assert_eq!((settings.bot_name.as_str(), settings.welcome.as_str()), ("Shop", ""));
    }
}
