//! Telegram Bot.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain};
use crate::form::{Control, Field, SecretShape, Tab};
use serde::{Deserialize, Serialize};

/// A bot needs nothing but its token, which is a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TelegramBot {}

const TOKEN: Field = Field::new(
    "secret.token",
    "Telegram BOT API token",
    Control::Secret {
        max: 128,
        generate: false,
        shape: SecretShape::BotToken,
    },
)
.hint("From @BotFather; the whole message may be pasted.")
.required();

pub(super) const TABS: &[Tab] = &[general(&[plain(&[NAME, URI, FLOW, TOKEN])]), TEMPLATES];
