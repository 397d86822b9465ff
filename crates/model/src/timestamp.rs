//! A moment, as the database and the browser both hold it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `duration` later.
    #[must_use]
    pub fn after(self, duration: std::time::Duration) -> Self {
        let ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(ms))
    }

    /// The time from `earlier` to this moment; zero when `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> std::time::Duration {
        let ms = u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0);
        std::time::Duration::from_millis(ms)
    }

    /// Says how long ago this was, seen from `now`: "just now", "5 minutes ago", "3 days ago".
    #[must_use]
    pub fn relative(self, now: Self) -> String {
        let seconds = now.since(self).as_secs();
        let (count, unit) = match seconds {
            0..=44 => return "just now".to_owned(),
            45..=3_569 => ((seconds + 30) / 60, "minute"),
            3_570..=84_599 => ((seconds + 1_800) / 3_600, "hour"),
            84_600..=2_548_799 => ((seconds + 43_200) / 86_400, "day"),
            2_548_800..=30_239_999 => ((seconds / 2_592_000).max(1), "month"),
            _ => ((seconds / 31_536_000).max(1), "year"),
        };
        let s = if count == 1 { "" } else { "s" };
        format!("{count} {unit}{s} ago")
    }

    /// RFC 3339 with seconds, for `<time datetime>`.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let t = self.parts();
        let (date, time) = (t.date(), t.time());
        format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            date.year(),
            u8::from(date.month()),
            date.day(),
            time.hour(),
            time.minute(),
            time.second()
        )
    }

    fn parts(self) -> time::OffsetDateTime {
        time::OffsetDateTime::from_unix_timestamp(self.0.div_euclid(1_000)).unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    /// For people, exact to the second: `2026-03-09 14:05:31 UTC`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.rfc3339().replace('T', " ").replace('Z', " UTC");
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_as_people_write_it() {
        let moment = Timestamp(1_773_065_131_999);
        assert_eq!(moment.to_string(), "2026-03-09 14:05:31 UTC");
        assert_eq!(moment.rfc3339(), "2026-03-09T14:05:31Z");
    }

    #[test]
    fn how_long_ago_is_said_in_the_largest_fitting_unit() {
        let ago = |seconds: i64| Timestamp(0).relative(Timestamp(seconds * 1_000));
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(60), "1 minute ago");
        assert_eq!(ago(3_540), "59 minutes ago");
        assert_eq!(ago(3_599), "1 hour ago");
        assert_eq!(ago(86_399), "1 day ago");
        assert_eq!(ago(40 * 86_400), "1 month ago");
        assert_eq!(ago(800 * 86_400), "2 years ago");
    }

    #[test]
    fn a_moment_in_the_future_is_just_now() {
        assert_eq!(Timestamp(9_000).relative(Timestamp(0)), "just now");
    }
}
