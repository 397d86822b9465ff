//! Infobip: `WhatsApp` through an Infobip account.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain, secret};
use crate::{
    Fields,
    form::{Control, Field, Reader, SecretShape, Tab},
};
use serde::{Deserialize, Serialize};

/// The account's host.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Infobip {
    /// Scheme and host, without a path: `https://xyz.api.infobip.com`.
    pub url: String,
}

const API_KEY: Field =
    secret("secret.api_key", "API key").hint("From the Infobip portal → Developer tools → API keys.");

const BASE_URL: Field = Field::new("settings.url", "Base URL", Control::Address { schemes: &["https"] })
    .hint("The address of your account, such as https://xyz.api.infobip.com. A path is left out.")
    .required();

const CALLBACK: Field = Field::new(
    "secret.callback",
    "Callback password",
    Control::Secret {
        max: 128,
        generate: true,
        shape: SecretShape::Path,
    },
)
.hint(
    "By it Infobip is known: paste the callback URL with the password at its end into the portal, or set basic \
     authorization with the user “gateway”. A former password is good for 24 hours more.",
)
.required();

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, URI, FLOW, API_KEY, BASE_URL, CALLBACK])]),
    TEMPLATES,
];

impl Infobip {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            url: origin_of(&reader.text(BASE_URL.key)),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(BASE_URL.key, &self.url);
    }
}

/// Scheme, host and port of an address that was checked before.
fn origin_of(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    format!("{scheme}://{}", host.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_scheme_and_host_are_kept() {
        assert_eq!(
            origin_of("https://XYZ.api.infobip.com/a?b#c"),
            "https://xyz.api.infobip.com"
        );
    }
}
