//! One account.

use crate::sign::sha256_hex;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// What an account can be told, beside messages, which it always is.
pub(crate) const EVENTS: [&str; 6] = [
    "delivered",
    "seen",
    "failed",
    "subscribed",
    "unsubscribed",
    "conversation_started",
];

#[derive(Debug)]
pub(crate) struct Account {
    pub token: Arc<str>,
    pub name: String,
    state: Mutex<AccountState>,
}

#[derive(Debug, Default)]
pub(crate) struct AccountState {
    pub revoked: bool,
    pub webhook: Option<String>,
    pub event_types: Vec<String>,
    /// When the details of a user were asked for.
    pub lookups: HashMap<String, Vec<Instant>>,
    /// Why welcome messages were thrown away.
    pub refused_welcomes: Vec<String>,
}

impl Account {
    pub fn new(token: &str, name: &str) -> Self {
        Self {
            token: token.into(),
            name: name.to_owned(),
            state: Mutex::default(),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, AccountState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// `pa:` and a number that follows from the token.
    pub fn id(&self) -> String {
        let digest = sha256_hex(self.token.as_bytes());
        format!("pa:{}", u64::from_str_radix(&digest[..13], 16).unwrap_or_default())
    }

    /// Whether the account wants to be told of an event.
    pub fn wants(&self, event: &str) -> bool {
        !EVENTS.contains(&event) || self.state().event_types.iter().any(|wanted| wanted == event)
    }
}
