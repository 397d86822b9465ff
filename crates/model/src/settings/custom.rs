//! Custom Chat Gateway: the customer's own system.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain};
use crate::{
    Fields,
    form::{Control, Field, Reader, SecretShape, Tab},
};
use serde::{Deserialize, Serialize};

/// Where replies go, and how both sides prove who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custom {
    /// The customer's URL to which replies are posted.
    pub webhook: String,
    /// How requests are signed and written in both directions.
    #[serde(default)]
    pub signature: Signature,
}

/// How the requests of a custom gateway are signed and written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// Standard Webhooks: id, time and body are signed.
    #[default]
    Standard,
    /// `X-Webitel-Sign`: the body alone is signed, and it has the older shape. Whoever overhears a request can repeat it.
    WebitelSign,
}

impl Signature {
    /// The word in the form and in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::WebitelSign => "webitel_sign",
        }
    }
}

const SECRET: Field = Field::new(
    "secret.secret",
    "App Secret",
    Control::Secret {
        max: 256,
        generate: true,
        shape: SecretShape::Webhook,
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
const SIGNATURE: Field = Field::new(
    "settings.signature",
    "Signature",
    Control::Choice(&[
        (Signature::Standard.code(), "Standard Webhooks"),
        (Signature::WebitelSign.code(), "X-Webitel-Sign (older)"),
    ]),
)
.hint(
    "The older one is for a system that can't be changed: it covers neither time nor id, so whoever overhears a request \
     can repeat it.",
)
.default(Signature::Standard.code());

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, URI, FLOW, SECRET, CALLBACK, SIGNATURE])]),
    TEMPLATES,
];

impl Custom {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            webhook: reader.text(CALLBACK.key),
            signature: match reader.choice(SIGNATURE.key) {
                older if older == Signature::WebitelSign.code() => Signature::WebitelSign,
                _ => Signature::Standard,
            },
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(CALLBACK.key, &self.webhook);
        fields.set(SIGNATURE.key, self.signature.code());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_from_before_the_choice_are_signed_by_the_standard() {
        let stored: Custom = serde_json::from_str(r#"{"webhook":"https://a.example"}"#).unwrap();
        assert_eq!(stored.signature, Signature::Standard);
    }
}
