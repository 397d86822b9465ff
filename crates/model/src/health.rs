//! What was last observed of a gateway at its messenger.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// How a gateway fares, as far as the last exchange with its messenger tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// In one word.
    pub state: HealthState,
    /// Since when it is so.
    pub since: Timestamp,
    /// When somebody looked last.
    pub checked_at: Option<Timestamp>,
    /// The reason in one word, for programs: `webhook_elsewhere`; empty when all is well.
    pub code: String,
    /// The reason and what to do, for people; empty when all is well.
    pub sentence: String,
    /// What a button can do about it.
    pub remedy: Option<Remedy>,
    /// Who the gateway is at the messenger, such as `@shop_bot`; empty if nobody knows yet.
    pub identity: String,
    /// What the administrator has to do at the messenger by hand; empty if nothing.
    pub to_do: String,
}

impl Health {
    /// Of a gateway that was never enabled.
    #[must_use]
    pub const fn disabled() -> Self {
        Self {
            state: HealthState::Disabled,
            since: Timestamp(0),
            checked_at: None,
            code: String::new(),
            sentence: String::new(),
            remedy: None,
            identity: String::new(),
            to_do: String::new(),
        }
    }
}

impl Default for Health {
    fn default() -> Self {
        Self::disabled()
    }
}

/// Health in one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HealthState {
    /// Nobody wants it to work.
    #[default]
    Disabled,
    /// It is being announced at the messenger.
    Connecting,
    /// It works.
    Connected,
    /// It works, but not as it should.
    Degraded,
    /// It can't work as it is set up here or at the messenger.
    Misconfigured,
    /// The messenger does not accept its credentials.
    BadCredentials,
    /// The messenger can't be reached.
    Unreachable,
    /// Its account was signed out.
    SignedOut,
}

impl HealthState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Disabled,
        Self::Connecting,
        Self::Connected,
        Self::Degraded,
        Self::Misconfigured,
        Self::BadCredentials,
        Self::Unreachable,
        Self::SignedOut,
    ];

    /// The word in the database, in metrics and in answers.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Degraded => "degraded",
            Self::Misconfigured => "misconfigured",
            Self::BadCredentials => "bad_credentials",
            Self::Unreachable => "unreachable",
            Self::SignedOut => "signed_out",
        }
    }

    /// The word for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::Connecting => "connecting",
            Self::Connected => "connected",
            Self::Degraded => "degraded",
            Self::Misconfigured => "misconfigured",
            Self::BadCredentials => "bad credentials",
            Self::Unreachable => "unreachable",
            Self::SignedOut => "signed out",
        }
    }

    /// Whether somebody has to look after it.
    #[must_use]
    pub const fn is_trouble(self) -> bool {
        match self {
            Self::Disabled | Self::Connecting | Self::Connected => false,
            Self::Degraded | Self::Misconfigured | Self::BadCredentials | Self::Unreachable | Self::SignedOut => true,
        }
    }
}

impl fmt::Display for HealthState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

/// What was written is no state of health.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no state of health")]
pub struct UnknownHealth(String);

impl FromStr for HealthState {
    type Err = UnknownHealth;

    fn from_str(text: &str) -> Result<Self, UnknownHealth> {
        let found = Self::ALL.into_iter().find(|state| state.code() == text);
        found.ok_or_else(|| UnknownHealth(text.to_owned()))
    }
}

/// What a button can do about a gateway's trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// Announce it once more.
    RegisterAgain,
    /// Let the messenger send its events to us instead of to somebody else.
    TakeOver,
    /// Give it other credentials.
    ReplaceToken,
    /// Change its settings.
    OpenSettings,
}

impl Remedy {
    const ALL: [Self; 4] = [
        Self::RegisterAgain,
        Self::TakeOver,
        Self::ReplaceToken,
        Self::OpenSettings,
    ];

    /// The word in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::RegisterAgain => "register_again",
            Self::TakeOver => "take_over",
            Self::ReplaceToken => "replace_token",
            Self::OpenSettings => "open_settings",
        }
    }

    /// What is written on the button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::RegisterAgain => "Register again",
            Self::TakeOver => "Take over",
            Self::ReplaceToken => "Replace token",
            Self::OpenSettings => "Open settings",
        }
    }

    /// The remedy of a word in the database; none for the empty one.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|remedy| remedy.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_found_by_its_code_only() {
        for state in HealthState::ALL {
            assert_eq!(state.code().parse::<HealthState>().unwrap(), state);
        }
        assert!("bad credentials".parse::<HealthState>().is_err());
    }

    #[test]
    fn a_remedy_is_found_by_its_code() {
        for remedy in Remedy::ALL {
            assert_eq!(Remedy::of(remedy.code()), Some(remedy));
        }
        assert_eq!(Remedy::of(""), None);
    }
}
