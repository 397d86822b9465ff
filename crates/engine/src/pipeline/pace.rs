//! How fast a messenger is spoken to: buckets of tokens for gateways and threads, and pauses that a messenger asks for.

use super::lanes::LaneKey;
use model::{GatewayId, Timestamp, message::ThreadKind};
use providers::{Limits, Pace};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// So many buckets of threads are kept; a full one is the same as none.
const MOST_THREADS: usize = 50_000;

/// The buckets of every gateway and thread that was spoken to lately.
#[derive(Debug)]
pub(crate) struct Paces {
    keeps: bool,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    gateways: HashMap<GatewayId, Bucket>,
    threads: HashMap<LaneKey, Bucket>,
    held: HashMap<GatewayId, Timestamp>,
}

#[derive(Clone, Copy, Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Bucket {
    fn full(pace: Pace, now: Timestamp) -> Self {
        Self {
            tokens: pace.burst,
            at: now,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a pause are far below 2^52")]
    fn refill(&mut self, pace: Pace, now: Timestamp) {
        let seconds = now.since(self.at).as_millis() as f64 / 1_000.0;
        self.tokens = (self.tokens + seconds * pace.per_second).min(pace.burst);
        self.at = now.max(self.at);
    }

    /// Milliseconds until there is a token.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a bucket is never emptied by more than a token"
    )]
    fn wait(&self, pace: Pace) -> i64 {
        if self.tokens >= 1.0 {
            0
        } else {
            ((1.0 - self.tokens) / pace.per_second * 1_000.0).ceil() as i64
        }
    }
}

impl Paces {
    pub fn new(keeps: bool) -> Self {
        Self {
            keeps,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a token for a message, or says when to ask again.
    pub fn take(&self, key: &LaneKey, limits: Limits, kind: ThreadKind, now: Timestamp) -> Result<(), Timestamp> {
        let mut state = self.state();
        if let Some(until) = state.held.get(&key.gateway).copied() {
            if until > now {
                return Err(until);
            }
            state.held.remove(&key.gateway);
        }
        if !self.keeps {
            return Ok(());
        }
        let pace = match kind {
            ThreadKind::Group => limits.group,
            _ => limits.thread,
        };
        if state.threads.len() > MOST_THREADS {
            state.threads.retain(|_, bucket| now.since(bucket.at).as_secs() < 60);
        }
        let mut thread = state.threads.get(key).copied().unwrap_or(Bucket::full(pace, now));
        let mut gateway = state
            .gateways
            .get(&key.gateway)
            .copied()
            .unwrap_or(Bucket::full(limits.gateway, now));
        thread.refill(pace, now);
        gateway.refill(limits.gateway, now);
        let wait = thread.wait(pace).max(gateway.wait(limits.gateway));
        if wait > 0 {
            return Err(Timestamp(now.0 + wait));
        }
        thread.tokens -= 1.0;
        gateway.tokens -= 1.0;
        state.threads.insert(key.clone(), thread);
        state.gateways.insert(key.gateway, gateway);
        Ok(())
    }

    /// Sends nothing through a gateway until then.
    pub fn hold(&self, gateway: GatewayId, until: Timestamp) {
        let mut state = self.state();
        let held = state.held.entry(gateway).or_insert(until);
        *held = until.max(*held);
    }

    /// Sends through a gateway again.
    pub fn release(&self, gateway: GatewayId) {
        self.state().held.remove(&gateway);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits {
        gateway: Pace {
            per_second: 10.0,
            burst: 10.0,
        },
        thread: Pace {
            per_second: 1.0,
            burst: 2.0,
        },
        group: Pace {
            per_second: 0.5,
            burst: 1.0,
        },
    };

    fn take(paces: &Paces, lane: &str, now: i64) -> Result<(), Timestamp> {
        let key = LaneKey::new(GatewayId(1), lane);
        paces.take(&key, LIMITS, ThreadKind::Private, Timestamp(now))
    }

    #[test]
    fn a_thread_has_its_burst_and_then_its_pace() {
        let paces = Paces::new(true);
        assert_eq!(take(&paces, "a", 0), Ok(()));
        assert_eq!(take(&paces, "a", 0), Ok(()));
        assert_eq!(take(&paces, "a", 0), Err(Timestamp(1_000)));
        assert_eq!(take(&paces, "a", 400), Err(Timestamp(1_000)));
        assert_eq!(take(&paces, "a", 1_000), Ok(()));
    }

    #[test]
    fn a_gateway_has_a_pace_of_its_own() {
        let paces = Paces::new(true);
        for thread in 0..10 {
            assert_eq!(take(&paces, &thread.to_string(), 0), Ok(()));
        }
        assert_eq!(take(&paces, "one more", 0), Err(Timestamp(100)));
    }

    #[test]
    fn nothing_is_sent_through_a_gateway_that_is_held() {
        let paces = Paces::new(false);
        paces.hold(GatewayId(1), Timestamp(500));
        paces.hold(GatewayId(1), Timestamp(300));
        assert_eq!(take(&paces, "a", 0), Err(Timestamp(500)));
        paces.release(GatewayId(1));
        for _ in 0..100 {
            assert_eq!(take(&paces, "a", 0), Ok(()));
        }
    }

    #[test]
    fn a_clock_that_jumps_back_stops_nobody_for_long() {
        let paces = Paces::new(true);
        assert_eq!(take(&paces, "a", 1_000_000), Ok(()));
        assert_eq!(take(&paces, "a", 0), Ok(()));
        assert_eq!(take(&paces, "a", 0), Err(Timestamp(1_000)));
    }
}
