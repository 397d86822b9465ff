//! How much is made and how long it is measured.

use std::time::Duration;

/// The sizes of a run.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    /// Chat gateways.
    pub gateways: u32,
    /// Flow schemas.
    pub flows: u32,
    /// How long each contender runs in one round of the measurement without a server.
    pub slice: Duration,
    /// Rounds of that measurement; the contenders take turns.
    pub rounds: u32,
    /// How long a load runs before it counts.
    pub warm_up: Duration,
    /// How long it counts.
    pub measure: Duration,
    /// How often the browser repeats what it times.
    pub browser_runs: u32,
    /// Messages through the whole server.
    pub messages: Amount,
}

/// How many messages are sent.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// What is taken for the highest rate, in messages a second; otherwise it is looked for.
    pub rate: Option<u32>,
    /// How long each rate is tried.
    pub attempt: Duration,
    /// Messages at half the highest rate, over all rounds.
    pub messages: u32,
    /// How long the load lasts of somebody who is alone with the server.
    pub calm: Duration,
}

impl Amount {
    /// Enough to see whether memory grows for long.
    pub const LONG: Self = Self {
        messages: 200_000,
        ..Scale::FULL.messages
    };
}

impl Scale {
    /// What `docs/BENCHMARKS.md` reports.
    pub const FULL: Self = Self {
        gateways: 100_000,
        flows: 500,
        slice: Duration::from_millis(60),
        rounds: 5,
        warm_up: Duration::from_millis(400),
        measure: Duration::from_millis(2_500),
        browser_runs: 7,
        messages: Amount {
            rate: None,
            attempt: Duration::from_secs(3),
            messages: 60_000,
            calm: Duration::from_secs(20),
        },
    };

    /// Enough to see that the bench itself works; its figures mean nothing.
    pub const QUICK: Self = Self {
        gateways: 3_000,
        flows: 50,
        slice: Duration::from_millis(5),
        rounds: 2,
        warm_up: Duration::from_millis(50),
        measure: Duration::from_millis(200),
        browser_runs: 1,
        messages: Amount {
            rate: None,
            attempt: Duration::from_millis(300),
            messages: 1_200,
            calm: Duration::from_secs(2),
        },
    };
}
