//! The check that a person is there before a chat opens.

use crate::{
    Fields,
    form::{Control, Field, Reader, SecretShape, Tab},
    settings::shared::plain,
};
use serde::{Deserialize, Serialize};

/// reCAPTCHA v3; its secret key is stored apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Captcha {
    /// Whether visitors are checked.
    pub enabled: bool,
    /// The key that the page shows.
    pub site_key: String,
    /// The score from which a visitor counts as a person, 0 to 1.
    pub threshold: f64,
    /// Whether the badge is shown.
    pub show_badge: bool,
}

const ENABLED: Field = Field::new("settings.captcha.enabled", "Enable reCAPTCHA", Control::Switch).default("false");
const SITE_KEY: Field = Field::new("settings.captcha.sitekey", "Site key", Control::Text { max: 200 })
    .hint("From google.com/recaptcha/admin, for reCAPTCHA v3.")
    .required()
    .when(ENABLED.key);
const SECRET: Field = Field::new(
    "secret.captcha",
    "Secret key",
    Control::Secret {
        max: 200,
        generate: false,
        shape: SecretShape::Any,
    },
)
.required()
.when(ENABLED.key);
const THRESHOLD: Field = Field::new(
    "settings.captcha.threshold",
    "Threshold",
    Control::Decimal { min: 0.0, max: 1.0 },
)
.hint("From 0 to 1; a visitor with a higher score counts as a person.")
.default("0.5")
.when(ENABLED.key);
const BADGE: Field = Field::new("settings.captcha.show_flag", "Show reCAPTCHA badge", Control::Switch)
    .default("false")
    .when(ENABLED.key);

pub(super) const TAB: Tab = Tab {
    segment: "recaptcha",
    label: "reCAPTCHA",
    saved_only: false,
    groups: &[plain(&[ENABLED, SITE_KEY, SECRET, THRESHOLD, BADGE])],
};

impl Captcha {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            enabled: reader.switch(ENABLED.key),
            site_key: reader.text(SITE_KEY.key),
            threshold: reader.decimal(THRESHOLD.key),
            show_badge: reader.switch(BADGE.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(ENABLED.key, self.enabled.to_string());
        fields.set(SITE_KEY.key, &self.site_key);
        fields.set(THRESHOLD.key, self.threshold.to_string());
        fields.set(BADGE.key, self.show_badge.to_string());
    }
}
