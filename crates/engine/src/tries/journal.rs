//! What has happened in a run, as far as it is kept to be told.

use flow::TraceLine;
use model::{
    Timestamp,
    message::{Button, Outbound, Part},
    trying::{TryChange, TryDone, TryLine, TryMessage, TryReport, TrySaid, TryStep},
};
use std::collections::VecDeque;

/// So many things are kept, the last ones.
const MOST: usize = 5_000;
/// So many bytes are kept, about.
const MOST_BYTES: usize = 1 << 20;
/// So much of one message is kept.
const LONGEST_MESSAGE: usize = 128 << 10;

/// What has happened, numbered through the whole run.
#[derive(Default)]
pub(super) struct Journal {
    entries: VecDeque<Kept>,
    last: u64,
    bytes: usize,
}

struct Kept {
    number: u64,
    bytes: usize,
    entry: Entry,
}

enum Entry {
    Message(TryMessage),
    Line(TryLine),
}

impl Journal {
    /// The number of the last thing.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// How much is kept.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Something was said.
    pub fn said(&mut self, at: i64, mut said: TrySaid) {
        if let TrySaid::Sent(message) = &mut said {
            shorten(message);
        }
        let message = TryMessage {
            number: self.next(),
            at: Timestamp(at),
            said,
        };
        self.keep(message.number, size(&message), Entry::Message(message));
    }

    /// The program did something.
    pub fn done(&mut self, at: i64, what: TryDone) {
        let line = TryLine {
            number: self.next(),
            at: Timestamp(at),
            what,
        };
        self.keep(line.number, size(&line), Entry::Line(line));
    }

    /// The program took a step.
    pub fn step(&mut self, at: i64, line: TraceLine) {
        let TraceLine {
            path,
            node,
            did,
            changed,
            failed,
        } = line;
        let changed = changed.into_iter().map(|change| TryChange {
            name: change.name,
            before: change.before,
            after: change.after,
        });
        let changed = changed.collect();
        self.done(
            at,
            TryDone::Step(TryStep {
                path,
                node,
                did,
                changed,
                failed,
            }),
        );
    }

    /// Adds to a report what has happened since.
    pub fn tell(&self, since: u64, report: &mut TryReport) {
        let first = self.entries.front().map_or(self.last, |kept| kept.number - 1);
        report.missed = since < first;
        for kept in self.entries.iter().filter(|kept| kept.number > since) {
            match &kept.entry {
                Entry::Message(message) => report.messages.push(message.clone()),
                Entry::Line(line) => report.trace.push(line.clone()),
            }
        }
    }

    /// The buttons of a message of the flow, or of the last one that has any.
    pub fn buttons(&self, message: Option<u64>) -> Option<Vec<&Button>> {
        self.entries.iter().rev().find_map(|kept| match &kept.entry {
            Entry::Message(TryMessage {
                number,
                said: TrySaid::Sent(sent),
                ..
            }) if message.is_none_or(|wanted| wanted == *number) && !sent.buttons.is_empty() => {
                Some(sent.buttons.iter().flatten().collect())
            }
            Entry::Message(_) | Entry::Line(_) => None,
        })
    }

    fn next(&mut self) -> u64 {
        self.last += 1;
        self.last
    }

    fn keep(&mut self, number: u64, bytes: usize, entry: Entry) {
        self.bytes += bytes;
        self.entries.push_back(Kept { number, bytes, entry });
        while self.entries.len() > MOST || (self.bytes > MOST_BYTES && self.entries.len() > 1) {
            let Some(gone) = self.entries.pop_front() else { break };
            self.bytes -= gone.bytes;
        }
    }
}

/// About how much of the memory it takes: as much as its JSON.
fn size(value: &impl serde::Serialize) -> usize {
    struct Count(usize);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut count = Count(64);
    // Counting can't fail.
    let _ = serde_json::to_writer(&mut count, value);
    count.0
}

/// Cuts the texts of a message that no messenger would take either, and leaves out the buttons beyond them.
fn shorten(message: &mut Outbound) {
    let mut left = LONGEST_MESSAGE;
    for part in &mut message.parts {
        match part {
            Part::Text { text } => shorten_text(text, &mut left),
            Part::Image {
                caption: Some(caption), ..
            }
            | Part::Document {
                caption: Some(caption), ..
            } => {
                shorten_text(caption, &mut left);
            }
            _ => {}
        }
    }
    for row in &mut message.buttons {
        row.retain(|button| {
            let bytes = size(button);
            let fits = bytes <= left;
            left -= if fits { bytes } else { 0 };
            fits
        });
    }
    message.buttons.retain(|row| !row.is_empty());
}

fn shorten_text(text: &mut String, left: &mut usize) {
    if text.len() > *left {
        text.truncate(text.floor_char_boundary(*left));
        text.push('…');
    }
    *left = left.saturating_sub(text.len());
}

/// The beginning of a text, if it is long.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut short = text[..text.floor_char_boundary(most)].to_owned();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::message::ButtonAction;

    fn text(text: String) -> TrySaid {
        TrySaid::Sent(Outbound {
            parts: vec![Part::text(text)],
            ..Outbound::default()
        })
    }

    fn told(journal: &Journal, since: u64) -> TryReport {
        let mut report = TryReport::default();
        journal.tell(since, &mut report);
        report
    }

    #[test]
    fn only_what_is_new_is_told() {
        let mut journal = Journal::default();
        journal.said(1, text("a".into()));
        journal.said(2, text("b".into()));
        assert_eq!(told(&journal, 0).messages.len(), 2);
        let report = told(&journal, 1);
        assert_eq!(
            (report.messages.len(), report.messages[0].number, report.missed),
            (1, 2, false)
        );
        assert!(told(&journal, 2).messages.is_empty());
    }

    #[test]
    fn the_oldest_is_forgotten_and_that_is_told() {
        let mut journal = Journal::default();
        for _ in 0..100_000 {
            journal.step(
                0,
                TraceLine {
                    did: "x".repeat(500),
                    ..TraceLine::default()
                },
            );
        }
        assert!(journal.bytes() <= MOST_BYTES);
        let report = told(&journal, 99_000);
        assert_eq!((report.trace.len(), report.missed), (1_000, false));
        assert!(told(&journal, 0).missed);
    }

    #[test]
    fn a_message_without_end_is_cut() {
        let mut journal = Journal::default();
        let button = |n: usize| Button {
            title: format!("{n}{}", "x".repeat(1_000)),
            action: ButtonAction::RequestPhone,
        };
        journal.said(
            0,
            TrySaid::Sent(Outbound {
                parts: vec![Part::text("я".repeat(1 << 16))],
                buttons: vec![(0..1_000).map(button).collect()],
                ..Outbound::default()
            }),
        );
        assert!(journal.bytes() < LONGEST_MESSAGE + 1_000, "{}", journal.bytes());
    }
}
