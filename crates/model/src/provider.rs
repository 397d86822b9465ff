//! The messengers a gateway can connect to.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The messenger kind of a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// A bot made with `BotFather`.
    TelegramBot,
    /// A person's Telegram account.
    TelegramApp,
    /// `WhatsApp` through Infobip.
    Infobip,
    /// Facebook pages, Instagram and `WhatsApp` through Meta.
    Messenger,
    /// A Viber bot.
    Viber,
    /// A chat window on the customer's own site.
    WebChat,
    /// The customer's own system, over HTTP.
    Custom,
}

impl Provider {
    /// Every provider, in the order in which they are offered.
    pub const ALL: [Self; 7] = [
        Self::TelegramBot,
        Self::TelegramApp,
        Self::Infobip,
        Self::Messenger,
        Self::Viber,
        Self::WebChat,
        Self::Custom,
    ];

    /// The name in the database, in URLs and in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TelegramBot => "telegram_bot",
            Self::TelegramApp => "telegram_app",
            Self::Infobip => "infobip",
            Self::Messenger => "messenger",
            Self::Viber => "viber",
            Self::WebChat => "web_chat",
            Self::Custom => "custom",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::TelegramBot => "Telegram Bot",
            Self::TelegramApp => "Telegram App",
            Self::Infobip => "Infobip",
            Self::Messenger => "Messenger",
            Self::Viber => "Viber",
            Self::WebChat => "Web chat",
            Self::Custom => "Custom Chat Gateway",
        }
    }

    /// What somebody needs at hand to set one up, in one line.
    #[must_use]
    pub const fn needs(self) -> &'static str {
        match self {
            Self::TelegramBot => "A bot's token from @BotFather",
            Self::TelegramApp => "An API id and hash from my.telegram.org, and the account's phone",
            Self::Infobip => "An API key and the base URL of your Infobip account",
            Self::Messenger => "A Meta app: its id and secret",
            Self::Viber => "A bot's token from the Viber Admin Panel",
            Self::WebChat => "The addresses of the sites that show the chat window",
            Self::Custom => "A secret, and a URL of your own that receives replies",
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// What was written is no provider.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no provider")]
pub struct UnknownProvider(String);

impl FromStr for Provider {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        let found = Self::ALL.into_iter().find(|provider| provider.code() == text);
        found.ok_or_else(|| UnknownProvider(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_found_by_its_code_only() {
        for provider in Provider::ALL {
            assert_eq!(provider.code().parse::<Provider>().unwrap(), provider);
        }
        assert!("telegram".parse::<Provider>().is_err());
    }
}
