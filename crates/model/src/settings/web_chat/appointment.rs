//! Booking a call back from the window.

use crate::{
    Fields,
    form::{Control, Field, Group, Reader, Tab},
    settings::shared::plain,
};
use serde::{Deserialize, Serialize};

/// What a visitor can book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the form")]
pub struct Appointment {
    /// Whether the window offers it.
    pub enabled: bool,
    /// The queue that calls back.
    pub queue: String,
    /// The kind of number that the visitor leaves.
    pub communication_type: String,
    /// `15m`, `30m`, `45m` or `60m`.
    pub duration: String,
    /// How many people can call back at the same time.
    pub available_agents: i64,
    /// How many days ahead can be booked.
    pub days: i64,
    /// Whether the visitor can leave a message.
    pub show_message_field: bool,
    /// Whether the visitor can leave an address.
    pub show_email_field: bool,
    /// Whether the result page has the product's own heading and subheading.
    pub default_heading: bool,
    /// The result page's own heading.
    pub title: String,
    /// The result page's own subheading.
    pub subtitle: String,
}

impl Default for Appointment {
    fn default() -> Self {
        Self {
            enabled: false,
            queue: String::new(),
            communication_type: String::new(),
            duration: DURATION.default.to_owned(),
            available_agents: 1,
            days: 3,
            show_message_field: false,
            show_email_field: false,
            default_heading: true,
            title: String::new(),
            subtitle: String::new(),
        }
    }
}

const ENABLED: Field =
    Field::new("settings.appointment.enabled", "Enable appointments", Control::Switch).default("false");
const QUEUE: Field = Field::new("settings.appointment.queue", "Queue", Control::Text { max: 200 })
    .required()
    .when(ENABLED.key);
const COMMUNICATION: Field = Field::new(
    "settings.appointment.communication_type",
    "Communication type",
    Control::Text { max: 200 },
)
.required()
.when(ENABLED.key);
const DURATION: Field = Field::new(
    "settings.appointment.duration",
    "Duration",
    Control::Choice(&[("15m", "15 min"), ("30m", "30 min"), ("45m", "45 min"), ("60m", "1 h")]),
)
.default("30m")
.when(ENABLED.key);
const AGENTS: Field = Field::new(
    "settings.appointment.available_agents",
    "Available agents",
    Control::Integer {
        min: 1,
        max: 10_000,
        unit: "",
    },
)
.default("1")
.required()
.when(ENABLED.key);
const DAYS: Field = Field::new(
    "settings.appointment.days",
    "Days",
    Control::Integer {
        min: 1,
        max: 7,
        unit: "days",
    },
)
.default("3")
.required()
.when(ENABLED.key);
const MESSAGE: Field = Field::new(
    "settings.appointment.show_message_field",
    "Show message field",
    Control::Switch,
)
.default("false")
.when(ENABLED.key);
const EMAIL: Field = Field::new(
    "settings.appointment.show_email_field",
    "Show email field",
    Control::Switch,
)
.default("false")
.when(ENABLED.key);
const DEFAULT_HEADING: Field = Field::new(
    "settings.appointment.show_default_heading",
    "Show default heading and subheading on result page",
    Control::Switch,
)
.default("true");
const TITLE: Field = Field::new(
    "settings.appointment.success_title",
    "Heading text",
    Control::Text { max: 200 },
)
.when("!settings.appointment.show_default_heading");
const SUBTITLE: Field = Field::new(
    "settings.appointment.success_subtitle",
    "Subheading text",
    Control::Text { max: 500 },
)
.when("!settings.appointment.show_default_heading");

pub(super) const TAB: Tab = Tab {
    segment: "appointment",
    label: "Appointment",
    saved_only: false,
    groups: &[
        plain(&[ENABLED, QUEUE, COMMUNICATION, DURATION, AGENTS, DAYS, MESSAGE, EMAIL]),
        Group {
            label: "Result page text",
            hint: "",
            fields: &[DEFAULT_HEADING, TITLE, SUBTITLE],
        },
    ],
};

impl Appointment {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            enabled: reader.switch(ENABLED.key),
            queue: reader.text(QUEUE.key),
            communication_type: reader.text(COMMUNICATION.key),
            duration: reader.choice(DURATION.key),
            available_agents: reader.integer(AGENTS.key),
            days: reader.integer(DAYS.key),
            show_message_field: reader.switch(MESSAGE.key),
            show_email_field: reader.switch(EMAIL.key),
            default_heading: reader.switch(DEFAULT_HEADING.key),
            title: reader.text(TITLE.key),
            subtitle: reader.text(SUBTITLE.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(ENABLED.key, self.enabled.to_string());
        fields.set(QUEUE.key, &self.queue);
        fields.set(COMMUNICATION.key, &self.communication_type);
        fields.set(DURATION.key, &self.duration);
        fields.set(AGENTS.key, self.available_agents.to_string());
        fields.set(DAYS.key, self.days.to_string());
        fields.set(MESSAGE.key, self.show_message_field.to_string());
        fields.set(EMAIL.key, self.show_email_field.to_string());
        fields.set(DEFAULT_HEADING.key, self.default_heading.to_string());
        fields.set(TITLE.key, &self.title);
        fields.set(SUBTITLE.key, &self.subtitle);
    }
}
