//! The local clock of a conversation, and the functions of it that expressions know.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use std::cell::OnceCell;

/// A moment on the clock of a time zone. The zone is looked up once somebody looks at the clock.
#[derive(Clone, Debug)]
pub struct LocalClock<'z> {
    instant: Timestamp,
    zone: &'z str,
    local: OnceCell<DateTime>,
}

/// Arguments that a function of the clock can do nothing with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("&{function}({arguments}): “{wrong}” is {expected}")]
pub struct TimeError {
    function: String,
    arguments: String,
    wrong: String,
    expected: &'static str,
}

/// Seconds of a minute less one: a time without seconds is the whole of its minute when it stands alone.
const REST_OF_MINUTE: i64 = 59;

/// Seconds of a day less one.
const REST_OF_DAY: i64 = 86_399;

impl<'z> LocalClock<'z> {
    /// The clock of an IANA time zone at an instant. UTC if there is no such zone.
    #[must_use]
    pub fn new(unix_ms: i64, zone: &'z str) -> Self {
        Self {
            instant: Timestamp::from_millisecond(unix_ms).unwrap_or_default(),
            zone,
            local: OnceCell::new(),
        }
    }

    fn local(&self) -> DateTime {
        let look = || {
            let zone = TimeZone::get(self.zone).unwrap_or(TimeZone::UTC);
            zone.to_datetime(self.instant)
        };
        *self.local.get_or_init(look)
    }

    /// The instant in milliseconds, and what it would be if the local clock showed UTC.
    pub(crate) fn dates(&self) -> (f64, f64) {
        let unix_ms = self.instant.as_millisecond();
        let local = TimeZone::UTC
            .to_timestamp(self.local())
            .map_or(unix_ms, Timestamp::as_millisecond);
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds of four-digit years are far below 2⁵³"
        )]
        let both = (unix_ms as f64, local as f64);
        both
    }

    /// A function without arguments: its number or text.
    pub(crate) fn value(&self, function: &str) -> Json {
        match function {
            "time_of_day" => self.local().strftime("%H:%M").to_string().into(),
            "date_time" => self.local().strftime("%Y-%m-%d %H:%M:%S").to_string().into(),
            function => self.number(function).into(),
        }
    }

    /// A function with arguments: whether one of its values or ranges fits. A range may go over the end of a day, a
    /// week or a year: `&hour(22-6)`.
    pub(crate) fn fits(&self, function: &str, arguments: &str) -> Result<bool, TimeError> {
        let mut fits = false;
        // Every argument is read, so that a mistake shows at any time.
        for argument in arguments.split(',') {
            let fit = match function {
                "date_time" => self.fits_date_time(argument),
                "time_of_day" => self.fits_time_of_day(argument),
                function => self.fits_number(function, argument),
            };
            fits |= fit.map_err(|(wrong, expected)| TimeError {
                function: function.to_owned(),
                arguments: arguments.to_owned(),
                wrong: wrong.trim().to_owned(),
                expected,
            })?;
        }
        Ok(fits)
    }

    fn number(&self, function: &str) -> i64 {
        let local = self.local();
        let date = local.date();
        let minute_of_day = i64::from(local.hour()) * 60 + i64::from(local.minute());
        match function {
            "year" => date.year().into(),
            "yday" => date.day_of_year().into(),
            "mon" => date.month().into(),
            "mday" => date.day().into(),
            "week" => date.iso_week_date().week().into(),
            "mweek" => week_of_month(date),
            "wday" => i64::from(date.weekday().to_sunday_zero_offset()) + 1,
            "hour" => local.hour().into(),
            "minute" => local.minute().into(),
            _ => minute_of_day,
        }
    }

    fn fits_number<'a>(&self, function: &str, argument: &'a str) -> Result<bool, (&'a str, &'static str)> {
        let read = |text: &'a str| {
            text.trim()
                .parse::<u32>()
                .map(i64::from)
                .map_err(|_| (text, "no number"))
        };
        let now = self.number(function);
        match argument.split_once('-') {
            None => Ok(read(argument)? == now),
            Some((from, to)) => Ok(within(read(from)?, now, read(to)?)),
        }
    }

    fn fits_time_of_day<'a>(&self, argument: &'a str) -> Result<bool, (&'a str, &'static str)> {
        let read = |text: &'a str| time(text).ok_or((text, "no time of day such as 09:00"));
        let now = seconds(self.local().time());
        match argument.split_once('-') {
            None => {
                let (from, rest) = read(argument)?;
                Ok((from..=from + rest).contains(&now))
            }
            Some((from, to)) => Ok(within(read(from)?.0, now, read(to)?.0)),
        }
    }

    fn fits_date_time<'a>(&self, argument: &'a str) -> Result<bool, (&'a str, &'static str)> {
        let read = |text: &'a str| date_time(text).ok_or((text, "no date and time such as 2026-12-24 09:00"));
        let now = since_epoch(self.local());
        match argument.split_once('~') {
            None => {
                let (from, rest) = read(argument)?;
                Ok((from..=from + rest).contains(&now))
            }
            Some((from, to)) => {
                let (to, rest) = read(to)?;
                // A last day without a time is in as a whole.
                let to = if rest == REST_OF_DAY { to + rest } else { to };
                Ok((read(from)?.0..=to).contains(&now))
            }
        }
    }
}

/// Both ends included; from the greater to the smaller it goes over the end.
fn within(from: i64, now: i64, to: i64) -> bool {
    if from <= to {
        (from..=to).contains(&now)
    } else {
        now >= from || now <= to
    }
}

/// The week of the month, from 1; weeks begin with Sunday, as `wday` does.
fn week_of_month(date: Date) -> i64 {
    let first = i64::from(date.first_of_month().weekday().to_sunday_zero_offset());
    (i64::from(date.day()) - 1 + first) / 7 + 1
}

/// Seconds of the day, and how many more belong to what was written.
fn time(text: &str) -> Option<(i64, i64)> {
    let numbers: Vec<i64> = text.trim().split(':').map(two_digits).collect::<Option<_>>()?;
    let (hour, minute, second, rest) = match numbers.as_slice() {
        [hour, minute] => (*hour, *minute, 0, REST_OF_MINUTE),
        [hour, minute, second] => (*hour, *minute, *second, 0),
        _ => return None,
    };
    // 24:00 is the end of a day.
    let in_day = hour < 24 || (hour == 24 && minute == 0 && second == 0);
    (in_day && minute < 60 && second < 60).then_some((hour * 3600 + minute * 60 + second, rest))
}

fn two_digits(text: &str) -> Option<i64> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// Seconds since 1970 on the local clock, and how many more belong to what was written.
fn date_time(text: &str) -> Option<(i64, i64)> {
    let (date, time_of_day) = text
        .trim()
        .split_once([' ', 'T'])
        .map_or((text.trim(), None), |(d, t)| (d, Some(t)));
    let date: Date = date.parse().ok()?;
    let (seconds, rest) = time_of_day.map_or(Some((0, REST_OF_DAY)), time)?;
    Some((since_epoch(date.to_datetime(Time::midnight())) + seconds, rest))
}

fn since_epoch(moment: DateTime) -> i64 {
    let days = moment
        .date()
        .since(jiff::civil::date(1970, 1, 1))
        .map_or(0, |span| i64::from(span.get_days()));
    days * 86_400 + seconds(moment.time())
}

fn seconds(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

#[cfg(test)]
mod tests;
