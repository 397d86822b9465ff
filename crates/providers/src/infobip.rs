//! Infobip: `WhatsApp` numbers through an Infobip account.
//!
//! One address takes messages and reports alike; Infobip proves itself with basic authorization or with our secret as the
//! last part of the path. A thread is a peer's number and, as `via`, the number of ours that it wrote to.

mod calls;
mod door;
mod error;
mod inbound;
mod outbound;
#[cfg(test)]
mod tests;

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, Pace, Plan, Probe, Provider, Refusal, Sent, Unreadable,
    Wire, shape,
};
use async_trait::async_trait;
use bytes::Bytes;
use model::{
    Timestamp,
    message::{Envelope, FileRef, Outbound, ProviderError, Thread},
};

/// `WhatsApp` through Infobip.
#[derive(Clone, Copy, Debug)]
pub struct Infobip;

#[async_trait]
impl Provider for Infobip {
    fn kind(&self) -> model::Provider {
        model::Provider::Infobip
    }

    /// 80 messages a second of a number; to one person one in six seconds, of which some may come at once.
    fn limits(&self) -> Limits {
        let thread = Pace {
            per_second: 1.0 / 6.0,
            burst: 20.0,
        };
        Limits {
            gateway: Pace {
                per_second: 80.0,
                burst: 80.0,
            },
            thread,
            group: thread,
        }
    }

    fn knows_keys(&self) -> bool {
        true
    }

    fn may_prove_by_path(&self) -> bool {
        true
    }

    fn verify(&self, account: &Account, incoming: &Incoming<'_>, _now: Timestamp) -> Result<(), Refusal> {
        door::verify(account, incoming)
    }

    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
        inbound::read(account.gateway, incoming.body, now)
    }

    fn plan(&self, _account: &Account, _thread: &Thread, message: &Outbound) -> Plan {
        shape::whatsapp::plan(message, false)
    }

    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
        calls::send(wire, account, envelope).await
    }

    async fn connect(&self, wire: &Wire, account: &Account, _take_over: bool) -> Result<Connected, ConnectError> {
        calls::connect(wire, account).await
    }

    /// There is nothing to take off: the address was written down in the portal by hand, and whoever still calls it is
    /// turned away at our door.
    async fn disconnect(&self, _wire: &Wire, _account: &Account) -> Result<(), ProviderError> {
        Ok(())
    }

    async fn probe(&self, wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
        calls::probe(wire, account).await
    }

    async fn fetch(
        &self,
        wire: &Wire,
        account: &Account,
        file: &FileRef,
        max_bytes: usize,
    ) -> Result<Bytes, ProviderError> {
        calls::fetch(wire, account, file, max_bytes).await
    }
}
