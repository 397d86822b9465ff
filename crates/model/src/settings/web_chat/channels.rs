//! What the window offers beside the chat: other messengers, and a call from the browser.

use crate::{
    Fields,
    form::{Control, Field, Group, Reader, Tab},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A link to another messenger.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlternativeChannel {
    /// Where the link leads.
    pub url: String,
    /// Whether it is shown.
    pub enabled: bool,
}

/// A call from the browser through the customer's call server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Call {
    /// Whether the window offers it.
    pub enabled: bool,
    /// The call server's `WebSocket` address.
    pub url: String,
    /// The flow at the call server that answers.
    pub flow: String,
}

const WEB: Control = Control::Address {
    schemes: &["https", "http"],
};

/// A channel's code, its link and its switch.
const CHANNELS: [(&str, Field, Field); 5] = [
    ("viber", VIBER, VIBER_ON),
    ("whatsapp", WHATSAPP, WHATSAPP_ON),
    ("telegram", TELEGRAM, TELEGRAM_ON),
    ("messenger", MESSENGER, MESSENGER_ON),
    ("email", EMAIL, EMAIL_ON),
];

const VIBER_ON: Field = switch("settings.channels.viber.enabled", "Show Viber");
const WHATSAPP_ON: Field = switch("settings.channels.whatsapp.enabled", "Show WhatsApp");
const TELEGRAM_ON: Field = switch("settings.channels.telegram.enabled", "Show Telegram");
const MESSENGER_ON: Field = switch("settings.channels.messenger.enabled", "Show Messenger");
const EMAIL_ON: Field = switch("settings.channels.email.enabled", "Show email");

const VIBER: Field = Field::new(
    "settings.channels.viber.url",
    "Viber",
    Control::Address {
        schemes: &["https", "http", "viber"],
    },
)
.hint("Such as viber://pa?chatURI=yourbot.")
.required()
.when(VIBER_ON.key);
const WHATSAPP: Field = Field::new("settings.channels.whatsapp.url", "WhatsApp", WEB)
    .hint("Such as https://wa.me/380501234567.")
    .required()
    .when(WHATSAPP_ON.key);
const TELEGRAM: Field = Field::new("settings.channels.telegram.url", "Telegram", WEB)
    .hint("Such as https://t.me/yourbot.")
    .required()
    .when(TELEGRAM_ON.key);
const MESSENGER: Field = Field::new("settings.channels.messenger.url", "Messenger", WEB)
    .hint("Such as https://m.me/yourpage.")
    .required()
    .when(MESSENGER_ON.key);
const EMAIL: Field = Field::new("settings.channels.email.url", "Email", Control::Text { max: 254 })
    .hint("Such as support@example.com.")
    .required()
    .when(EMAIL_ON.key);

const CALL_ON: Field = switch("settings.call.enabled", "Enable online call");
const CALL_URL: Field = Field::new(
    "settings.call.url",
    "WebSocket Endpoint",
    Control::Address {
        schemes: &["wss", "ws"],
    },
)
.required()
.when(CALL_ON.key);
const CALL_FLOW: Field = Field::new("settings.call.flow", "Call flow", Control::Text { max: 200 })
    .hint("The flow of the call server that answers, by its name or id there.")
    .required()
    .when(CALL_ON.key);

pub(super) const TAB: Tab = Tab {
    segment: "alternative-channels",
    label: "Alternative channels",
    saved_only: false,
    groups: &[
        Group {
            label: "Messaging channels",
            hint: "Links to other messengers that the window shows.",
            fields: &[
                VIBER_ON,
                VIBER,
                WHATSAPP_ON,
                WHATSAPP,
                TELEGRAM_ON,
                TELEGRAM,
                MESSENGER_ON,
                MESSENGER,
                EMAIL_ON,
                EMAIL,
            ],
        },
        Group {
            label: "Online call",
            hint: "",
            fields: &[CALL_ON, CALL_URL, CALL_FLOW],
        },
    ],
};

const fn switch(key: &'static str, label: &'static str) -> Field {
    Field::new(key, label, Control::Switch).default("false")
}

pub(super) fn read(reader: &mut Reader<'_>) -> BTreeMap<String, AlternativeChannel> {
    let mut channels = BTreeMap::new();
    for (code, link, switch) in CHANNELS {
        let enabled = reader.switch(switch.key);
        let url = reader.text(link.key);
        if code == "email" && enabled && !url.is_empty() && !is_mail_address(&url) {
            reader.error(link.key, "Enter a mail address, such as support@example.com.");
        }
        channels.insert(code.to_owned(), AlternativeChannel { url, enabled });
    }
    channels
}

pub(super) fn write(channels: &BTreeMap<String, AlternativeChannel>, fields: &mut Fields) {
    for (code, link, switch) in CHANNELS {
        if let Some(channel) = channels.get(code) {
            fields.set(link.key, &channel.url);
            fields.set(switch.key, channel.enabled.to_string());
        }
    }
}

impl Call {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            enabled: reader.switch(CALL_ON.key),
            url: reader.text(CALL_URL.key),
            flow: reader.text(CALL_FLOW.key),
        }
    }

    pub(super) fn write(&self, fields: &mut Fields) {
        fields.set(CALL_ON.key, self.enabled.to_string());
        fields.set(CALL_URL.key, &self.url);
        fields.set(CALL_FLOW.key, &self.flow);
    }
}

/// One `@` with something on both sides and a dot behind it; the rest is the mail server's business.
fn is_mail_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        let plain = !text.contains(char::is_whitespace) && !domain.contains('@');
        plain && !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
    })
}
