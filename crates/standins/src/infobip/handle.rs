//! What a test can do with the stand-in of Infobip.

use super::{
    account::{Guard, Number},
    answer::status,
    events, report,
};
use crate::{Answer, Cannot, Peer, Provider, Seal, Unanswered, chat::Chat, push, world::World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};

/// The stand-in of Infobip.
#[derive(Clone, Debug)]
pub struct Infobip {
    world: Arc<World>,
}

impl Infobip {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    fn find(&self, number: &str) -> Result<Arc<Number>, Cannot> {
        let found = self.world.infobip.number(number);
        found.ok_or_else(|| Cannot::new("there is no such number"))
    }

    fn chat(&self, number: &str, peer: &str) -> Arc<Chat> {
        self.world.infobip.chats.open(number, peer)
    }

    /// Registers a number under an API key; a key that was revoked is good again.
    pub fn number(&self, key: &str, number: &str) {
        self.world.infobip.register(key, number);
    }

    /// Makes a key no good any more.
    pub fn revoke(&self, key: &str) {
        self.world.infobip.revoke(key);
    }

    /// Somebody who writes to a number.
    #[must_use]
    pub fn peer(&self, number: &str, peer: &str) -> Peer {
        Peer::new(self.world.clone(), Provider::Infobip, self.chat(number, peer))
    }

    /// Says in the portal where the events of a number go, and how Infobip proves itself there.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn forward(&self, number: &str, url: &str, guard: Guard) -> Result<(), Cannot> {
        let number = self.find(number)?;
        let mut state = number.state();
        url.clone_into(&mut state.webhook);
        state.guard = guard;
        Ok(())
    }

    /// Where the events of a number go now; empty if nowhere.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn webhook(&self, number: &str) -> Result<String, Cannot> {
        let number = self.find(number)?;
        Ok(events::webhook(&self.world.infobip, &number))
    }

    /// Makes a template known and approved, such as `order_ready`, `en` and `Your order {{1}} is ready.`
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn template(&self, number: &str, name: &str, language: &str, text: &str) -> Result<(), Cannot> {
        let template = json!({
            "id": crate::chance::below(1 << 40).to_string(), "businessAccountId": 1, "name": name,
            "language": language, "status": "APPROVED", "category": "UTILITY",
            "structure": { "body": { "text": text }, "type": "TEXT" },
        });
        self.find(number)?.state().templates.push(template);
        Ok(())
    }

    /// Rejects the next message with status 200, under a name such as `REJECTED_DESTINATION`.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn reject_next(&self, number: &str, name: &str) -> Result<(), Cannot> {
        self.find(number)?.state().rejections.push_back(name.to_owned());
        Ok(())
    }

    /// One result of a batch: any message of a peer, such as `{"type": "INFECTED_CONTENT"}`. Its id and its time can be
    /// changed before it is told.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn result(&self, number: &str, peer: &str, message: &Value) -> Result<Value, Cannot> {
        Ok(events::result(&*self.find(number)?, &self.chat(number, peer), message))
    }

    /// Tells the gateway of a number some results in one batch.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn batch(&self, number: &str, results: &[Value]) -> Result<(), Cannot> {
        let number = self.find(number)?;
        let url = events::webhook(&self.world.infobip, &number);
        events::tell(&self.world, &number, "", url, &events::batch(results));
        Ok(())
    }

    /// Reports how a message fared: status group and name such as 3 and `DELIVERED`, and the name of an error or nothing.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn report(
        &self,
        number: &str,
        peer: &str,
        message: &str,
        group: (u8, &str),
        error: Option<&str>,
    ) -> Result<(), Cannot> {
        let status = status(group.0, group.1, u32::from(group.0) + 2, group.1, group.1);
        let error = json!({ "id": 0, "groupId": 0, "name": error.unwrap_or("NO_ERROR"), "permanent": error.is_some() });
        let chat = self.chat(number, peer);
        let report = report::delivery(&chat, message, &status, &error, &Value::Null);
        self.batch_of_reports(number, &report)
    }

    /// Reports that a message was seen.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn seen(&self, number: &str, peer: &str, message: &str) -> Result<(), Cannot> {
        let report = report::seen(&*self.find(number)?, &self.chat(number, peer), message);
        self.batch_of_reports(number, &report)
    }

    fn batch_of_reports(&self, number: &str, report: &Value) -> Result<(), Cannot> {
        let number = self.find(number)?;
        let url = events::webhook(&self.world.infobip, &number);
        events::tell(&self.world, &number, "", url, &json!({ "results": [report] }));
        Ok(())
    }

    /// Posts any body to the gateway of a number, once and past the line, and gives the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when the number forwards to nobody.
    pub async fn post(&self, number: &str, body: impl Into<Bytes>, seal: Seal) -> Result<Answer, Unanswered> {
        let number = self.find(number).map_err(|cannot| Unanswered(cannot.to_string()))?;
        let url = events::webhook(&self.world.infobip, &number);
        push::send(&self.world, &events::sealed(&number, url, body), seal).await
    }

    /// The messages of peers that were marked as read.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such number.
    pub fn marked_read(&self, number: &str) -> Result<Vec<String>, Cannot> {
        Ok(self.find(number)?.state().read.clone())
    }

    /// Reports every message as delivered and then as seen. Failures are always reported.
    pub fn receipts(&self, on: bool) {
        events::set_receipts(&self.world.infobip, on);
    }

    /// Fetches the files that are sent, and refuses those that can't be fetched.
    pub fn fetch_files(&self, on: bool) {
        self.world.infobip.fetches.store(on, Ordering::Relaxed);
    }
}
