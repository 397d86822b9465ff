//! Messenger: Facebook pages, professional Instagram accounts and `WhatsApp` numbers through one Meta app.
//!
//! One address takes the events of all of them. A thread is a person and, as `via`, what the person wrote to, with a word
//! that says what it is: `facebook:ID`, `instagram:ID` or `whatsapp:ID`. Events of accounts that the gateway does not
//! serve, or that are not subscribed, are not ours and are left out.

mod accounts;
mod connect;
mod deauthorised;
mod door;
mod error;
mod facebook;
mod graph;
mod inbound;
mod inspect;
mod instagram;
mod listing;
mod media;
mod pages;
mod profile;
mod reach;
mod sign_in;
mod subscription;
#[cfg(test)]
mod tests;
mod whatsapp;

pub use connect::take_off;
pub use deauthorised::{DEAUTHORISE, Deauthorised, deauthorised};
pub use listing::{InstagramAccount, Number, Page, numbers, pages};
pub use profile::profile;
pub use reach::{Found, Names, Reached, look, reached};
pub use sign_in::{exchange_code, sign_in_url};
pub use subscription::{subscribe, unsubscribe};

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, MetaKind, Pace, Plan, Probe, Provider, Refusal, Reply,
    Sent, Unreadable, Wire, shape,
};
use async_trait::async_trait;
use bytes::Bytes;
use model::{
    Timestamp,
    message::{ChatAction, Envelope, EventKey, FileRef, Outbound, ProviderError, Thread, ThreadKind},
};

/// Facebook pages, Instagram and `WhatsApp` through Meta.
#[derive(Clone, Copy, Debug)]
pub struct Messenger;

#[async_trait]
impl Provider for Messenger {
    fn kind(&self) -> model::Provider {
        model::Provider::Messenger
    }

    /// The slowest of the three: `WhatsApp` takes 80 messages a second of a number, and to one person one in six seconds,
    /// of which some may come at once.
    fn limits(&self) -> Limits {
        Limits {
            gateway: Pace {
                per_second: 80.0,
                burst: 80.0,
            },
            thread: Pace {
                per_second: 1.0 / 6.0,
                burst: 20.0,
            },
            group: Pace {
                per_second: 1.0,
                burst: 5.0,
            },
        }
    }

    fn challenge(&self, account: &Account, incoming: &Incoming<'_>) -> Option<Reply> {
        door::challenge(account, incoming)
    }

    fn verify(&self, account: &Account, incoming: &Incoming<'_>, _now: Timestamp) -> Result<(), Refusal> {
        door::verify(account, incoming)
    }

    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
        inbound::read(account, incoming.body, now)
    }

    fn plan(&self, account: &Account, thread: &Thread, message: &Outbound) -> Plan {
        match (accounts::kind_of(account, thread), thread.kind) {
            (MetaKind::Facebook, _) => pages::plan(&facebook::RULES, message),
            (MetaKind::Instagram, ThreadKind::Comment) => instagram::plan_comment(message),
            (MetaKind::Instagram, _) => pages::plan(&instagram::RULES, message),
            (MetaKind::WhatsApp, _) => shape::whatsapp::plan(message, true),
        }
    }

    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
        let from = accounts::of_thread(account, &envelope.thread)?;
        match (from.kind, envelope.thread.kind) {
            (MetaKind::WhatsApp, _) => whatsapp::send(wire, account, from, envelope).await,
            (MetaKind::Instagram, ThreadKind::Comment) => instagram::comment(wire, account, from, envelope).await,
            (MetaKind::Facebook | MetaKind::Instagram, _) => pages::send(wire, account, from, envelope).await,
        }
    }

    async fn act(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        heard: Option<&EventKey>,
        action: ChatAction,
    ) -> Result<(), ProviderError> {
        let from = accounts::of_thread(account, thread)?;
        match (from.kind, thread.kind) {
            (_, ThreadKind::Comment) => Ok(()),
            (MetaKind::WhatsApp, _) => whatsapp::act(wire, account, from, heard, action).await,
            (MetaKind::Facebook | MetaKind::Instagram, _) => pages::act(wire, account, from, thread, action).await,
        }
    }

    async fn connect(&self, wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
        connect::connect(wire, account, take_over).await
    }

    async fn disconnect(&self, wire: &Wire, account: &Account) -> Result<(), ProviderError> {
        connect::disconnect(wire, account).await
    }

    async fn probe(&self, wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
        connect::probe(wire, account).await
    }

    async fn fetch(
        &self,
        wire: &Wire,
        account: &Account,
        file: &FileRef,
        max_bytes: usize,
    ) -> Result<Bytes, ProviderError> {
        media::fetch(wire, account, file, max_bytes).await
    }
}
