//! What becomes of everything that a file names.

use model::{FieldChange, Section};

/// What becomes of everything that a file names, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Flow schemas first.
    pub steps: Vec<Step>,
}

impl Plan {
    /// Whether everything is already as the file wants it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.iter().all(|step| step.verb == Verb::Keep)
    }
}

/// What becomes of one flow schema or gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub section: Section,
    /// Its name in the file.
    pub name: String,
    /// What is done.
    pub verb: Verb,
    /// Which fields change.
    pub differences: Vec<Difference>,
}

/// What is done with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It is made.
    Create,
    /// Some of its fields change.
    Update,
    /// Nothing: it is as the file wants it.
    Keep,
}

/// How a field changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// From one text to another.
    Text(FieldChange),
    /// A secret that was not set is set.
    SecretSet {
        /// The field's label.
        label: String,
    },
    /// A secret takes the place of another one.
    SecretReplaced {
        /// The field's label.
        label: String,
    },
}

impl Difference {
    /// From what the record would say; `was_set` are the keys of the secrets that were set before.
    pub(super) fn of(change: FieldChange, was_set: &[&str]) -> Self {
        let FieldChange { label, .. } = &change;
        match (&change.from, &change.to) {
            (None, None) if was_set.contains(&change.field.as_str()) => Self::SecretReplaced { label: label.clone() },
            (None, None) => Self::SecretSet { label: label.clone() },
            _ => Self::Text(change),
        }
    }
}
