//! Viber: bots at Viber itself or at a partner that speaks the same language.
//!
//! Viber knows us by the token in a header, and we know Viber by a signature made with the same token. Failures come with
//! the HTTP status 200 and a number. A message is sent once: Viber has no keys by which it would know a repetition.

mod api;
mod callback;
mod connect;
mod errors;
mod fetch;
mod parts;
mod plan;
mod request;
mod wire_types;

#[cfg(test)]
mod tests;

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, Pace, Plan, Probe, Provider, Refusal, Sent, Unreadable,
    Wire, signature,
};
use async_trait::async_trait;
use bytes::Bytes;
use http::Method;
use model::{
    Timestamp,
    message::{Envelope, FileRef, Outbound, ProviderError, Thread},
};

/// The field of the token, with which we call Viber and Viber signs.
const TOKEN: &str = "secret.token";
/// The header in which Viber brings its signature.
const SIGNATURE_HEADER: &str = "x-viber-content-signature";

/// Viber.
#[derive(Clone, Copy, Debug)]
pub struct Viber;

#[async_trait]
impl Provider for Viber {
    fn kind(&self) -> model::Provider {
        model::Provider::Viber
    }

    /// Viber says only that a peer who does not answer gets at most 100 messages an hour, which no bucket can hold back
    /// without slowing down everybody; the rest is courtesy.
    fn limits(&self) -> Limits {
        let pace = |per_second, burst| Pace { per_second, burst };
        Limits {
            gateway: pace(40.0, 40.0),
            thread: pace(2.0, 5.0),
            group: pace(2.0, 5.0),
        }
    }

    fn verify(&self, account: &Account, incoming: &Incoming<'_>, _: Timestamp) -> Result<(), Refusal> {
        if incoming.method != Method::POST {
            return Err(Refusal::Method);
        }
        let given = incoming.header(SIGNATURE_HEADER).ok_or(Refusal::Unsigned)?;
        let token = account.secret(TOKEN);
        if token.is_empty() || !signature::is_hmac_hex(given, token.as_bytes(), &[incoming.body]) {
            return Err(Refusal::Forged);
        }
        Ok(())
    }

    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
        callback::read(account, incoming.body, now)
    }

    fn plan(&self, account: &Account, _: &Thread, message: &Outbound) -> Plan {
        plan::plan(account, message)
    }

    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
        request::send(wire, account, envelope).await
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

    async fn fetch(&self, wire: &Wire, _: &Account, file: &FileRef, max_bytes: usize) -> Result<Bytes, ProviderError> {
        fetch::fetch(wire, file, max_bytes).await
    }
}

/// The settings; those of another messenger read as empty ones.
fn settings(account: &Account) -> model::settings::Viber {
    match &account.settings {
        model::Settings::Viber(settings) => settings.clone(),
        _ => model::settings::Viber::default(),
    }
}
