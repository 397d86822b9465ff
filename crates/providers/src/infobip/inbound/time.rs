//! Infobip's way to write a moment: like RFC 3339, but the offset has no colon.

use jiff::fmt::strtime;
use model::Timestamp;

/// Reads `2026-10-01T12:00:00.000+0000`, and RFC 3339 as well.
pub(super) fn read(text: Option<&str>) -> Option<Timestamp> {
    let text = text?.trim();
    let moment = strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text)
        .and_then(|parsed| parsed.to_timestamp())
        .or_else(|_| text.parse::<jiff::Timestamp>());
    moment.ok().map(|moment| Timestamp(moment.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_may_come_without_a_colon() {
        let noon = Some(Timestamp(1_790_856_000_000));
        assert_eq!(read(Some("2026-10-01T12:00:00.000+0000")), noon);
        assert_eq!(read(Some("2026-10-01T15:00:00.000+0300")), noon);
        assert_eq!(read(Some("2026-10-01T12:00:00Z")), noon);
        assert_eq!(read(Some("2026-10-01T12:00:00.000+00:00")), noon);
        assert_eq!(
            read(Some("2026-10-01T12:00:00.250+0000")),
            Some(Timestamp(1_790_856_000_250))
        );
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in ["", "today", "2026-10-01", "2026-13-01T12:00:00.000+0000"] {
            assert_eq!(read(Some(text)), None, "{text}");
        }
        assert_eq!(read(None), None);
    }
}
