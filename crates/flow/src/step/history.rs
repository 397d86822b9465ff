//! What was said, for `chatHistory`.

use super::heard::cut;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::fmt::Write;

/// Messages that are remembered.
pub(crate) const MOST: usize = 300;

/// Bytes that are remembered.
const MOST_BYTES: usize = 65_536;

/// Bytes of one message that are remembered.
const LONGEST: usize = 8_192;

/// The last messages of both sides, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct History {
    said: VecDeque<(Side, String)>,
}

/// Who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Side {
    /// The peer.
    #[serde(rename = "p")]
    Peer,
    /// The program.
    #[serde(rename = "f")]
    Flow,
}

impl History {
    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Adds a message and forgets the oldest ones that there is no room for.
    pub fn add(&mut self, side: Side, text: &str) {
        self.said.push_back((side, cut(text.to_owned(), LONGEST)));
        let mut bytes: usize = self.said.iter().map(|(_, text)| text.len()).sum();
        while self.said.len() > MOST || bytes > MOST_BYTES {
            let Some((_, gone)) = self.said.pop_front() else { break };
            bytes -= gone.len();
        }
    }

    /// The last messages, one line each.
    pub fn told(&self, last: usize, html: bool, peer: &str, flow: &str) -> String {
        let skipped = self.said.len().saturating_sub(last);
        let mut told = String::new();
        for (side, text) in self.said.iter().skip(skipped) {
            let name = if *side == Side::Peer { peer } else { flow };
            if !told.is_empty() {
                told.push('\n');
            }
            // Writing into a String cannot fail.
            let _ = if html {
                write!(told, "<p><b>{}</b>: {}</p>", Escaped(name), Escaped(text))
            } else {
                write!(told, "{name}: {text}")
            };
        }
        told
    }
}

/// Text inside HTML.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\n' => f.write_str("<br>")?,
                letter => f.write_char(letter)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_messages_are_told_one_line_each() {
        let mut history = History::default();
        history.add(Side::Peer, "a");
        history.add(Side::Flow, "b");
        history.add(Side::Peer, "c <d>");
        assert_eq!(history.told(2, false, "Ann", "Bot"), "Bot: b\nAnn: c <d>");
        assert_eq!(
            history.told(1, true, "A&B", "Bot"),
            "<p><b>A&amp;B</b>: c &lt;d&gt;</p>"
        );
        assert_eq!(history.told(0, false, "Ann", "Bot"), "");
        assert_eq!(history.told(999, false, "Ann", "Bot").lines().count(), 3);
    }

    #[test]
    fn the_oldest_messages_are_forgotten() {
        let mut history = History::default();
        for number in 0..1_000 {
            history.add(Side::Peer, &number.to_string());
        }
        assert_eq!(history.said.len(), MOST);
        assert!(history.told(MOST, false, "", "").starts_with(": 700\n"));
        for _ in 0..50 {
            history.add(Side::Flow, &"я".repeat(50_000));
        }
        assert_eq!(history.said.len(), 8);
    }
}
