//! The chat itself: its flow schema and its limits.

use crate::{
    Fields,
    form::{Control, Field, Group, Reader, Tab},
    settings::shared::{FLOW, plain},
};
use serde::{Deserialize, Serialize};

/// Whether visitors can chat, and within which limits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chat {
    /// Whether the window offers a chat.
    pub enabled: bool,
    /// Seconds without a sign of life from the browser until the connection is given up.
    pub read_timeout: i64,
    /// Seconds that sending one frame may take.
    pub write_timeout: i64,
    /// Seconds that opening the connection may take.
    pub handshake_timeout: i64,
    /// Whether the window opens by itself.
    pub opens: bool,
    /// Seconds after which it does.
    pub open_timeout: Option<i64>,
    /// The largest file in bytes.
    pub media_max_size: i64,
}

const ENABLED: Field = Field::new("settings.chat.enabled", "Enable chat", Control::Switch).default("true");
const CHAT_FLOW: Field = FLOW.when(ENABLED.key);
const READ: Field = seconds("settings.chat.read_timeout", "Read Timeout", 30, 300, "30");
const WRITE: Field = seconds("settings.chat.write_timeout", "Write Timeout", 1, 60, "1");
const HANDSHAKE: Field = seconds("settings.chat.handshake_timeout", "Handshake Timeout", 10, 60, "10");
const OPENS: Field = Field::new("settings.chat.timeout_is_active", "Open Timeout", Control::Switch)
    .hint("Opens the window by itself after a while.")
    .default("false");
const OPEN_AFTER: Field = Field::new(
    "settings.chat.open_timeout",
    "Open Timeout Sec",
    Control::Integer {
        min: 0,
        max: 86_400,
        unit: "s",
    },
)
.required()
.when(OPENS.key);
const MEDIA: Field = Field::new(
    "settings.chat.media_max_size",
    "Max media size (Mb)",
    Control::Integer {
        min: 1,
        max: 100,
        unit: "MB",
    },
)
.default("10")
.required();

const MEBIBYTE: i64 = 1 << 20;

pub(super) const TAB: Tab = Tab {
    segment: "chat",
    label: "Chat",
    saved_only: false,
    groups: &[
        plain(&[ENABLED, CHAT_FLOW]),
        Group {
            label: "Limits",
            hint: "How long the server waits for a visitor's browser, and how large a file may be.",
            fields: &[READ, WRITE, HANDSHAKE, MEDIA],
        },
        Group {
            label: "Opening",
            hint: "",
            fields: &[OPENS, OPEN_AFTER],
        },
    ],
};

const fn seconds(key: &'static str, label: &'static str, min: i64, max: i64, default: &'static str) -> Field {
    Field::new(key, label, Control::Integer { min, max, unit: "s" })
        .default(default)
        .required()
        .when(ENABLED.key)
}

impl Chat {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            enabled: reader.switch(ENABLED.key),
            read_timeout: reader.integer(READ.key),
            write_timeout: reader.integer(WRITE.key),
            handshake_timeout: reader.integer(HANDSHAKE.key),
            opens: reader.switch(OPENS.key),
            open_timeout: reader.number(OPEN_AFTER.key),
            media_max_size: reader.integer(MEDIA.key) * MEBIBYTE,
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(ENABLED.key, self.enabled.to_string());
        fields.set(READ.key, self.read_timeout.to_string());
        fields.set(WRITE.key, self.write_timeout.to_string());
        fields.set(HANDSHAKE.key, self.handshake_timeout.to_string());
        fields.set(OPENS.key, self.opens.to_string());
        fields.set(
            OPEN_AFTER.key,
            self.open_timeout.map(|s| s.to_string()).unwrap_or_default(),
        );
        fields.set(MEDIA.key, (self.media_max_size / MEBIBYTE).to_string());
    }
}
