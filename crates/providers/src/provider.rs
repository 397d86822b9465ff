//! What every messenger can do.

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, Mode, Plan, Polled, Probe, Refusal, Reply, Unreadable,
    Wire,
};
use async_trait::async_trait;
use bytes::Bytes;
use model::{
    Timestamp,
    message::{ChatAction, Envelope, ErrorClass, EventKey, FileRef, Outbound, ProviderError, Thread},
};
use std::fmt::Debug;

/// A messenger.
///
/// Whatever it says about a failure names no secret.
#[async_trait]
pub trait Provider: Debug + Send + Sync {
    /// Which one.
    fn kind(&self) -> model::Provider;

    /// How fast it may be spoken to.
    fn limits(&self) -> Limits;

    /// Whether it shows a message once however often it gets it with the same [`Envelope::idempotency_key`].
    fn knows_keys(&self) -> bool {
        false
    }

    /// Whether it tells how far a message got: delivered, read, or not after all.
    fn tells_receipts(&self) -> bool {
        true
    }

    /// How its events come to this gateway.
    fn mode(&self, account: &Account) -> Mode {
        let _ = account;
        Mode::Webhook
    }

    /// Whether its requests may bring a secret behind the gateway's URI. For others nobody lives there.
    fn may_prove_by_path(&self) -> bool {
        false
    }

    /// Answers a request that only asks whether we are there; none when it is not such a request, or not a genuine one.
    fn challenge(&self, account: &Account, incoming: &Incoming<'_>) -> Option<Reply> {
        let _ = (account, incoming);
        None
    }

    /// Checks that a request is genuine, before anything in it is looked at. Takes the same time for every wrong proof.
    ///
    /// # Errors
    ///
    /// A [`Refusal`].
    fn verify(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<(), Refusal>;

    /// Reads a genuine request. What is not known is an event of the kind `Unknown`, or nothing.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], when it makes no sense at all.
    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable>;

    /// Brings a message into the shape that the messenger can carry in this thread.
    fn plan(&self, account: &Account, thread: &Thread, message: &Outbound) -> Plan;

    /// Whether files that we keep are to be at hand ([`Wire::carrying`]), because the messenger can't fetch them from us.
    fn takes_bytes(&self, account: &Account) -> bool {
        let _ = account;
        false
    }

    /// Sends one piece of a plan with one call.
    ///
    /// # Errors
    ///
    /// [`ProviderError`]; its class is [`ErrorClass::Ambiguous`] when nobody knows whether the messenger took it.
    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError>;

    /// Shows the peer what we do. A messenger that has no such thing shows nothing. `heard` is the last that was heard of the
    /// peer, as far as it is known.
    ///
    /// # Errors
    ///
    /// [`ProviderError`]; nobody tries again.
    async fn act(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        heard: Option<&EventKey>,
        action: ChatAction,
    ) -> Result<(), ProviderError> {
        let _ = (wire, account, thread, heard, action);
        Ok(())
    }

    /// Tells the messenger that we have ended the conversation, and why, in a word; one that has no such thing is told
    /// nothing. `key` is the same for each attempt.
    ///
    /// # Errors
    ///
    /// [`ProviderError`].
    async fn close(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        key: &str,
        reason: &str,
    ) -> Result<(), ProviderError> {
        let _ = (wire, account, thread, key, reason);
        Ok(())
    }

    /// What is to be called when an event was taken, such as the end of a button's spinner; failures mean nothing.
    async fn taken(&self, wire: &Wire, account: &Account, event: &model::message::InboundEvent) {
        let _ = (wire, account, event);
    }

    /// Announces the gateway, so that events come. Doing it twice is the same as doing it once.
    ///
    /// # Errors
    ///
    /// [`ConnectError::Elsewhere`] when events go elsewhere and `take_over` does not allow to change that.
    async fn connect(&self, wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError>;

    /// Takes the gateway off, so that no more events come. A registration that is not ours stays.
    ///
    /// # Errors
    ///
    /// [`ProviderError`]; it is to be tried again.
    async fn disconnect(&self, wire: &Wire, account: &Account) -> Result<(), ProviderError>;

    /// Looks how the gateway stands, without changing anything.
    ///
    /// # Errors
    ///
    /// [`ProviderError`].
    async fn probe(&self, wire: &Wire, account: &Account) -> Result<Probe, ProviderError>;

    /// Asks for events, waiting for some time if there are none; `after` is what the last [`Polled::next`] was.
    ///
    /// # Errors
    ///
    /// [`ProviderError`].
    async fn poll(
        &self,
        wire: &Wire,
        account: &Account,
        after: Option<&str>,
        now: Timestamp,
    ) -> Result<Polled, ProviderError> {
        let _ = (wire, account, after, now);
        Err(ProviderError {
            class: ErrorClass::Invalid,
            http: None,
            code: None,
            subcode: None,
            message: "This messenger calls; it can't be asked.".to_owned(),
            trace_id: None,
        })
    }

    /// Fetches a file that a peer sent, of at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// [`ErrorClass::TooLarge`], [`ErrorClass::NotFound`] when it has expired.
    async fn fetch(
        &self,
        wire: &Wire,
        account: &Account,
        file: &FileRef,
        max_bytes: usize,
    ) -> Result<Bytes, ProviderError>;
}

/// What the messenger says about a message that it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What it calls the message, if it says.
    pub external_id: Option<String>,
}
