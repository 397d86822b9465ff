//! How a message of ours fares, by Infobip's reports.

pub(super) use crate::infobip::error::Outcome;
use crate::infobip::error::{Group, undelivered};
use model::{
    Timestamp,
    message::{DeliveryState, DeliveryStatus},
};

/// The peer saw the message.
pub(super) fn seen(external_id: String, at: Timestamp) -> DeliveryStatus {
    DeliveryStatus {
        external_id,
        status: DeliveryState::Read,
        at,
        error: None,
    }
}

/// The message came so far.
pub(super) fn delivery(
    external_id: String,
    at: Timestamp,
    status: &Outcome,
    error: Option<&Outcome>,
) -> DeliveryStatus {
    let state = match status.group() {
        Group::Taken => DeliveryState::Accepted,
        Group::Delivered => DeliveryState::Delivered,
        Group::Failed => DeliveryState::Failed,
        Group::Unknown => DeliveryState::Unknown,
    };
    DeliveryStatus {
        external_id,
        status: state,
        at,
        error: (state == DeliveryState::Failed).then(|| undelivered(status, error)),
    }
}
