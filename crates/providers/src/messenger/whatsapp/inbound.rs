//! The events of numbers.

use super::{fields::Message, status::Status};
use crate::{
    Account, MetaKind, lenient,
    messenger::{
        accounts,
        error::GraphError,
        inbound::{Change, Source},
    },
};
use model::{
    Timestamp,
    message::{InboundEvent, Peer},
};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Value {
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::each")]
    contacts: Vec<Contact>,
    #[serde(deserialize_with = "lenient::each")]
    messages: Vec<serde_json::Value>,
    #[serde(deserialize_with = "lenient::each")]
    statuses: Vec<Status>,
    #[serde(deserialize_with = "lenient::each")]
    errors: Vec<GraphError>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Metadata {
    #[serde(deserialize_with = "lenient::text")]
    phone_number_id: Option<String>,
}

/// Who a person is; whoever has a user name may come without a phone.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Contact {
    profile: Profile,
    #[serde(deserialize_with = "lenient::text")]
    wa_id: Option<String>,
    user_id: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Profile {
    name: Option<String>,
    username: Option<String>,
}

/// Reads the changes of a business account; those of numbers that are not served are left out.
pub(in crate::messenger) fn read(account: &Account, changes: Vec<Change>, now: Timestamp) -> Vec<InboundEvent> {
    let mut events = Vec::new();
    for change in changes.into_iter().filter(|change| change.field == "messages") {
        let Ok(value) = serde_json::from_value::<Value>(change.value) else {
            continue;
        };
        let number = value.metadata.phone_number_id.as_deref().unwrap_or_default();
        let Some(meta) = accounts::served(account, MetaKind::WhatsApp, number) else {
            continue;
        };
        let source = Source::new(account, meta, now);
        for message in value.messages {
            events.extend(Message::read(message).events(&source, &value.contacts));
        }
        events.extend(value.statuses.into_iter().filter_map(|status| status.event(&source)));
        for error in value.errors {
            // It belongs to no message, so the log is the only place for it.
            let error = error.into_refusal(&accounts::named(meta));
            tracing::warn!(gateway.id = %account.gateway, "Meta reports about a WhatsApp number: {}", error.message);
        }
    }
    events
}

impl Contact {
    /// The person behind a message, by what the message says of its sender.
    pub(super) fn peer(contacts: &[Self], phone: Option<&str>, user_id: Option<&str>) -> Option<Peer> {
        let is_same = |one: &&Self| {
            (phone.is_some() && one.wa_id.as_deref() == phone)
                || (user_id.is_some() && one.user_id.as_deref() == user_id)
        };
        let only = if contacts.len() == 1 { contacts.first() } else { None };
        let contact = contacts.iter().find(is_same).or(only);
        let phone = phone.or_else(|| contact?.wa_id.as_deref());
        let user_id = user_id.or_else(|| contact?.user_id.as_deref());
        let mut peer = person(phone, user_id)?;
        peer.display_name = contact.and_then(|contact| lenient::filled(contact.profile.name.as_deref()));
        peer.username = contact.and_then(|contact| lenient::filled(contact.profile.username.as_deref()));
        Some(peer)
    }
}

/// A person by phone, by the id that Meta gives it for one business, or by both; the id comes first.
pub(super) fn person(phone: Option<&str>, user_id: Option<&str>) -> Option<Peer> {
    let phone = lenient::filled(phone);
    let user_id = lenient::filled(user_id);
    Some(Peer {
        external_id: user_id.or_else(|| phone.clone())?,
        phone,
        ..Peer::default()
    })
}

/// Where a person is answered: under the phone, if there is one.
pub(super) fn place(peer: &Peer) -> &str {
    peer.phone.as_deref().unwrap_or(&peer.external_id)
}
