//! What a peer and the world do.

use crate::words::text;
use arbitrary::{Result, Unstructured};
use flow::run::HttpAnswer;
use flow::{CalendarAnswer, HttpFailure, Message};
use model::message::{FileRef, Inbound, Part};

/// What comes back from a call.
pub type Answer = std::result::Result<HttpAnswer, HttpFailure>;

/// The most that happens in one conversation before its peer leaves.
const MOST: usize = 16;

/// What happens next.
#[derive(Clone, Debug)]
pub enum Turn {
    /// The peer says something.
    Says(Message),
    /// So many milliseconds pass.
    Passes(i64),
    /// The wait comes to its end.
    Due,
    /// The last call is answered, or one that was never made.
    Answered { late: u64, result: Answer },
    /// Calendars answer otherwise from now on.
    Calendar(CalendarAnswer),
    /// The stored state is damaged at the number, text or truth of this index: a step is taken with it and forgotten.
    Damaged { which: u16, with: i32 },
    /// The peer goes.
    Leaves,
}

/// Some turns.
pub fn turns(bytes: &mut Unstructured<'_>) -> Result<Vec<Turn>> {
    let count = bytes.int_in_range(0..=MOST)?;
    (0..count).map(|_| turn(bytes)).collect()
}

fn turn(bytes: &mut Unstructured<'_>) -> Result<Turn> {
    Ok(match bytes.int_in_range(0..=15)? {
        0..=5 => Turn::Says(message(bytes)?),
        6 | 7 => Turn::Passes(i64::from(bytes.arbitrary::<u32>()?) >> bytes.int_in_range(0..=31)?),
        8 | 9 => Turn::Due,
        10..=12 => Turn::Answered {
            late: u64::from(bytes.ratio(1, 8)?),
            result: answer(bytes)?,
        },
        13 => Turn::Calendar(calendar(bytes)?),
        14 => Turn::Damaged {
            which: bytes.arbitrary()?,
            with: bytes.arbitrary()?,
        },
        _ if bytes.ratio(1, 4)? => Turn::Leaves,
        _ => Turn::Due,
    })
}

/// Something that a peer says.
pub fn message(bytes: &mut Unstructured<'_>) -> Result<Message> {
    let words = if bytes.ratio(1, 4)? {
        "/c".to_owned()
    } else {
        text(bytes)?
    };
    let part = match bytes.int_in_range(0..=7)? {
        0..=3 => Part::text(words),
        4 => {
            return Ok(Message::Button {
                payload: words,
                title: bytes.arbitrary()?,
            });
        }
        5 => Part::Contact {
            name: words,
            phones: vec![text(bytes)?],
            vcard: None,
            is_self: false,
        },
        6 => {
            let file = FileRef {
                url: Some(words),
                name: bytes.arbitrary()?,
                size: bytes.arbitrary()?,
                ..FileRef::default()
            };
            Part::Document {
                file,
                caption: bytes.arbitrary()?,
            }
        }
        _ => Part::text(words.repeat(usize::from(bytes.arbitrary::<u16>()?))),
    };
    Ok(Inbound::of(part).into())
}

fn answer(bytes: &mut Unstructured<'_>) -> Result<Answer> {
    if bytes.ratio(1, 6)? {
        return Ok(Err(if bytes.arbitrary()? {
            HttpFailure::Timeout
        } else {
            HttpFailure::Other(bytes.arbitrary()?)
        }));
    }
    let kinds = [
        "application/json; charset=utf-8",
        "text/xml",
        "application/soap+xml",
        "text/plain",
        "",
    ];
    let bodies: [&[u8]; 5] = [
        br#"{"a":[{"x":1.50}]}"#,
        b"<a><b c='1'>\xd1\x8f<x/></b></a>",
        b"",
        b"[",
        br#"{"a":{"0":{"x":[[],{}]}}}"#,
    ];
    let body = if bytes.ratio(1, 3)? {
        bytes.arbitrary()?
    } else {
        bytes.choose(&bodies)?.to_vec()
    };
    Ok(Ok(HttpAnswer {
        status: bytes.arbitrary()?,
        content_type: Some((*bytes.choose(&kinds)?).to_owned()),
        body,
        cookies: vec!["a=b".to_owned(), text(bytes)?],
    }))
}

fn calendar(bytes: &mut Unstructured<'_>) -> Result<CalendarAnswer> {
    Ok(match bytes.int_in_range(0..=4)? {
        0 => CalendarAnswer::Open,
        1 => CalendarAnswer::Closed,
        2 => CalendarAnswer::Holiday(text(bytes)?),
        3 => CalendarAnswer::Expired,
        _ => CalendarAnswer::None,
    })
}
