//! Faults: what goes wrong with the next calls.

use crate::Provider;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// What goes wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// It is refused, in the messenger's own shape.
    Error {
        /// The HTTP status; Viber and Meta may ignore it where theirs follows from the code.
        status: u16,
        /// The messenger's code: of Viber the status, of Meta the code.
        #[serde(default)]
        code: Option<i64>,
        /// The finer code, of Meta.
        #[serde(default)]
        subcode: Option<i64>,
        /// What it says; of Infobip the `messageId` before a colon.
        #[serde(default)]
        message: Option<String>,
    },
    /// It came too often, in the messenger's own shape.
    RateLimited {
        /// Seconds to wait.
        retry_after: u32,
    },
    /// Exactly this is answered.
    Answer {
        /// The status.
        status: u16,
        /// Headers.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// The body.
        #[serde(default)]
        body: String,
    },
    /// Status 200 and something that is no JSON.
    Garbage,
    /// Status 200 and nothing.
    Empty,
    /// The connection is closed before anything is done.
    Close,
    /// It is done, and the connection is closed in the middle of the answer.
    CloseHalfWay,
    /// It is done, and the connection is closed without an answer.
    LoseAnswer,
    /// Nothing is done and nothing answered for as long as the caller waits.
    Hang,
    /// It is done, and the second half of the answer comes later.
    SlowBody {
        /// Milliseconds between the halves.
        ms: u64,
    },
    /// It is done, but later.
    Delay {
        /// Milliseconds.
        ms: u64,
    },
}

#[derive(Debug, Default)]
pub(crate) struct Faults {
    queue: Mutex<Vec<Planned>>,
    /// How many wait, so that a call without a fault takes no lock.
    waiting: AtomicUsize,
}

#[derive(Debug)]
struct Planned {
    provider: Provider,
    on: String,
    fault: Fault,
    times: u32,
}

impl Planned {
    fn is_for(&self, provider: Provider, path: &str) -> bool {
        if self.provider != provider {
            return false;
        }
        let is_path = self.on.contains('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        self.on == "*" || (is_path && path.contains(&self.on)) || (!is_path && last.eq_ignore_ascii_case(&self.on))
    }
}

impl Faults {
    pub fn add(&self, provider: Provider, on: &str, fault: Fault, times: u32) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.push(Planned {
            provider,
            on: on.to_owned(),
            fault,
            times: times.max(1),
        });
        self.waiting.store(queue.len(), Ordering::Release);
    }

    pub fn clear(&self) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.clear();
        self.waiting.store(0, Ordering::Release);
    }

    /// The first fault that is for this call; it is used up.
    pub fn take(&self, provider: Provider, path: &str) -> Option<Fault> {
        if self.waiting.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let index = queue.iter().position(|planned| planned.is_for(provider, path))?;
        let planned = &mut queue[index];
        let fault = planned.fault.clone();
        planned.times -= 1;
        if planned.times == 0 {
            queue.remove(index);
        }
        self.waiting.store(queue.len(), Ordering::Release);
        Some(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_so_often_to_the_calls_it_is_for_and_in_order() {
        let faults = Faults::default();
        faults.add(Provider::Telegram, "sendMessage", Fault::Empty, 2);
        faults.add(Provider::Telegram, "*", Fault::Garbage, 1);
        faults.add(Provider::Graph, "/123/", Fault::Close, 1);
        let take = |provider, path| faults.take(provider, path);
        assert_eq!(take(Provider::Viber, "/viber/pa/sendmessage"), None);
        assert_eq!(
            take(Provider::Telegram, "/telegram/bot1:a/sendmessage"),
            Some(Fault::Empty)
        );
        assert_eq!(take(Provider::Telegram, "/telegram/bot1:a/getMe"), Some(Fault::Garbage));
        assert_eq!(take(Provider::Telegram, "/telegram/bot1:a/getMe"), None);
        assert_eq!(
            take(Provider::Telegram, "/telegram/bot1:a/sendMessage"),
            Some(Fault::Empty)
        );
        assert_eq!(take(Provider::Telegram, "/telegram/bot1:a/sendMessage"), None);
        assert_eq!(take(Provider::Graph, "/graph/v25.0/12/messages"), None);
        assert_eq!(take(Provider::Graph, "/graph/v25.0/123/messages"), Some(Fault::Close));
    }
}
