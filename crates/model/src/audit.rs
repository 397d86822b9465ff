//! The record of who did what.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// What was done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It was created.
    Created,
    /// Some of its fields were changed.
    Changed,
    /// It was enabled.
    Enabled,
    /// It was disabled.
    Disabled,
    /// It was removed.
    Removed,
    /// A user's password was set.
    PasswordSet,
    /// A user signed in.
    SignedIn,
    /// A user signed out, on one device or on all.
    SignedOut,
    /// Its accounts at the messenger were changed; that makes no version of it.
    AccountsChanged,
    /// Its health is another one now; open pages are told so, but nobody did it, so it is in no record.
    Observed,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 10] = [
        Self::Created,
        Self::Changed,
        Self::Enabled,
        Self::Disabled,
        Self::Removed,
        Self::PasswordSet,
        Self::SignedIn,
        Self::SignedOut,
        Self::AccountsChanged,
        Self::Observed,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Removed => "removed",
            Self::PasswordSet => "password_set",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::AccountsChanged => "accounts_changed",
            Self::Observed => "observed",
        }
    }

    /// What was done, in words: "changed", "set the password".
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Changed => "changed",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Removed => "removed",
            Self::PasswordSet => "set the password",
            Self::SignedIn => "signed in",
            Self::SignedOut => "signed out",
            Self::AccountsChanged => "changed the accounts of",
            Self::Observed => "observed",
        }
    }

    /// Reads [`Action::code`].
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.code() == code)
    }
}

/// One field that a change touched; a secret has neither `from` nor `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The field's key.
    pub field: String,
    /// The field's label when the change was made.
    pub label: String,
    /// The value before, unless it is secret.
    pub from: Option<String>,
    /// The value after, unless it is secret.
    pub to: Option<String>,
}

/// One line of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Its number; later lines have larger ones.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by name.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// Which fields were changed.
    pub changes: Vec<FieldChange>,
}
