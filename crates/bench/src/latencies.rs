//! How long many repetitions took.

use std::time::Duration;

/// The times of all repetitions of one thing.
#[derive(Clone, Debug, Default)]
pub struct Latencies {
    times: Vec<Duration>,
}

impl Latencies {
    /// No repetitions yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { times: Vec::new() }
    }

    /// Adds one repetition.
    pub fn add(&mut self, time: Duration) {
        self.times.push(time);
    }

    /// Adds all repetitions of another measurement of the same thing.
    pub fn append(&mut self, mut other: Self) {
        self.times.append(&mut other.times);
    }

    /// How many repetitions there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.times.len()
    }

    /// The time within which so many of a thousand repetitions were done; zero when there were none.
    #[must_use]
    pub fn within(&self, per_mille: usize) -> Duration {
        let mut times = self.times.clone();
        times.sort_unstable();
        let rank = (times.len() * per_mille).div_ceil(1_000).max(1);
        times.get(rank - 1).copied().unwrap_or_default()
    }

    /// The median.
    #[must_use]
    pub fn median(&self) -> Duration {
        self.within(500)
    }
}

/// Milliseconds with their fraction.
#[must_use]
pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// How many times `floor` fits into `time`.
#[must_use]
pub fn ratio(time: Duration, floor: Duration) -> f64 {
    time.as_secs_f64() / floor.as_secs_f64().max(f64::MIN_POSITIVE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(milliseconds: impl IntoIterator<Item = u64>) -> Latencies {
        let mut latencies = Latencies::default();
        for time in milliseconds {
            latencies.add(Duration::from_millis(time));
        }
        latencies
    }

    #[test]
    fn a_percentile_is_the_time_of_one_repetition() {
        let latencies = of((1..=100).rev());
        assert_eq!(latencies.median(), Duration::from_millis(50));
        assert_eq!(latencies.within(950), Duration::from_millis(95));
        assert_eq!(latencies.within(999), Duration::from_millis(100));
    }

    #[test]
    fn of_nothing_every_percentile_is_zero() {
        assert_eq!(of([]).median(), Duration::ZERO);
    }
}
