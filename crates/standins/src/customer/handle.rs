//! What a test can do with the stand-in of the customers.

use super::{
    endpoint::{Endpoint, Scheme, Scripted},
    events,
};
use crate::{Answer, Cannot, Peer, Provider, Seal, Unanswered, chance, push, world::World};
use bytes::Bytes;
use serde_json::{Value, json};
use std::sync::Arc;

/// The stand-in of the customers of Custom gateways.
#[derive(Clone, Debug)]
pub struct Customer {
    world: Arc<World>,
}

impl Customer {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    fn find(&self, name: &str) -> Result<Arc<Endpoint>, Cannot> {
        let endpoint = self.world.customer.endpoint(name);
        endpoint.ok_or_else(|| Cannot::new("there is no endpoint of this name"))
    }

    /// Registers an endpoint, or changes its scheme and its secrets. Each secret is good; the endpoint signs with all of
    /// them, the older scheme with the first.
    pub fn endpoint(&self, name: &str, scheme: Scheme, secrets: &[&str]) {
        let endpoint = self.world.customer.register(name);
        let mut state = endpoint.state();
        state.scheme = scheme;
        state.secrets = secrets.iter().map(ToString::to_string).collect();
    }

    /// Says where the gateway of an endpoint listens.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint.
    pub fn gateway(&self, name: &str, url: &str) -> Result<(), Cannot> {
        url.clone_into(&mut self.find(name)?.state().gateway);
        Ok(())
    }

    /// Somebody who writes through a customer's system.
    #[must_use]
    pub fn peer(&self, name: &str, chat: &str) -> Peer {
        let chat = self.world.customer.chats.open(name, chat);
        Peer::new(self.world.clone(), Provider::Customer, chat)
    }

    /// Answers the next genuine event so; answers wait in line.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint.
    pub fn answers(&self, name: &str, scripted: Scripted) -> Result<(), Cannot> {
        self.find(name)?.state().script.push_back(scripted);
        Ok(())
    }

    /// Tells the gateway any event, in the line of its chat.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint or it knows no gateway.
    pub fn event(&self, name: &str, kind: &str, data: &Value) -> Result<(), Cannot> {
        let endpoint = self.find(name)?;
        let now = jiff::Timestamp::from_millisecond(crate::clock::now_ms()).unwrap_or_default();
        let event = json!({ "type": kind, "timestamp": now.to_string(), "data": data });
        let chat = data["chat_id"].as_str().unwrap_or_default();
        events::tell(&self.world, &endpoint, chat, event.to_string())
    }

    /// Tells the gateway how its message fared: `sent`, `delivered`, `read` or `failed`.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint or it knows no gateway.
    pub fn status(&self, name: &str, message: &str, status: &str, error: Option<&str>) -> Result<(), Cannot> {
        let data = json!({ "message_id": message, "status": status, "error": error });
        self.event(name, "status.updated", &data)
    }

    /// Posts any body to the gateway, once and past the line, and gives the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when there is no gateway.
    pub async fn post(&self, name: &str, body: impl Into<Bytes>, seal: Seal) -> Result<Answer, Unanswered> {
        let id = format!("evt_{}", chance::word());
        self.post_as(name, &id, body, seal).await
    }

    /// Posts any body under an id, which may be one that was there before.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when there is no gateway.
    pub async fn post_as(
        &self,
        name: &str,
        id: &str,
        body: impl Into<Bytes>,
        seal: Seal,
    ) -> Result<Answer, Unanswered> {
        let endpoint = self.find(name).map_err(|cannot| Unanswered(cannot.to_string()))?;
        let event = events::sealed(&endpoint, id, body);
        let event = event.ok_or_else(|| Unanswered("the endpoint knows no gateway".to_owned()))?;
        push::send(&self.world, &event, seal).await
    }

    /// Why requests to an endpoint were turned away.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint.
    pub fn refused(&self, name: &str) -> Result<Vec<String>, Cannot> {
        Ok(self.find(name)?.state().refused.clone())
    }

    /// How many events came once more, under an id that was there before.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such endpoint.
    pub fn duplicates(&self, name: &str) -> Result<u64, Cannot> {
        Ok(self.find(name)?.state().duplicates)
    }
}
