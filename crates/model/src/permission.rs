//! Who may do what: sections, letters, grants.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A part of the product for which rights are granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Chat gateways.
    ChatGateways,
    /// Flow schemas.
    Flows,
    /// Users.
    Users,
    /// Roles.
    Roles,
}

impl Section {
    /// Every section, in the order of the navigation.
    pub const ALL: [Self; 4] = [Self::ChatGateways, Self::Flows, Self::Users, Self::Roles];

    /// The name in the database, the audit and forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ChatGateways => "chat_gateways",
            Self::Flows => "flows",
            Self::Users => "users",
            Self::Roles => "roles",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ChatGateways => "Chat gateways",
            Self::Flows => "Flow schemas",
            Self::Users => "Users",
            Self::Roles => "Roles",
        }
    }

    /// One object of the section, in running text.
    #[must_use]
    pub const fn object(self) -> &'static str {
        match self {
            Self::ChatGateways => "chat gateway",
            Self::Flows => "flow schema",
            Self::Users => "user",
            Self::Roles => "role",
        }
    }

    /// The address of the section's registry.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::ChatGateways => "/chat-gateways",
            Self::Flows => "/flows",
            Self::Users => "/users",
            Self::Roles => "/roles",
        }
    }
}

/// What was written is no section.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no section")]
pub struct UnknownSection(String);

impl FromStr for Section {
    type Err = UnknownSection;

    fn from_str(text: &str) -> Result<Self, UnknownSection> {
        let found = Self::ALL.into_iter().find(|section| section.code() == text);
        found.ok_or_else(|| UnknownSection(text.to_owned()))
    }
}

/// One right within a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// Create objects.
    Create,
    /// See objects.
    Read,
    /// Change objects.
    Update,
    /// Remove objects.
    Delete,
}

impl Letter {
    /// Every letter, in the usual order.
    pub const ALL: [Self; 4] = [Self::Create, Self::Read, Self::Update, Self::Delete];

    /// The letter itself: `c`, `r`, `u` or `d`.
    #[must_use]
    pub const fn code(self) -> char {
        match self {
            Self::Create => 'c',
            Self::Read => 'r',
            Self::Update => 'u',
            Self::Delete => 'd',
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Create => "Create",
            Self::Read => "Read",
            Self::Update => "Update",
            Self::Delete => "Delete",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
        })
    }
}

/// The letters granted in each section; those of several roles are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grants([u8; 4]);

impl Grants {
    /// Everything in every section.
    pub const ALL: Self = Self([0b1111; 4]);

    /// Whether the letter is granted in the section.
    #[must_use]
    pub const fn allows(self, section: Section, letter: Letter) -> bool {
        self.0[section as usize] & letter.bit() != 0
    }

    /// Grants or withdraws one letter.
    pub fn set(&mut self, section: Section, letter: Letter, on: bool) {
        let bits = &mut self.0[section as usize];
        *bits = if on {
            *bits | letter.bit()
        } else {
            *bits & !letter.bit()
        };
    }

    /// These grants with one more.
    #[must_use]
    pub fn with(mut self, section: Section, letter: Letter) -> Self {
        self.set(section, letter, true);
        self
    }

    /// What either of the two grants.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Whether everything that `other` grants is granted here too.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.union(other) == self
    }

    /// The letters of one section as the database holds them: a part of `crud`.
    #[must_use]
    pub fn letters(self, section: Section) -> String {
        let granted = Letter::ALL.into_iter().filter(|letter| self.allows(section, *letter));
        granted.map(Letter::code).collect()
    }

    /// Adds the letters of one section, as [`Grants::letters`] writes them; other characters are ignored.
    pub fn add_letters(&mut self, section: Section, letters: &str) {
        for letter in Letter::ALL {
            if letters.contains(letter.code()) {
                self.set(section, letter, true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_counts_in_its_own_section_only() {
        let grants = Grants::default().with(Section::Flows, Letter::Update);
        for section in Section::ALL {
            for letter in Letter::ALL {
                let expected = section == Section::Flows && letter == Letter::Update;
                assert_eq!(grants.allows(section, letter), expected);
            }
        }
    }

    #[test]
    fn letters_survive_the_way_to_the_database_and_back() {
        let mut read = Grants::default();
        for section in Section::ALL {
            read.add_letters(section, &Grants::ALL.letters(section));
        }
        assert_eq!(read, Grants::ALL);
        assert_eq!(Grants::ALL.letters(Section::Roles), "crud");
    }

    #[test]
    fn covers_means_nothing_is_missing() {
        let reader = Grants::default().with(Section::Users, Letter::Read);
        assert!(Grants::ALL.covers(reader));
        assert!(!reader.covers(Grants::ALL));
    }
}
