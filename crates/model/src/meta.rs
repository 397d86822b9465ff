//! The pages, Instagram accounts and numbers of Messenger gateways.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What an account at Meta is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetaKind {
    /// A Facebook page.
    Facebook,
    /// A professional Instagram account.
    Instagram,
    /// A `WhatsApp` number.
    WhatsApp,
}

impl MetaKind {
    /// Every kind, in the order of the tabs.
    pub const ALL: [Self; 3] = [Self::Facebook, Self::Instagram, Self::WhatsApp];

    /// The word in the database, in URLs and in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::WhatsApp => "whatsapp",
        }
    }

    /// One of them, in a sentence.
    #[must_use]
    pub const fn one(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook page",
            Self::Instagram => "Instagram account",
            Self::WhatsApp => "WhatsApp number",
        }
    }

    /// So many of them, in a sentence.
    #[must_use]
    pub fn count(self, count: usize) -> String {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", self.one())
    }

    /// Whether somebody connects them by signing in at Meta; numbers are connected with a system user's token.
    #[must_use]
    pub const fn has_sign_in(self) -> bool {
        matches!(self, Self::Facebook | Self::Instagram)
    }
}

/// A text that names no kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMetaKind;

impl FromStr for MetaKind {
    type Err = UnknownMetaKind;

    fn from_str(code: &str) -> Result<Self, UnknownMetaKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.code() == code);
        found.ok_or(UnknownMetaKind)
    }
}

/// A line of the table of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaRow {
    /// What it is.
    pub kind: MetaKind,
    /// Its id at Meta.
    pub id: String,
    /// Its name; of a number the one that Meta has verified.
    pub name: String,
    /// Whether its messages shall come to the gateway.
    pub subscribed: bool,
    /// What else is known of it.
    pub details: MetaDetails,
    /// Since when Meta no longer names it, or no longer takes its token.
    pub gone_at: Option<Timestamp>,
}

impl MetaRow {
    /// Its name, or what else it is known by.
    #[must_use]
    pub fn label(&self) -> &str {
        let details = &self.details;
        let known = [self.name.as_str(), &details.username, &details.phone];
        known.into_iter().find(|text| !text.is_empty()).unwrap_or(&self.id)
    }
}

/// What Meta tells of an account beside its id and its name; empty where it tells nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MetaDetails {
    /// The name on Instagram, without `@`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub username: String,
    /// The name of the page that it belongs to.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// A number as people write it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// How far a number's name is verified, such as `APPROVED`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name_status: String,
    /// How people like a number's messages: `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub quality: String,
    /// The id at Meta of whoever let the app see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub granted_by: String,
    /// Why it is gone, in a sentence.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub trouble: String,
}

/// What was found at Meta.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetaFound {
    /// How many Meta named.
    pub found: usize,
    /// How many of them were not known before.
    pub added: usize,
    /// How many that were known before are gone.
    pub gone: usize,
}

impl MetaFound {
    /// In a sentence.
    #[must_use]
    pub fn sentence(&self, kind: MetaKind) -> String {
        let named = kind.count(self.found);
        let new = match self.added {
            0 => String::new(),
            added => format!(", {added} new"),
        };
        let gone = match self.gone {
            0 => String::new(),
            1 => " One is gone.".to_owned(),
            gone => format!(" {gone} are gone."),
        };
        format!("Meta names {named}{new}.{gone}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_is_written() {
        for kind in MetaKind::ALL {
            assert_eq!(kind.code().parse(), Ok(kind));
            assert_eq!(serde_json::to_value(kind).ok(), Some(kind.code().into()));
        }
        assert_eq!("threads".parse::<MetaKind>(), Err(UnknownMetaKind));
    }

    #[test]
    fn what_was_found_is_told_in_a_sentence() {
        let found = |found, added, gone| MetaFound { found, added, gone }.sentence(MetaKind::Facebook);
        assert_eq!(found(1, 0, 0), "Meta names 1 Facebook page.");
        assert_eq!(found(3, 2, 1), "Meta names 3 Facebook pages, 2 new. One is gone.");
        assert_eq!(found(0, 0, 2), "Meta names 0 Facebook pages. 2 are gone.");
    }
}
