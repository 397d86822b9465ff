//! What the bench and its Telegram say to each other, a line of JSON each.

use crate::{failure::Fallible, latencies::Latencies};
use serde::{Deserialize, Serialize};
use std::{net::SocketAddr, time::Duration};

/// What Telegram is to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum Order {
    /// Tell how many bots have their webhook.
    Doors,
    /// Send updates.
    Load {
        /// To these servers in turns.
        addresses: Vec<SocketAddr>,
        /// So many a second.
        rate: u32,
        /// So many in all.
        count: u32,
        /// Whether a `sendMessage` is to follow each.
        replies: bool,
    },
}

/// What a load has measured; times are counted from the moment that each update was planned for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Updates sent.
    pub sent: u32,
    /// Acknowledged with the status 200.
    pub acknowledged: u32,
    /// Answered, where that was awaited.
    pub replied: u32,
    /// Whether answers were awaited.
    pub awaited: bool,
    /// Until the acknowledgement.
    pub acknowledgement: Quantiles,
    /// Until the `sendMessage`.
    pub reply: Quantiles,
    /// Until the end of the last tenth: it grows when more comes than goes.
    pub last: Quantiles,
    /// What the first update that was not acknowledged was told instead.
    pub refusal: Option<String>,
}

/// Some of many times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantiles {
    /// The median.
    pub p50: Duration,
    /// 99 of 100 were as quick.
    pub p99: Duration,
}

impl Quantiles {
    /// Of these times.
    pub fn of(latencies: &Latencies) -> Self {
        Self {
            p50: latencies.median(),
            p99: latencies.within(990),
        }
    }

    /// The median of each, over several loads.
    pub fn medians(all: &[Told], of: fn(&Told) -> Self) -> Self {
        let median = |which: fn(Self) -> Duration| {
            let mut latencies = Latencies::new();
            for told in all {
                latencies.add(which(of(told)));
            }
            latencies.median()
        };
        Self {
            p50: median(|quantiles| quantiles.p50),
            p99: median(|quantiles| quantiles.p99),
        }
    }
}

impl Told {
    /// Whether everything was acknowledged and answered.
    pub fn is_whole(&self) -> bool {
        self.acknowledged == self.sent && (!self.awaited || self.replied == self.sent)
    }

    /// Refuses a load that has lost something.
    pub fn expect_all(self) -> Fallible<Self> {
        if self.is_whole() {
            return Ok(self);
        }
        let refusal = self.refusal.as_deref().unwrap_or("nothing was refused");
        Err(format!(
            "of {} updates {} were acknowledged and {} answered ({refusal})",
            self.sent, self.acknowledged, self.replied
        )
        .into())
    }
}

/// How many there are at a rate within a time.
pub fn count(rate: u32, within: Duration) -> u32 {
    let millis = u64::try_from(within.as_millis()).unwrap_or(u64::MAX);
    u32::try_from(u64::from(rate).saturating_mul(millis) / 1_000)
        .unwrap_or(u32::MAX)
        .max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_that_lost_a_reply_is_not_whole() {
        let told = Told {
            sent: 2,
            acknowledged: 2,
            replied: 1,
            awaited: true,
            ..Told::default()
        };
        assert!(!told.is_whole());
        assert!(
            Told {
                awaited: false,
                ..told.clone()
            }
            .is_whole(),
            "nobody waits for it"
        );
        assert!(told.expect_all().unwrap_err().to_string().contains("1 answered"));
    }

    #[test]
    fn a_rate_makes_so_many_within_a_time() {
        assert_eq!(count(20, Duration::from_secs(20)), 400);
        assert_eq!(count(1, Duration::from_millis(10)), 1, "never none");
    }
}
