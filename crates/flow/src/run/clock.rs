//! The local clock of a conversation.

/// A moment on the clock of a time zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalClock {
    pub(crate) local: jiff::civil::DateTime,
    pub(crate) unix_ms: i64,
}

impl LocalClock {
    /// The clock of an IANA time zone at an instant. UTC if there is no such zone.
    #[must_use]
    pub fn new(unix_ms: i64, zone: &str) -> Self {
        let instant = jiff::Timestamp::from_millisecond(unix_ms).unwrap_or_default();
        let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
        Self {
            local: zone.to_datetime(instant),
            unix_ms: instant.as_millisecond(),
        }
    }
}
