//! The look of the window.

use crate::{
    Fields,
    form::{Control, Field, Reader, Tab},
    settings::shared::plain,
};
use serde::{Deserialize, Serialize};

/// How the window and its button look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct View {
    /// `en`, `ru`, `uk` or `kz`.
    pub lang: String,
    /// `right` or `left`.
    pub position: String,
    /// `square` or `rounded`.
    pub button_shape: String,
    /// A picture of 24 × 24 pixels; empty for the product's own.
    pub logo_url: String,
    /// `#` and six hexadecimal digits.
    pub button_color: String,
    /// From 0, invisible, to 100 percent.
    pub button_opacity: i64,
}

const LANG: Field = Field::new(
    "settings.view.lang",
    "Language",
    Control::Choice(&[
        ("en", "English"),
        ("ru", "Русский"),
        ("uk", "Українська"),
        ("kz", "Қазақша"),
    ]),
)
.default("en");
const POSITION: Field = Field::new(
    "settings.view.position",
    "Position",
    Control::Choice(&[("right", "Right"), ("left", "Left")]),
)
.default("right");
const SHAPE: Field = Field::new(
    "settings.view.border_radius_style",
    "Button Shape",
    Control::Choice(&[("square", "Square"), ("rounded", "Rounded")]),
)
.default("square");
const LOGO: Field = Field::new(
    "settings.view.logo_url",
    "Logo URL",
    Control::Address {
        schemes: &["https", "http"],
    },
)
.hint("JPEG or PNG, 24×24 px.");
const COLOR: Field = Field::new("settings.view.accent_color", "Button Color", Control::Color).default("#ffb300");
const OPACITY: Field = Field::new(
    "settings.view.btn_opacity",
    "Button opacity",
    Control::Integer {
        min: 0,
        max: 100,
        unit: "%",
    },
)
.default("100");

pub(super) const TAB: Tab = Tab {
    segment: "view",
    label: "View",
    saved_only: false,
    groups: &[plain(&[LANG, POSITION, SHAPE, LOGO, COLOR, OPACITY])],
};

impl View {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            lang: reader.choice(LANG.key),
            position: reader.choice(POSITION.key),
            button_shape: reader.choice(SHAPE.key),
            logo_url: reader.text(LOGO.key),
            button_color: reader.color(COLOR.key),
            button_opacity: reader.integer(OPACITY.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(LANG.key, &self.lang);
        fields.set(POSITION.key, &self.position);
        fields.set(SHAPE.key, &self.button_shape);
        fields.set(LOGO.key, &self.logo_url);
        fields.set(COLOR.key, &self.button_color);
        fields.set(OPACITY.key, self.button_opacity.to_string());
    }
}
