//! One bot: its webhook, and the updates that wait for it.

use super::bot_id;
use crate::lanes::Lanes;
use bytes::Bytes;
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

#[derive(Debug)]
pub(crate) struct Bot {
    pub token: Arc<str>,
    pub id: i64,
    pub username: String,
    /// Wakes whoever polls.
    pub wake: Notify,
    pub lanes: Arc<Lanes<i64, Job>>,
    state: Mutex<BotState>,
}

/// What changes about a bot.
#[derive(Debug, Default)]
pub(crate) struct BotState {
    revoked: bool,
    pub webhook: Option<Arc<Webhook>>,
    /// Counts the webhooks; a delivery for an older one is over.
    pub generation: u64,
    /// Kinds of updates that the bot wants; none for the usual ones.
    pub allowed: Option<Vec<String>>,
    pub pending: BTreeMap<i64, Arc<Update>>,
    pub next_update: i64,
    pub last_error: Option<(i64, String)>,
    pub next_set: Option<Instant>,
    pub next_conflict: Option<Instant>,
    pub gone_since: Option<Instant>,
    pub poll: Poll,
    pub callbacks: HashMap<String, Callback>,
}

/// The last call of `getUpdates`.
#[derive(Debug, Default)]
pub(crate) struct Poll {
    /// Counts them; one that is not the last is over.
    pub number: u64,
    /// How many wait for updates.
    pub waiting: usize,
    /// Whether a webhook ended it.
    pub ended_by_webhook: bool,
    pub offset: Option<i64>,
    pub begun: Option<Instant>,
}

/// A button that was pressed.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub at: Instant,
    pub answered: bool,
    pub text: String,
}

#[derive(Debug)]
pub(crate) struct Webhook {
    pub url: String,
    pub secret: String,
    pub max_connections: i64,
    pub ip_address: String,
    pub has_certificate: bool,
    pub permits: Semaphore,
}

/// An update that was not taken yet.
#[derive(Debug)]
pub(crate) struct Update {
    /// Complete JSON.
    pub json: Bytes,
    /// Updates of one lane are delivered in order.
    pub lane: i64,
    pub at: Instant,
}

/// The delivery of an update to a webhook.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Job {
    pub update: i64,
    pub generation: u64,
}

/// What a bot gets only if it asks for it.
const UNUSUAL: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];
/// Whoever polls asks again within this time.
const LATELY: Duration = Duration::from_secs(90);
/// So many pressed buttons are remembered after they were answered.
const MOST_CALLBACKS: usize = 20_000;
/// So long an update waits.
pub(crate) const KEPT: Duration = Duration::from_hours(24);

impl Bot {
    pub fn new(token: Arc<str>, username: &str, first_update: i64, stop: &CancellationToken) -> Self {
        Self {
            id: bot_id(&token).unwrap_or_default(),
            token,
            username: username.to_owned(),
            wake: Notify::new(),
            lanes: Lanes::new(stop.clone()),
            state: Mutex::new(BotState {
                next_update: first_update,
                ..BotState::default()
            }),
        }
    }

    pub fn state(&self) -> MutexGuard<'_, BotState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_revoked(&self) -> bool {
        self.state().revoked
    }

    /// Where its updates go: the webhook, or `getUpdates` if it asked lately.
    pub fn listens(&self) -> String {
        let state = self.state();
        if let Some(webhook) = &state.webhook {
            return webhook.url.clone();
        }
        let polls = state.poll.begun.is_some_and(|begun| begun.elapsed() < LATELY);
        if polls { "getUpdates".to_owned() } else { String::new() }
    }

    pub fn revoke(&self) {
        self.state().revoked = true;
        self.wake.notify_waiters();
    }

    pub fn restore(&self) {
        self.state().revoked = false;
    }
}

impl BotState {
    /// Whether updates of this kind go to the bot.
    pub fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            Some(kinds) => kinds.iter().any(|allowed| allowed == kind),
            None => !UNUSUAL.contains(&kind),
        }
    }

    /// A button was pressed; whoever pressed it waits for an answer.
    pub fn pressed(&mut self, id: String) {
        if self.callbacks.len() > MOST_CALLBACKS {
            self.callbacks.retain(|_, callback| !callback.answered);
        }
        let callback = Callback {
            at: Instant::now(),
            answered: false,
            text: String::new(),
        };
        self.callbacks.insert(id, callback);
    }

    /// Sets what the bot wants, if the call says; whether that changed anything.
    pub fn allow(&mut self, given: Option<Value>) -> bool {
        let Some(Value::Array(kinds)) = given else {
            return false;
        };
        let kinds: Vec<String> = kinds.iter().filter_map(Value::as_str).map(str::to_lowercase).collect();
        let allowed = (!kinds.is_empty()).then_some(kinds);
        let changed = allowed != self.allowed;
        self.allowed = allowed;
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_empty_list_is_the_usual_kinds_and_no_list_changes_nothing() {
        let mut state = BotState::default();
        assert!(state.wants("message") && !state.wants("message_reaction"));
        assert!(state.allow(Some(json!(["message_reaction"]))));
        assert!(!state.wants("message") && state.wants("message_reaction"));
        assert!(!state.allow(None));
        assert!(state.wants("message_reaction"));
        assert!(state.allow(Some(json!([]))));
        assert!(state.wants("callback_query"));
    }
}
