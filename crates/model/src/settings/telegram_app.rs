//! Telegram App: a person's own account.

use super::shared::{FLOW, HIDDEN_URI, NAME, TEMPLATES, general, plain, secret};
use crate::{
    Fields,
    form::{Control, Field, Reader, Tab},
};
use serde::{Deserialize, Serialize};

/// The application under which the account signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TelegramApp {
    /// The application's number at my.telegram.org.
    pub api_id: i64,
}

const API_ID: Field = Field::new(
    "settings.api_id",
    "API id",
    Control::Integer {
        min: 1,
        max: i32::MAX as i64,
        unit: "",
    },
)
.hint("A number, from my.telegram.org → API development tools.")
.required();

const API_HASH: Field = secret("secret.api_hash", "API hash").hint("From the same page as the API id.");

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, HIDDEN_URI, FLOW, API_ID, API_HASH])]),
    TEMPLATES,
];

impl TelegramApp {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            api_id: reader.integer(API_ID.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(API_ID.key, self.api_id.to_string());
    }
}
