//! How fast a messenger is spoken to: buckets of tokens for gateways and threads, and pauses that a messenger asks for.

use super::lanes::LaneKey;
use model::{GatewayId, Timestamp, message::ThreadKind};
use providers::{Limits, Pace};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// So many buckets of threads are kept; a full one is the same as none.
const MOST_THREADS: usize = 50_000;

/// A gateway whose credentials are refused is tried again this often.
const REFUSED: Duration = Duration::from_mins(1);
/// So long one message has to find out whether they are good again; longer than a call takes.
const TRIAL: Duration = Duration::from_secs(20);

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
    held: HashMap<GatewayId, Hold>,
}

/// A pause of a gateway.
#[derive(Clone, Copy, Debug)]
struct Hold {
    since: Timestamp,
    until: Timestamp,
    /// Whether its credentials are refused: then one message tries them, and the others wait for it.
    is_refused: bool,
}

impl Hold {
    /// When it ends; if the clock was set back, it takes no longer for that.
    fn end(&mut self, now: Timestamp) -> Timestamp {
        if self.since > now {
            *self = Self {
                since: now,
                until: now.after(self.until.since(self.since)),
                ..*self
            };
        }
        self.until
    }
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

impl State {
    fn hold(&mut self, gateway: GatewayId, now: Timestamp, until: Timestamp, is_refused: bool) {
        let hold = self.held.entry(gateway).or_insert(Hold {
            since: now,
            until,
            is_refused,
        });
        *hold = Hold {
            since: now,
            until: until.max(hold.end(now)),
            is_refused: is_refused || hold.is_refused,
        };
    }

    /// A pause is over, and a message goes.
    fn go_on(&mut self, gateway: GatewayId, now: Timestamp) {
        match self.held.get_mut(&gateway) {
            Some(hold) if hold.is_refused => {
                hold.since = now;
                hold.until = now.after(TRIAL);
            }
            Some(_) => drop(self.held.remove(&gateway)),
            None => {}
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
        if let Some(until) = state.held.get_mut(&key.gateway).map(|hold| hold.end(now))
            && until > now
        {
            return Err(until);
        }
        if !self.keeps {
            state.go_on(key.gateway, now);
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
        state.go_on(key.gateway, now);
        Ok(())
    }

    /// Sends nothing through a gateway until then.
    pub fn hold(&self, gateway: GatewayId, now: Timestamp, until: Timestamp) {
        self.state().hold(gateway, now, until, false);
    }

    /// Sends nothing through a gateway for a while, because its credentials are refused, and then one message at a time.
    pub fn refuse(&self, gateway: GatewayId, now: Timestamp) {
        self.state().hold(gateway, now, now.after(REFUSED), true);
    }

    /// A gateway's credentials were taken.
    pub fn accept(&self, gateway: GatewayId) {
        let mut state = self.state();
        if state.held.get(&gateway).is_some_and(|hold| hold.is_refused) {
            state.held.remove(&gateway);
        }
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
        paces.hold(GatewayId(1), Timestamp(0), Timestamp(500));
        paces.hold(GatewayId(1), Timestamp(0), Timestamp(300));
        assert_eq!(take(&paces, "a", 0), Err(Timestamp(500)));
        paces.release(GatewayId(1));
        for _ in 0..100 {
            assert_eq!(take(&paces, "a", 0), Ok(()));
        }
    }

    #[test]
    fn credentials_that_were_refused_are_tried_by_one_message_at_a_time() {
        let paces = Paces::new(false);
        paces.refuse(GatewayId(1), Timestamp(0));
        assert_eq!(take(&paces, "a", 59_999), Err(Timestamp(60_000)));
        assert_eq!(take(&paces, "a", 60_000), Ok(()));
        assert_eq!(take(&paces, "b", 60_000), Err(Timestamp(80_000)));
        // It was refused as well.
        paces.refuse(GatewayId(1), Timestamp(60_100));
        assert_eq!(take(&paces, "b", 80_000), Err(Timestamp(120_100)));
        // Of the next one nothing is heard.
        assert_eq!(take(&paces, "b", 120_100), Ok(()));
        assert_eq!(take(&paces, "c", 140_100), Ok(()));
        paces.accept(GatewayId(1));
        for lane in ["d", "e"] {
            assert_eq!(take(&paces, lane, 140_200), Ok(()));
        }
    }

    #[test]
    fn a_message_that_is_taken_does_not_end_the_pause_that_a_messenger_asked_for() {
        let paces = Paces::new(false);
        paces.hold(GatewayId(1), Timestamp(0), Timestamp(500));
        paces.accept(GatewayId(1));
        assert_eq!(take(&paces, "a", 100), Err(Timestamp(500)));
    }

    #[test]
    fn a_clock_that_jumps_back_prolongs_no_pause() {
        let paces = Paces::new(false);
        let day = 86_400_000;
        paces.hold(GatewayId(1), Timestamp(day), Timestamp(day + 500));
        assert_eq!(take(&paces, "a", 100), Err(Timestamp(600)));
        assert_eq!(take(&paces, "a", 600), Ok(()));
    }

    #[test]
    fn a_clock_that_jumps_back_stops_nobody_for_long() {
        let paces = Paces::new(true);
        assert_eq!(take(&paces, "a", 1_000_000), Ok(()));
        assert_eq!(take(&paces, "a", 0), Ok(()));
        assert_eq!(take(&paces, "a", 0), Err(Timestamp(1_000)));
    }
}
