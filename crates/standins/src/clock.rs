//! The time.
//!
//! A stand-in lives in the time of whoever calls it: signatures carry real seconds. Only waiting is made shorter, by
//! [`crate::Options::clock`].

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Now, in milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "a messenger's time is the real one; nothing of the product depends on this crate"
)]
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Now, in seconds since 1970.
pub(crate) fn now_secs() -> i64 {
    now_ms() / 1_000
}

/// A span of a messenger's time as it passes here, `clock` times faster.
pub(crate) fn compressed(span: Duration, clock: f64) -> Duration {
    span.div_f64(clock)
}
