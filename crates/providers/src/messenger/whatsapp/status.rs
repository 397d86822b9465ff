//! How a message of ours fares. The words come repeatedly and in any order.

use super::{
    content::seconds,
    inbound::{person, place},
};
use crate::{
    lenient,
    messenger::{accounts, error::GraphError, inbound::Source},
};
use model::message::{DeliveryState, DeliveryStatus, InboundEvent, InboundKind};
use serde::Deserialize;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Status {
    id: Option<String>,
    #[serde(rename = "status")]
    word: String,
    #[serde(deserialize_with = "lenient::text")]
    timestamp: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    recipient_id: Option<String>,
    recipient_user_id: Option<String>,
    #[serde(deserialize_with = "lenient::each")]
    errors: Vec<GraphError>,
}

impl Status {
    pub(super) fn event(self, source: &Source<'_>) -> Option<InboundEvent> {
        let id = self.id?;
        let at = self.timestamp.as_deref().and_then(seconds);
        let state = match self.word.as_str() {
            "accepted" => DeliveryState::Accepted,
            "sent" => DeliveryState::Sent,
            "delivered" => DeliveryState::Delivered,
            // A voice message that was listened to.
            "read" | "played" => DeliveryState::Read,
            "failed" => DeliveryState::Failed,
            _ => DeliveryState::Unknown,
        };
        let error = self.errors.into_iter().next();
        let error = error.map(|error| error.into_refusal(&accounts::named(source.meta)));
        let key = format!("{}:{}", super::key_of(&id), self.word);
        let peer = person(self.recipient_id.as_deref(), self.recipient_user_id.as_deref())?;
        let thread = source.private(place(&peer));
        let status = DeliveryStatus {
            external_id: id,
            status: state,
            at: at.unwrap_or(source.now),
            error: error.filter(|_| state == DeliveryState::Failed),
        };
        Some(source.event(key, at, peer, thread, InboundKind::Status(status)))
    }
}
