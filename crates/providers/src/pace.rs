//! How fast a messenger may be spoken to.

/// A bucket of tokens: one for each message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// Tokens that come back in a second.
    pub per_second: f64,
    /// Tokens that the bucket holds.
    pub burst: f64,
}

/// The paces of one messenger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Of a whole gateway.
    pub gateway: Pace,
    /// Of one private thread.
    pub thread: Pace,
    /// Of one group.
    pub group: Pace,
}
