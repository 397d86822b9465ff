//! Finds the answers in the stand-in's journal, and to what they are the answer.

use super::update::answered;
use standins::{Direction, Provider, Standins};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How often the journal is read.
const LOOK: Duration = Duration::from_millis(100);
/// After so long without another answer nothing more is expected.
const GIVEN_UP: Duration = Duration::from_secs(15);

/// When each message of a load was answered first.
#[derive(Debug)]
pub struct Replies {
    first: u64,
    moments: Vec<Option<Instant>>,
    found: usize,
    seen: u64,
}

impl Replies {
    /// Expects answers to so many messages from the number `first` on.
    pub fn new(standins: &Standins, first: u64, count: u32) -> Self {
        let past = standins.journal_after(Provider::Telegram, 0);
        Self {
            first,
            moments: vec![None; usize::try_from(count).unwrap_or_default()],
            found: 0,
            seen: past.last().map_or(0, |entry| entry.number),
        }
    }

    /// Reads until every answer is there, or none came for long.
    pub async fn gather(mut self, standins: &Standins, last: Instant) -> Vec<Option<Instant>> {
        let mut moved = Instant::now();
        loop {
            if self.look(standins) {
                moved = Instant::now();
            }
            if self.found == self.moments.len() || Instant::now() > moved.max(last) + GIVEN_UP {
                return self.moments;
            }
            sleep(LOOK).await;
        }
    }

    /// Says whether something was found.
    fn look(&mut self, standins: &Standins) -> bool {
        let before = self.found;
        for entry in standins.journal_after(Provider::Telegram, self.seen) {
            self.seen = entry.number;
            if entry.direction != Direction::Asked || !entry.asks("sendMessage") {
                continue;
            }
            let number = entry.json()["text"].as_str().and_then(answered);
            let index = number.and_then(|number| number.checked_sub(self.first));
            let place = index.and_then(|index| self.moments.get_mut(usize::try_from(index).ok()?));
            if let Some(place) = place.filter(|place| place.is_none()) {
                *place = Some(entry.at);
                self.found += 1;
            }
        }
        self.found > before
    }
}
