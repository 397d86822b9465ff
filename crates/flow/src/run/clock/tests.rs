//! Rule 9: the functions of the clock.

use super::*;
use serde_json::json;

fn at(moment: &str) -> LocalClock<'static> {
    let instant: Timestamp = moment.parse().unwrap();
    LocalClock::new(instant.as_millisecond(), "Europe/Kyiv")
}

#[test]
fn without_arguments_they_are_numbers_and_texts() {
    let clock = at("2026-11-23T09:05:07+02:00");
    let table = [
        ("year", json!(2026)),
        ("yday", json!(327)),
        ("mon", json!(11)),
        ("mday", json!(23)),
        ("week", json!(48)),
        ("mweek", json!(4)),
        ("wday", json!(2)),
        ("hour", json!(9)),
        ("minute", json!(5)),
        ("minute_of_day", json!(545)),
        ("time_of_day", json!("09:05")),
        ("date_time", json!("2026-11-23 09:05:07")),
    ];
    for (function, expected) in table {
        assert_eq!(clock.value(function), expected, "{function}");
    }
}

#[test]
fn the_zone_decides_about_day_and_hour() {
    let table = [
        ("2026-11-28T22:30:00Z", 1, 0),
        ("2026-11-28T21:59:59Z", 7, 23),
        ("2026-07-01T10:00:00Z", 4, 13),
        ("2026-03-29T00:59:59Z", 1, 2),
        ("2026-03-29T01:00:00Z", 1, 4),
    ];
    for (moment, day, hour) in table {
        assert_eq!(
            (at(moment).value("wday"), at(moment).value("hour")),
            (json!(day), json!(hour)),
            "{moment}"
        );
    }
    let clock = |zone| LocalClock::new(1_795_421_700_000, zone).value("date_time");
    assert_eq!(clock("Nowhere/Land"), clock("UTC"));
    assert_ne!(clock("Europe/Kyiv"), clock("UTC"));
    assert_eq!(LocalClock::new(i64::MAX, "UTC").value("year"), json!(1970));
}

#[test]
fn weeks_of_a_month_begin_with_sunday() {
    for (moment, week) in [
        ("2026-11-01", 1),
        ("2026-11-07", 1),
        ("2026-11-08", 2),
        ("2026-10-03", 1),
        ("2026-10-04", 2),
        ("2026-10-31", 5),
    ] {
        assert_eq!(
            at(&format!("{moment}T12:00:00+02:00")).value("mweek"),
            json!(week),
            "{moment}"
        );
    }
}

#[test]
fn with_arguments_they_are_true_or_false() {
    // A Monday.
    let table = [
        ("2026-11-23T10:15:00+02:00", "wday", "2-6", true),
        ("2026-11-23T10:15:00+02:00", "wday", "1,7", false),
        ("2026-11-29T10:15:00+02:00", "wday", "1,7", true),
        ("2026-11-29T10:15:00+02:00", "wday", "6-2", true),
        ("2026-11-25T10:15:00+02:00", "wday", "6-2", false),
        ("2026-11-23T09:59:59+02:00", "hour", "9,12-17", true),
        ("2026-11-23T10:00:00+02:00", "hour", "9, 12 - 17", false),
        ("2026-11-23T17:59:59+02:00", "hour", "9,12-17", true),
        ("2026-11-23T23:00:00+02:00", "hour", "22-6", true),
        ("2026-11-23T06:59:00+02:00", "hour", "22-6", true),
        ("2026-11-23T07:00:00+02:00", "hour", "22-6", false),
        ("2026-12-31T07:00:00+02:00", "mon", "12-2", true),
        ("2026-11-23T07:00:00+02:00", "year", "2026", true),
        ("2026-11-23T17:30:00+02:00", "time_of_day", "09:00-17:30", true),
        ("2026-11-23T17:30:01+02:00", "time_of_day", "09:00-17:30", false),
        ("2026-11-23T09:00:00+02:00", "time_of_day", "09:00-17:30", true),
        ("2026-11-23T08:59:59+02:00", "time_of_day", "9:00-17:30", false),
        ("2026-11-23T23:59:59+02:00", "time_of_day", "22:00-24:00", true),
        ("2026-11-23T01:00:00+02:00", "time_of_day", "22:00-06:00", true),
        (
            "2026-11-23T12:00:00+02:00",
            "time_of_day",
            "22:00-06:00,12:00-13:00",
            true,
        ),
        ("2026-11-23T09:05:59+02:00", "time_of_day", "09:05", true),
        ("2026-11-23T09:05:59+02:00", "time_of_day", "09:05:58", false),
        (
            "2026-12-24T00:00:00+02:00",
            "date_time",
            "2026-12-24 00:00~2026-12-26 23:59",
            true,
        ),
        (
            "2026-12-26T23:59:00+02:00",
            "date_time",
            "2026-12-24 00:00~2026-12-26 23:59",
            true,
        ),
        (
            "2026-12-26T23:59:01+02:00",
            "date_time",
            "2026-12-24 00:00~2026-12-26 23:59",
            false,
        ),
        ("2026-12-26T23:59:01+02:00", "date_time", "2026-12-24~2026-12-26", true),
        (
            "2026-12-23T23:59:59+02:00",
            "date_time",
            "2026-12-24 00:00~2026-12-26 23:59",
            false,
        ),
        ("2026-12-24T10:00:00+02:00", "date_time", "2026-12-24", true),
        ("2026-12-24T10:00:30+02:00", "date_time", "2026-12-24 10:00", true),
        ("2026-12-24T10:00:30+02:00", "date_time", "2026-12-24 10:00:00", false),
    ];
    for (moment, function, arguments, expected) in table {
        assert_eq!(
            at(moment).fits(function, arguments),
            Ok(expected),
            "{moment} &{function}({arguments})"
        );
    }
}

#[test]
fn arguments_that_make_no_sense_are_mistakes_at_any_time() {
    let clock = at("2026-11-23T10:15:00+02:00");
    let table = [
        ("hour", "10,x", "&hour(10,x): “x” is no number"),
        ("hour", "9-", "&hour(9-): “” is no number"),
        ("wday", "-1", "&wday(-1): “” is no number"),
        (
            "time_of_day",
            "25:00",
            "&time_of_day(25:00): “25:00” is no time of day such as 09:00",
        ),
        (
            "time_of_day",
            "9",
            "&time_of_day(9): “9” is no time of day such as 09:00",
        ),
        (
            "date_time",
            "2026-02-30",
            "&date_time(2026-02-30): “2026-02-30” is no date and time such as 2026-12-24 09:00",
        ),
        (
            "date_time",
            "2026-02-28 ~ x",
            "&date_time(2026-02-28 ~ x): “x” is no date and time such as 2026-12-24 09:00",
        ),
    ];
    for (function, arguments, sentence) in table {
        assert_eq!(clock.fits(function, arguments).unwrap_err().to_string(), sentence);
    }
}
