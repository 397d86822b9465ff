//! The texts of a form.

use crate::{
    Provider,
    form::{Control, Tab},
    settings::tabs,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// Texts by field key; a key that isn't there reads as empty. `Debug` shows no password and no other secret.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// The fields of a new gateway of one provider, with their defaults.
    #[must_use]
    pub fn defaults(provider: Provider) -> Self {
        let mut fields = Self::default();
        for field in tabs(provider).iter().flat_map(Tab::fields) {
            fields.set(field.key, field.default);
        }
        fields
    }

    /// From a posted form's pairs; the last of a repeated key counts, so that a checkbox can follow a hidden "false".
    #[must_use]
    pub fn from_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// The text of a field.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Whether the field is there at all.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }

    /// Sets the text of a field.
    pub fn set(&mut self, key: impl Into<String>, text: impl Into<String>) {
        self.0.insert(key.into(), text.into());
    }

    /// Takes a field out.
    pub fn remove(&mut self, key: &str) -> Option<String> {
        self.0.remove(key)
    }

    /// Every field, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// These fields with those of `changes` laid over them.
    #[must_use]
    pub fn overlaid(mut self, changes: &Self) -> Self {
        for (key, text) in changes.iter() {
            self.set(key, text);
        }
        self
    }

    /// These fields without what was typed into the secret ones of a provider, fit to be sent back to a page.
    #[must_use]
    pub fn without_secrets(mut self, provider: Provider) -> Self {
        for field in tabs(provider).iter().flat_map(Tab::fields) {
            if matches!(field.control, Control::Secret { .. }) && self.has(field.key) {
                self.set(field.key, "");
            }
        }
        self
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |key: &str| key.starts_with("secret.") || ["password", "current", "new", "repeat"].contains(&key);
        let shown = self.iter().map(|(key, text)| match text {
            "" => (key, ""),
            _ if hidden(key) => (key, "***"),
            text => (key, text),
        });
        f.debug_map().entries(shown).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_shows_no_secret_and_no_password() {
        let mut fields = Fields::default();
        for key in ["name", "secret.token", "password", "current", "new"] {
            fields.set(key, format!("typed into {key}"));
        }
        let shown = format!("{fields:?}");
        assert!(shown.contains("typed into name"));
        assert_eq!(shown.matches("typed into").count(), 1, "{shown}");
    }

    #[test]
    fn every_secret_of_every_provider_is_recognised_by_its_key() {
        for provider in Provider::ALL {
            for field in tabs(provider).iter().flat_map(Tab::fields) {
                let secret = matches!(field.control, Control::Secret { .. });
                assert_eq!(field.key.starts_with("secret."), secret, "{}", field.key);
            }
        }
    }
}
