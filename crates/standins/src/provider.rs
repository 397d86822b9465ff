//! Who is played.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A messenger, or the customers of Custom gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Telegram's Bot API.
    Telegram,
    /// Viber.
    Viber,
    /// Meta's Graph API: pages, Instagram, `WhatsApp`.
    Graph,
    /// `WhatsApp` through Infobip.
    Infobip,
    /// The customers' own systems.
    Customer,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Telegram, Self::Viber, Self::Graph, Self::Infobip, Self::Customer];

    /// The first piece of its paths.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Viber => "viber",
            Self::Graph => "graph",
            Self::Infobip => "infobip",
            Self::Customer => "customer",
        }
    }

    /// Whose path this is.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let first = path.strip_prefix('/')?.split('/').next()?;
        Self::from_code(first)
    }

    /// The one that is called so.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.code() == code)
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_belongs_to_its_first_piece() {
        assert_eq!(Provider::of_path("/viber/pa/send_message"), Some(Provider::Viber));
        assert_eq!(Provider::of_path("/viberish"), None);
        assert_eq!(Provider::of_path("/"), None);
        for (index, provider) in Provider::ALL.into_iter().enumerate() {
            assert_eq!(provider.index(), index);
            assert_eq!(Provider::of_path(&format!("/{provider}")), Some(provider));
        }
    }
}
