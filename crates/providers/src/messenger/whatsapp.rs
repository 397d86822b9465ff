//! `WhatsApp` numbers through Meta's Cloud API.

mod act;
mod content;
mod fields;
mod inbound;
mod outbound;
mod status;

pub(super) use act::act;
pub(super) use inbound::read;
#[cfg(test)]
pub(super) use outbound::body;
pub(super) use outbound::send;

use model::message::EventKey;

/// What Meta calls a file, with the number that got it, whose token opens it.
pub(super) fn file_ref(number: &str, media: &str) -> String {
    format!("whatsapp:{number}:{media}")
}

/// Reads [`file_ref`].
pub(super) fn split_file_ref(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("whatsapp:")?.split_once(':')
}

/// The key of a message of a person.
fn key_of(id: &str) -> String {
    format!("wa:{id}")
}

/// Reads [`key_of`]; none for what came without an id.
fn message_of(key: &EventKey) -> Option<&str> {
    key.0.strip_prefix("wa:")
}
