//! What the journal keeps, and waiting for what is not there yet.

use super::{Direction, Entry};
use crate::Provider;
use serde::Serialize;
use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{sync::Notify, time::Instant};

/// So many kinds of calls are counted apart.
const MOST_CALLS: usize = 100;

/// How much there was of a provider since the start, whether or not the journal still keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Requests that came.
    pub asked: u64,
    /// Of these, the ones that were not answered with success.
    pub refused: u64,
    /// Calls that were made.
    pub called: u64,
    /// Of these, the ones that failed or were not answered with success.
    pub failed: u64,
    /// Requests that came, by the last piece of their path; under `…` what there were too many kinds of.
    pub by_call: BTreeMap<String, u64>,
}

/// Something that did not happen in time.
#[derive(Clone, Debug, thiserror::Error)]
#[error("waited {waited:?} in vain; what happened last:\n{seen}")]
pub struct Missed {
    /// How long.
    pub waited: Duration,
    /// What happened instead.
    pub seen: String,
}

/// The journals of all providers.
#[derive(Debug)]
pub(crate) struct Journals {
    rings: [Ring; Provider::ALL.len()],
    capacity: usize,
    last: AtomicU64,
}

#[derive(Debug, Default)]
struct Ring {
    kept: Mutex<Kept>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Kept {
    entries: VecDeque<Arc<Entry>>,
    totals: Totals,
}

impl Ring {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journals {
    pub fn new(capacity: usize) -> Self {
        Self {
            rings: std::array::from_fn(|_| Ring::default()),
            capacity: capacity.max(1),
            last: AtomicU64::new(0),
        }
    }

    pub fn add(&self, mut entry: Entry) {
        let ring = &self.rings[entry.provider.index()];
        let mut kept = ring.kept();
        // Within the lock: the numbers of a ring grow.
        entry.number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        kept.totals.count(&entry);
        kept.entries.push_back(Arc::new(entry));
        let forgotten = if kept.entries.len() > self.capacity {
            kept.entries.pop_front()
        } else {
            None
        };
        drop(kept);
        drop(forgotten);
        ring.changed.notify_waiters();
    }

    /// The entries of a provider after one of this number, in order.
    pub fn after(&self, provider: Provider, number: u64) -> Vec<Arc<Entry>> {
        let kept = self.rings[provider.index()].kept();
        let from = kept.entries.partition_point(|entry| entry.number <= number);
        kept.entries.range(from..).cloned().collect()
    }

    pub fn totals(&self, provider: Provider) -> Totals {
        self.rings[provider.index()].kept().totals.clone()
    }

    pub fn clear(&self) {
        for ring in &self.rings {
            *ring.kept() = Kept::default();
        }
    }

    /// The first entry that fits, as soon as it is there.
    pub async fn wait_for(
        &self,
        provider: Provider,
        fits: impl Fn(&Entry) -> bool,
        deadline: Duration,
    ) -> Result<Arc<Entry>, Missed> {
        let ring = &self.rings[provider.index()];
        let until = Instant::now() + deadline;
        let mut looked_at = 0;
        loop {
            let changed = ring.changed.notified();
            tokio::pin!(changed);
            // Before looking: what comes while we look must not be missed.
            changed.as_mut().enable();
            for entry in self.after(provider, looked_at) {
                looked_at = entry.number;
                if fits(&entry) {
                    return Ok(entry);
                }
            }
            if tokio::time::timeout_at(until, changed).await.is_err() {
                let seen = summary(&self.after(provider, 0));
                return Err(Missed { waited: deadline, seen });
            }
        }
    }
}

impl Totals {
    fn count(&mut self, entry: &Entry) {
        let succeeded = entry.status.is_some_and(|status| (200..300).contains(&status));
        match entry.direction {
            Direction::Asked => {
                self.asked += 1;
                self.refused += u64::from(!succeeded);
                // Where paths end with ids there is no end of them.
                let is_new = self.by_call.len() >= MOST_CALLS && !self.by_call.contains_key(entry.call());
                let call = if is_new { "…" } else { entry.call() };
                match self.by_call.get_mut(call) {
                    Some(count) => *count += 1,
                    None => {
                        self.by_call.insert(call.to_owned(), 1);
                    }
                }
            }
            Direction::Called => {
                self.called += 1;
                self.failed += u64::from(!succeeded);
            }
        }
    }
}

/// The last ten entries, a line each.
fn summary(entries: &[Arc<Entry>]) -> String {
    let from = entries.len().saturating_sub(10);
    entries[from..].iter().fold(String::new(), |mut text, entry| {
        let status = entry.status.map_or("-".to_owned(), |status| status.to_string());
        // Writing to a String can't fail.
        let _ = writeln!(text, "{:?} {} {} → {status}", entry.direction, entry.method, entry.path);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, status: u16) -> Entry {
        Entry {
            number: 0,
            provider: Provider::Viber,
            direction: Direction::Asked,
            method: "POST".into(),
            path: path.into(),
            headers: "a: b\nc: d: e\n".into(),
            body: bytes::Bytes::new(),
            body_bytes: 0,
            status: Some(status),
            answer: bytes::Bytes::new(),
            failure: None,
            at_ms: 0,
            at: std::time::Instant::now(),
            took_us: 0,
        }
    }

    #[test]
    fn the_oldest_entries_are_forgotten_but_counted() {
        let journals = Journals::new(2);
        for status in [200, 200, 500] {
            journals.add(entry("/viber/pa/send_message?x=1", status));
        }
        let numbers: Vec<u64> = journals.after(Provider::Viber, 0).iter().map(|e| e.number).collect();
        assert_eq!(numbers, [2, 3]);
        assert_eq!(journals.after(Provider::Viber, 2).len(), 1);
        let totals = journals.totals(Provider::Viber);
        assert_eq!((totals.asked, totals.refused), (3, 1));
        assert_eq!(totals.by_call["send_message"], 3);
    }

    #[test]
    fn a_header_is_found_by_its_name_in_any_case() {
        let entry = entry("/", 200);
        assert_eq!(entry.header("C"), Some("d: e"));
        assert_eq!(entry.header("x"), None);
    }

    #[tokio::test]
    async fn waiting_ends_with_what_came_meanwhile_or_with_what_was_seen_instead() {
        let journals = Journals::new(10);
        let later = async {
            tokio::task::yield_now().await;
            journals.add(entry("/viber/a", 200));
            journals.add(entry("/viber/b", 200));
        };
        let wanted = journals.wait_for(Provider::Viber, |e| e.path == "/viber/b", Duration::from_secs(30));
        let (found, ()) = tokio::join!(wanted, later);
        assert_eq!(found.unwrap().number, 2);
        let missed = journals
            .wait_for(Provider::Viber, |e| e.path == "/viber/c", Duration::from_millis(10))
            .await
            .unwrap_err();
        assert!(missed.to_string().contains("POST /viber/b → 200"), "{missed}");
    }
}
