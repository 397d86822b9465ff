//! Custom Chat Gateway: the customer's own system.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain};
use crate::{
    Fields,
    form::{Control, Field, Reader, SecretShape, Tab},
};
use serde::{Deserialize, Serialize};

/// Where replies go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custom {
    /// The customer's URL to which replies are posted.
    pub webhook: String,
}

const SECRET: Field = Field::new(
    "secret.secret",
    "App Secret",
    Control::Secret {
        max: 256,
        generate: true,
        shape: SecretShape::Any,
    },
)
.hint("Signs both directions. Altering this field will interrupt the integration.")
.required();
const CALLBACK: Field = Field::new(
    "settings.webhook",
    "Callback",
    Control::Address {
        schemes: &["https", "http"],
    },
)
.hint("Your URL to which replies are posted.")
.required();

pub(super) const TABS: &[Tab] = &[general(&[plain(&[NAME, URI, FLOW, SECRET, CALLBACK])]), TEMPLATES];

impl Custom {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            webhook: reader.text(CALLBACK.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(CALLBACK.key, &self.webhook);
    }
}
