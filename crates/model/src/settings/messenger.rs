//! Messenger: Facebook pages, Instagram and `WhatsApp` through one Meta app.

use super::shared::{FLOW, NAME, TEMPLATES, URI, general, plain, secret};
use crate::{
    Fields,
    form::{Control, Field, Group, Reader, SecretShape, Tab},
};
use serde::{Deserialize, Serialize};

/// The Meta app and what is followed on Instagram.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Messenger {
    /// The app's number.
    pub client_id: String,
    /// The version of the Graph API, `v24.0`; empty for the product's default.
    pub version: String,
    /// Whether comments on Instagram start conversations.
    pub instagram_comments: bool,
    /// Whether mentions on Instagram start conversations.
    pub instagram_mentions: bool,
}

const APP_ID: Field = Field::new("settings.client_id", "App ID", Control::Text { max: 32 })
    .hint("From developers.facebook.com → your app → App settings → Basic.")
    .required();
const APP_SECRET: Field =
    secret("secret.client_secret", "App Secret").hint("From the same page; it verifies what Meta sends.");
const VERSION: Field = Field::new("settings.version", "API Version", Control::Text { max: 8 })
    .hint("vXX.X (e.g., v24.0); empty for the version this product was made for.");

const COMMENTS: Field = Field::new("settings.instagram_comments", "Track comments", Control::Switch).default("false");
const MENTIONS: Field = Field::new("settings.instagram_mentions", "Track mentions", Control::Switch).default("false");

const WHATSAPP_TOKEN: Field = Field::new(
    "secret.whatsapp_token",
    "Token",
    Control::Secret {
        max: 1_024,
        generate: false,
        shape: SecretShape::Any,
    },
)
.hint("Of a system user with whatsapp_business_management and whatsapp_business_messaging.");

pub(super) const TABS: &[Tab] = &[
    general(&[plain(&[NAME, URI, FLOW, APP_ID, APP_SECRET, VERSION])]),
    Tab {
        segment: "facebook",
        label: "Facebook",
        saved_only: true,
        groups: &[],
    },
    Tab {
        segment: "instagram",
        label: "Instagram",
        saved_only: true,
        groups: &[Group {
            label: "",
            hint: "What else than direct messages starts a conversation.",
            fields: &[COMMENTS, MENTIONS],
        }],
    },
    Tab {
        segment: "whatsapp",
        label: "WhatsApp",
        saved_only: true,
        groups: &[plain(&[WHATSAPP_TOKEN])],
    },
    TEMPLATES,
];

impl Messenger {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let settings = Self {
            client_id: reader.text(APP_ID.key),
            version: reader.text(VERSION.key),
            instagram_comments: reader.switch(COMMENTS.key),
            instagram_mentions: reader.switch(MENTIONS.key),
        };
        if !settings.client_id.bytes().all(|b| b.is_ascii_digit()) {
            reader.error(APP_ID.key, "An App ID has digits only.");
        }
        if !settings.version.is_empty() && !is_version(&settings.version) {
            reader.error(VERSION.key, "Write the version as vXX.X, such as v24.0.");
        }
        settings
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(APP_ID.key, &self.client_id);
        fields.set(VERSION.key, &self.version);
        fields.set(COMMENTS.key, self.instagram_comments.to_string());
        fields.set(MENTIONS.key, self.instagram_mentions.to_string());
    }
}

fn is_version(text: &str) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts = text.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(major, minor)| number(major) && number(minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_v_major_dot_minor() {
        assert!(is_version("v24.0"));
        for wrong in ["24.0", "v24", "v.0", "v24.0.1", "vx.y"] {
            assert!(!is_version(wrong), "{wrong}");
        }
    }
}
