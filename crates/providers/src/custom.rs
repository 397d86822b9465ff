//! Custom Chat Gateway: the customer's own system, over HTTP.
//!
//! Each side posts JSON to the other and signs it with the secret that both know: by Standard Webhooks, or in the older way,
//! for a system that can't be changed. Whatever there is in a message is carried; the customer's system decides what it
//! shows. The contract in full is `docs/providers/custom.md`.

mod endpoint;
mod files;
mod incoming;
mod keys;
mod older;
mod outgoing;
mod reading;
mod signed;
#[cfg(test)]
mod tests;

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, Pace, Piece, Plan, Probe, Provider, Refusal,
    Registration, Sent, Unreadable, Wire,
};
use async_trait::async_trait;
use bytes::Bytes;
use http::Method;
use model::{
    Settings, Timestamp,
    message::{ChatAction, Envelope, EventKey, FileRef, Outbound, ProviderError, Thread},
    settings::{Custom as Own, Signature},
};

/// The customer's own system.
#[derive(Clone, Copy, Debug)]
pub struct Custom;

/// Settings of another messenger have no endpoint.
static NOWHERE: Own = Own {
    webhook: String::new(),
    signature: Signature::Standard,
};

fn settings(account: &Account) -> &Own {
    match &account.settings {
        Settings::Custom(settings) => settings,
        _ => &NOWHERE,
    }
}

fn is_older(account: &Account) -> bool {
    settings(account).signature == Signature::WebitelSign
}

#[async_trait]
impl Provider for Custom {
    fn kind(&self) -> model::Provider {
        model::Provider::Custom
    }

    fn limits(&self) -> Limits {
        let pace = |per_second, burst| Pace { per_second, burst };
        Limits {
            gateway: pace(50.0, 100.0),
            thread: pace(10.0, 20.0),
            group: pace(10.0, 20.0),
        }
    }

    fn knows_keys(&self) -> bool {
        true
    }

    fn verify(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<(), Refusal> {
        if incoming.method != Method::POST {
            return Err(Refusal::Method);
        }
        if is_older(account) {
            older::verify(account, incoming)
        } else {
            signed::verify(account, incoming, now)
        }
    }

    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
        if is_older(account) {
            older::parse(account, incoming, now)
        } else {
            incoming::parse(account, incoming, now)
        }
    }

    fn plan(&self, account: &Account, _thread: &Thread, message: &Outbound) -> Plan {
        if is_older(account) {
            return older::plan(message);
        }
        let (message, notes) = outgoing::carried(message);
        Plan {
            pieces: vec![Piece { message, notes }],
            choices: Vec::new(),
        }
    }

    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
        if is_older(account) {
            return older::send(wire, account, envelope).await;
        }
        let id = endpoint::id(&envelope.idempotency_key);
        let event = outgoing::message(&id, envelope, wire.now());
        let answer = endpoint::post(wire, account, &id, &event).await?;
        // Where the customer's system has no name for the message it goes by ours, and reports its fate by that.
        let external_id = endpoint::external_id(&answer).unwrap_or(id);
        Ok(Sent {
            external_id: Some(external_id),
        })
    }

    async fn act(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        _heard: Option<&EventKey>,
        action: ChatAction,
    ) -> Result<(), ProviderError> {
        if is_older(account) {
            return Ok(());
        }
        let now = wire.now();
        let id = endpoint::id(&format!("typing-{}-{}", now.0, thread.external_id));
        let event = outgoing::typing(thread, action, now);
        endpoint::post(wire, account, &id, &event).await.map(|_| ())
    }

    async fn close(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        key: &str,
        reason: &str,
    ) -> Result<(), ProviderError> {
        if is_older(account) {
            return older::close(wire, account, thread).await;
        }
        let event = outgoing::closed(thread, reason, wire.now());
        endpoint::post(wire, account, &endpoint::id(key), &event)
            .await
            .map(|_| ())
    }

    async fn connect(&self, wire: &Wire, account: &Account, _take_over: bool) -> Result<Connected, ConnectError> {
        ping(wire, account).await?;
        Ok(Connected {
            identity: endpoint::host(account),
            to_do: to_do(account),
        })
    }

    async fn disconnect(&self, wire: &Wire, account: &Account) -> Result<(), ProviderError> {
        if !is_older(account) {
            let now = wire.now();
            let event = outgoing::gateway("gateway.disabled", account, now);
            // A system that is gone must not keep its gateway from being disabled.
            let _ = endpoint::post(wire, account, &own_id("disabled", account, now), &event).await;
        }
        Ok(())
    }

    async fn probe(&self, wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
        ping(wire, account).await?;
        Ok(Probe {
            identity: endpoint::host(account),
            registration: Registration::Unknown,
            pending: None,
            last_error: None,
            to_do: to_do(account),
        })
    }

    async fn fetch(
        &self,
        wire: &Wire,
        _account: &Account,
        file: &FileRef,
        max_bytes: usize,
    ) -> Result<Bytes, ProviderError> {
        files::fetch(wire, file, max_bytes).await
    }
}

/// Asks the endpoint whether it is there and knows the secret; the older contract has no such question.
/// Whether it is done the system doesn't say.
fn to_do(account: &Account) -> String {
    format!("Let your system post its events to {}.", account.callback_url)
}

async fn ping(wire: &Wire, account: &Account) -> Result<(), ProviderError> {
    if is_older(account) {
        return endpoint::check(wire, account);
    }
    let now = wire.now();
    let event = outgoing::gateway("gateway.ping", account, now);
    endpoint::post(wire, account, &own_id("ping", account, now), &event)
        .await
        .map(|_| ())
}

/// The id of an event that is about the gateway itself and is told once.
fn own_id(word: &str, account: &Account, now: Timestamp) -> String {
    format!("{word}-{}-{}", account.gateway, now.0)
}
