//! The name that was probably meant.

use crate::catalogue;
use std::collections::HashMap;

/// Most names that are looked at.
pub(super) const MOST: usize = 200;

/// The letters of a name that count.
const LETTERS: usize = 40;

/// Finds names that were probably meant. A program in which everything is misspelt is no reason to keep anybody waiting:
/// behind so many comparisons none is found any more.
#[derive(Debug)]
pub(super) struct Nearest {
    /// Comparisons that may still be made.
    left: usize,
    /// All nodes, once one was looked for.
    nodes: Vec<(&'static str, String)>,
    /// What was found among the nodes.
    found: HashMap<String, Option<&'static str>>,
}

/// Comparisons of one check.
const COMPARISONS: usize = 50_000;

impl Default for Nearest {
    fn default() -> Self {
        Self {
            left: COMPARISONS,
            nodes: Vec::new(),
            found: HashMap::new(),
        }
    }
}

impl Nearest {
    /// The node whose name is most alike.
    pub fn node(&mut self, word: &str) -> Option<&'static str> {
        let word = folded(word);
        if let Some(found) = self.found.get(&word) {
            return *found;
        }
        if self.nodes.is_empty() {
            self.nodes = catalogue::nodes().map(|node| (node.name, folded(node.name))).collect();
        }
        let found = match self.left.checked_sub(self.nodes.len()) {
            None => None,
            Some(left) => {
                self.left = left;
                best(&word, self.nodes.iter().map(|(name, folded)| (*name, folded.as_str())))
            }
        };
        self.found.insert(word, found);
        found
    }

    /// The known name that is most alike; the first of several.
    pub fn of<'n>(&mut self, word: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        let known: Vec<(&str, String)> = known.map(|name| (name, folded(name))).collect();
        self.left = self.left.checked_sub(known.len())?;
        best(
            &folded(word),
            known.iter().map(|(name, folded)| (*name, folded.as_str())),
        )
    }

    /// The same among names in no order; none if there are too many to look at.
    pub fn of_unordered<'n>(&mut self, word: &str, known: impl ExactSizeIterator<Item = &'n str>) -> Option<&'n str> {
        if known.len() > MOST {
            return None;
        }
        let mut known: Vec<&str> = known.collect();
        known.sort_unstable();
        self.of(word, known.into_iter())
    }

    /// Whether a word is so like a name that it is taken for it.
    pub fn is_close(&mut self, word: &str, name: &str) -> bool {
        let left = self.left.checked_sub(1);
        self.left = left.unwrap_or_default();
        left.is_some() && likeness(&folded(word), &folded(name)) > 0.7
    }
}

fn best<'n, 'f>(word: &str, known: impl Iterator<Item = (&'n str, &'f str)>) -> Option<&'n str> {
    known
        .map(|(name, folded)| (likeness(word, folded), name))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name)
}

/// How alike two folded names are, from 0 to 1.
fn likeness(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(a, b).midpoint(strsim::jaro_winkler(a, b))
}

/// The letters of a name that count; upper and lower case are equal.
fn folded(text: &str) -> String {
    text.chars().take(LETTERS).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_nodes_are_recognised() {
        let mut nearest = Nearest::default();
        for (word, expected) in [
            ("sendTxt", "sendText"),
            ("recieveMessage", "recvMessage"),
            ("receiveMessage", "recvMessage"),
            ("recvMesage", "recvMessage"),
            ("SendText", "sendText"),
            ("sendtext", "sendText"),
            ("httpReqest", "httpRequest"),
            ("http_request", "httpRequest"),
            ("swich", "switch"),
            ("go_to", "goto"),
            ("unset", "unSet"),
            ("exec", "execute"),
            ("send", "sendText"),
            ("calender", "calendar"),
            ("sendPicture", "sendFile"),
            ("menus", "menu"),
        ] {
            assert_eq!(nearest.node(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn other_words_are_not_taken_for_a_name() {
        for (word, name) in [
            ("url", "text"),
            ("message", "set"),
            ("name", "path"),
            ("timeout", "messageTimeout"),
        ] {
            assert!(!Nearest::default().is_close(word, name), "{word} {name}");
        }
        for (word, name) in [
            ("timout", "timeout"),
            ("sett", "set"),
            ("Set", "set"),
            ("setvar", "setVar"),
            ("txt", "text"),
        ] {
            assert!(Nearest::default().is_close(word, name), "{word} {name}");
        }
    }

    #[test]
    fn a_program_in_which_everything_is_misspelt_is_not_looked_at_for_long() {
        let mut nearest = Nearest::default();
        let hints = (0..10_000)
            .filter(|at| nearest.node(&format!("sendTxt{at}")).is_some())
            .count();
        assert_eq!(hints, COMPARISONS / nearest.nodes.len());
        assert_eq!(nearest.of("sett", std::iter::repeat_n("set", COMPARISONS)), None);
        assert!((0..COMPARISONS).filter(|_| nearest.is_close("sett", "set")).count() < nearest.nodes.len());
        // What was found stays found.
        assert_eq!(nearest.node("sendTxt7"), Some("sendText"));
    }
}
