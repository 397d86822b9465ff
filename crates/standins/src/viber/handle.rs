//! What a test can do with the stand-in of Viber.

use super::{account::Account, events};
use crate::{Answer, Cannot, Peer, Provider, Seal, Unanswered, push, world::World};
use bytes::Bytes;
use serde_json::Value;
use std::sync::{Arc, atomic::Ordering};

/// The stand-in of Viber.
#[derive(Clone, Debug)]
pub struct Viber {
    world: Arc<World>,
}

impl Viber {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    fn find(&self, token: &str) -> Result<Arc<Account>, Cannot> {
        let account = self.world.viber.account(token);
        account.ok_or_else(|| Cannot::new("there is no account with this token"))
    }

    /// Registers an account; a token that was revoked is good again.
    pub fn account(&self, token: &str, name: &str) {
        self.world.viber.register(token, name);
    }

    /// Makes a token no good any more.
    pub fn revoke(&self, token: &str) {
        if let Some(account) = self.world.viber.account(token) {
            account.state().revoked = true;
        }
    }

    /// A user of Viber whom the account has heard of. It is subscribed once it has written.
    #[must_use]
    pub fn peer(&self, token: &str, user: &str) -> Peer {
        let chat = self.world.viber.chats.open(token, user);
        Peer::new(self.world.clone(), Provider::Viber, chat)
    }

    /// Where an account's events go; empty if nowhere.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account.
    pub fn webhook(&self, token: &str) -> Result<String, Cannot> {
        Ok(self.find(token)?.state().webhook.clone().unwrap_or_default())
    }

    /// Sets a webhook as somebody else would who has the token, without a call; an empty address takes it off.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account.
    pub fn set_webhook(&self, token: &str, url: &str) -> Result<(), Cannot> {
        let account = self.find(token)?;
        let mut state = account.state();
        state.webhook = (!url.is_empty()).then(|| url.to_owned());
        state.event_types = super::account::EVENTS.iter().map(ToString::to_string).collect();
        Ok(())
    }

    /// Tells an account of any event, in the line of this user; what every event has is added.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account.
    pub fn event(&self, token: &str, user: &str, event: Value) -> Result<(), Cannot> {
        let account = self.find(token)?;
        let number = event["message_token"].as_u64();
        let number = number.unwrap_or_else(|| self.world.viber.token());
        events::tell(&self.world, &account, user, event, number, None);
        Ok(())
    }

    /// Tells how a message fared: `delivered`, `seen` or `failed`, the last with a reason. A user with several devices has
    /// several of the same.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account.
    pub fn receipt(&self, token: &str, user: &str, message: u64, event: &str, why: Option<&str>) -> Result<(), Cannot> {
        let account = self.find(token)?;
        let chat = self.world.viber.chats.open(token, user);
        events::receipt(&self.world, &account, &chat, message, event, why);
        Ok(())
    }

    /// Posts any body to an account's webhook, once and past the line, and gives the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when there is no webhook.
    pub async fn post(&self, token: &str, body: impl Into<Bytes>, seal: Seal) -> Result<Answer, Unanswered> {
        let account = self.find(token).map_err(|cannot| Unanswered(cannot.to_string()))?;
        let url = account.state().webhook.clone();
        let url = url.ok_or_else(|| Unanswered("the account has no webhook".to_owned()))?;
        let event = events::sealed(&account, url, body);
        push::send(&self.world, &event, seal).await
    }

    /// Why welcome messages of an account were thrown away.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such account.
    pub fn refused_welcomes(&self, token: &str) -> Result<Vec<String>, Cannot> {
        Ok(self.find(token)?.state().refused_welcomes.clone())
    }

    /// Reports every message as delivered and then as seen.
    pub fn receipts(&self, on: bool) {
        self.world.viber.receipts.store(on, Ordering::Relaxed);
    }

    /// Takes only webhooks with HTTPS.
    pub fn strict_urls(&self, on: bool) {
        self.world.viber.strict_urls.store(on, Ordering::Relaxed);
    }

    /// Fetches the files that are sent, and refuses those that can't be fetched.
    pub fn fetch_files(&self, on: bool) {
        self.world.viber.fetches.store(on, Ordering::Relaxed);
    }
}
