//! The moments of an open load.
//!
//! A thread that only sleeps keeps them: the runtime's timers know whole milliseconds only, which is longer than what is
//! measured.

use std::{
    thread,
    time::{Duration, Instant},
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// What is planned before the clock runs.
const AHEAD: Duration = Duration::from_millis(20);

/// `count` moments at `rate` a second.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    begin: Instant,
    rate: u32,
    count: u32,
}

impl Schedule {
    /// It begins in a moment.
    pub fn new(rate: u32, count: u32) -> Self {
        Self {
            begin: Instant::now() + AHEAD,
            rate: rate.max(1),
            count,
        }
    }

    /// When one of them is.
    pub fn at(&self, index: u32) -> Instant {
        let nanos = u64::from(index) * 1_000_000_000 / u64::from(self.rate);
        self.begin + Duration::from_nanos(nanos)
    }

    /// Tells the index of each at its moment; those that are late come together.
    pub fn run(self) -> UnboundedReceiver<u32> {
        let (tell, told) = unbounded_channel();
        thread::spawn(move || {
            for index in 0..self.count {
                thread::sleep(self.at(index).saturating_duration_since(Instant::now()));
                if tell.send(index).is_err() {
                    return;
                }
            }
        });
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_moment_is_told_once_and_not_before_it_is_there() {
        let schedule = Schedule::new(1_000, 50);
        let mut moments = schedule.run();
        for wanted in 0..50 {
            assert_eq!(moments.recv().await, Some(wanted));
            assert!(Instant::now() >= schedule.at(wanted));
        }
        assert_eq!(moments.recv().await, None);
    }
}
