//! A message on its way out, and as it is stored until then.

use crate::{Context, pipeline::lanes::LaneKey};
use model::{
    DeliveryId, Timestamp,
    message::{Envelope, Outbound, Thread},
};
use providers::Limits;
use serde::{Deserialize, Serialize};
use store::deliveries::Open;

/// A message on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub id: DeliveryId,
    pub envelope: Envelope,
    pub attempts: u32,
    pub at: Timestamp,
    pub due_at: Timestamp,
    pub expires_at: Timestamp,
    /// Whether it is recorded as being sent.
    pub is_claimed: bool,
}

/// As it is stored: the message, and where it goes.
#[derive(Serialize)]
struct Written<'m> {
    #[serde(flatten)]
    message: &'m Outbound,
    thread: &'m Thread,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(flatten)]
    message: Outbound,
    #[serde(default)]
    thread: Thread,
}

impl Outgoing {
    /// Reads a stored message.
    pub fn read(open: &Open) -> Option<Self> {
        let stored: Stored = serde_json::from_str(&open.body).ok()?;
        Some(Self {
            id: open.id,
            envelope: Envelope {
                idempotency_key: open.key.clone(),
                thread: stored.thread,
                message: stored.message,
            },
            attempts: open.attempts,
            at: open.at,
            due_at: open.due_at,
            expires_at: open.expires_at,
            is_claimed: false,
        })
    }

    /// As it is stored.
    pub fn body(&self) -> String {
        let written = Written {
            message: &self.envelope.message,
            thread: &self.envelope.thread,
        };
        serde_json::to_string(&written).unwrap_or_default()
    }

    /// Claims it with the commit that stores it, if it could be sent at once.
    pub fn claim_now(&mut self, cx: &Context, key: &LaneKey, limits: Limits, now: Timestamp) {
        let inner = cx.pipeline.inner();
        let is_free = !inner.is_stopping() && inner.sends.is_idle(key) && inner.sending.available_permits() > 0;
        if is_free && inner.paces.take(key, limits, self.envelope.thread.kind, now).is_ok() {
            self.is_claimed = true;
            self.attempts = 1;
        }
    }
}
