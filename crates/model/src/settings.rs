//! The settings of each provider: one typed struct and one description of its card.
//!
//! A provider's folder of the house begins here: its struct, its tabs and how the two are read and written.
//! Secrets are no part of the structs; they travel and are stored apart.

mod custom;
mod infobip;
mod messenger;
mod shared;
mod telegram_app;
mod telegram_bot;
mod viber;
mod web_chat;

pub use custom::{Custom, Signature};
pub use infobip::Infobip;
pub use messenger::Messenger;
pub use telegram_app::TelegramApp;
pub use telegram_bot::TelegramBot;
pub use viber::Viber;
pub use web_chat::{AlternativeChannel, Appointment, Call, Captcha, Chat, View, WebChat};

use crate::{
    Fields, Provider,
    form::{Field, Reader, Tab},
};
use serde::{Deserialize, Serialize};

/// The settings of one provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "provider", content = "settings", rename_all = "snake_case")]
pub enum Settings {
    /// Telegram Bot.
    TelegramBot(TelegramBot),
    /// Telegram App.
    TelegramApp(TelegramApp),
    /// Infobip.
    Infobip(Infobip),
    /// Messenger.
    Messenger(Messenger),
    /// Viber.
    Viber(Viber),
    /// Web chat.
    WebChat(Box<WebChat>),
    /// Custom Chat Gateway.
    Custom(Custom),
}

// Colours and numbers are compared as they are stored; no NaN passes the form.
impl Eq for Settings {}

impl Settings {
    /// Which provider they are for.
    #[must_use]
    pub const fn provider(&self) -> Provider {
        match self {
            Self::TelegramBot(_) => Provider::TelegramBot,
            Self::TelegramApp(_) => Provider::TelegramApp,
            Self::Infobip(_) => Provider::Infobip,
            Self::Messenger(_) => Provider::Messenger,
            Self::Viber(_) => Provider::Viber,
            Self::WebChat(_) => Provider::WebChat,
            Self::Custom(_) => Provider::Custom,
        }
    }

    /// Whether the gateway can be enabled only with a flow schema; a web chat without chat needs none.
    #[must_use]
    pub fn needs_flow(&self) -> bool {
        match self {
            Self::WebChat(settings) => settings.chat.enabled,
            _ => true,
        }
    }

    /// The text for the database; it names the provider, so that it can't be read as another's.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "settings hold only text, numbers and maps by text"
    )]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("settings hold only text, numbers and maps by text")
    }

    /// Reads [`Settings::to_json`].
    ///
    /// # Errors
    ///
    /// When the text isn't what `to_json` writes.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Reads the settings out of a form.
    pub fn read(provider: Provider, reader: &mut Reader<'_>) -> Self {
        match provider {
            Provider::TelegramBot => Self::TelegramBot(TelegramBot::default()),
            Provider::TelegramApp => Self::TelegramApp(TelegramApp::read(reader)),
            Provider::Infobip => Self::Infobip(Infobip::read(reader)),
            Provider::Messenger => Self::Messenger(Messenger::read(reader)),
            Provider::Viber => Self::Viber(Viber::read(reader)),
            Provider::WebChat => Self::WebChat(Box::new(WebChat::read(reader))),
            Provider::Custom => Self::Custom(Custom::read(reader)),
        }
    }

    /// Writes the settings into a form.
    pub fn write(&self, fields: &mut Fields) {
        match self {
            Self::TelegramBot(_) => {}
            Self::TelegramApp(settings) => settings.write(fields),
            Self::Infobip(settings) => settings.write(fields),
            Self::Messenger(settings) => settings.write(fields),
            Self::Viber(settings) => settings.write(fields),
            Self::WebChat(settings) => settings.write(fields),
            Self::Custom(settings) => settings.write(fields),
        }
    }
}

/// The tabs of a provider's card, in order.
#[must_use]
pub const fn tabs(provider: Provider) -> &'static [Tab] {
    match provider {
        Provider::TelegramBot => telegram_bot::TABS,
        Provider::TelegramApp => telegram_app::TABS,
        Provider::Infobip => infobip::TABS,
        Provider::Messenger => messenger::TABS,
        Provider::Viber => viber::TABS,
        Provider::WebChat => web_chat::TABS,
        Provider::Custom => custom::TABS,
    }
}

/// The description of one field of a provider's card.
#[must_use]
pub fn field(provider: Provider, key: &str) -> Option<&'static Field> {
    tabs(provider)
        .iter()
        .flat_map(Tab::fields)
        .find(|field| field.key == key)
}

#[cfg(test)]
mod tests;
