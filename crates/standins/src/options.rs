//! How the stand-ins are to behave from their start on.

use std::time::Duration;

/// What can be chosen at the start.
#[derive(Clone, Debug)]
pub struct Options {
    /// So many entries the journal of each provider keeps; older ones are forgotten, and counted in the totals.
    pub journal: usize,
    /// So many messages of each chat are kept.
    pub kept_per_chat: usize,
    /// How many times faster the messengers wait before they try again: with 60 a minute is a second.
    pub clock: f64,
    /// So long a gateway has for an answer.
    pub call_timeout: Duration,
    /// Whether `/` is a page on which one plays a peer.
    pub page: bool,
    /// Whether a bot, account or key that nobody registered is registered when it is first seen.
    pub welcoming: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            journal: 100_000,
            kept_per_chat: 100,
            clock: 1.0,
            call_timeout: Duration::from_secs(15),
            page: false,
            welcoming: false,
        }
    }
}
