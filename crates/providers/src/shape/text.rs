//! How long a text is for a messenger, and where it is cut.

/// What a messenger counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Characters. They are counted as UTF-16 does, because no messenger counts more.
    Chars,
    /// Bytes of UTF-8.
    Bytes,
}

/// The room that there is for a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    /// So much fits.
    pub most: usize,
    /// Of these.
    pub unit: Unit,
}

impl Room {
    /// Room for characters.
    pub(crate) const fn chars(most: usize) -> Self {
        let unit = Unit::Chars;
        Self { most, unit }
    }

    /// Room for bytes.
    pub(crate) const fn bytes(most: usize) -> Self {
        let unit = Unit::Bytes;
        Self { most, unit }
    }

    /// Whether a text fits.
    pub(crate) fn holds(self, text: &str) -> bool {
        text.chars().map(|char| self.size(char)).sum::<usize>() <= self.most
    }

    /// Cuts a text into pieces that fit, between paragraphs, lines or words if it can. What is left out is the white
    /// space at the cuts and ends.
    pub(crate) fn split(self, text: &str) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let end = self.fitting(rest);
            let cut = if end == rest.len() { end } else { breaking(rest, end) };
            let (piece, after) = rest.split_at(cut);
            pieces.push(piece.trim_end().to_owned());
            rest = after.trim_start();
        }
        pieces
    }

    /// Cuts a text in two: the second half fits and is as long as a fair cut allows; the first may have any length.
    pub(crate) fn tail(self, text: &str) -> (&str, &str) {
        let text = text.trim();
        let mut room = self.most;
        let mut start = text.len();
        for (at, char) in text.char_indices().rev() {
            let Some(left) = room.checked_sub(self.size(char)) else {
                break;
            };
            (room, start) = (left, at);
        }
        if start == 0 {
            return ("", text);
        }
        let part = &text[start..];
        let found = ["\n\n", "\n"].iter().find_map(|mark| part.find(mark));
        let cut = found.or_else(|| part.find(char::is_whitespace)).unwrap_or(0);
        let (head, tail) = text.split_at(start + cut);
        (head.trim_end(), tail.trim_start())
    }

    const fn size(self, char: char) -> usize {
        match self.unit {
            Unit::Chars => char.len_utf16(),
            Unit::Bytes => char.len_utf8(),
        }
    }

    /// How many bytes of the text fit; at least one character, so that cutting comes to an end.
    fn fitting(self, text: &str) -> usize {
        let mut room = self.most;
        for (at, char) in text.char_indices() {
            match room.checked_sub(self.size(char)) {
                Some(left) => room = left,
                None if at == 0 => return char.len_utf8(),
                None => return at,
            }
        }
        text.len()
    }
}

/// Where a text is best cut, at `end` or before it.
fn breaking(text: &str, end: usize) -> usize {
    let part = &text[..end];
    let half = end / 2;
    for mark in ["\n\n", "\n"] {
        if let Some(at) = part.rfind(mark).filter(|at| *at >= half) {
            return at;
        }
    }
    if text[end..].starts_with(char::is_whitespace) {
        return end;
    }
    if let Some(at) = part.rfind(char::is_whitespace).filter(|at| *at > 0) {
        return at;
    }
    between_signs(text, end)
}

/// Steps back from the middle of a sign that consists of several characters, such as a flag or a letter with an accent.
fn between_signs(text: &str, end: usize) -> usize {
    let joins = |char: char| matches!(char, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}');
    let mut cut = end;
    for (at, char) in text[..end].char_indices().rev().take(16) {
        let next = text[cut..].chars().next();
        if !next.is_some_and(joins) && char != '\u{200d}' {
            return cut;
        }
        cut = at;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_where_people_would_cut_it() {
        let room = Room::chars(10);
        assert_eq!(room.split("one two\n\nthree"), ["one two", "three"]);
        assert_eq!(room.split("one two three"), ["one two", "three"]);
        assert_eq!(room.split("aaaa\nbbbb cccc"), ["aaaa\nbbbb", "cccc"]);
        assert_eq!(room.split("aaaaaaaaaabbbbb"), ["aaaaaaaaaa", "bbbbb"]);
        assert_eq!(room.split("aaaaaaaaaa bbbbb"), ["aaaaaaaaaa", "bbbbb"]);
        assert!(room.split(" \n ").is_empty());
    }

    #[test]
    fn a_sign_of_several_characters_stays_whole() {
        let family = "👩\u{200d}👩\u{200d}👧";
        assert_eq!(
            Room::chars(6).split(&format!("abc{family}")),
            ["abc", &family[..14], &family[14..]]
        );
        assert_eq!(Room::chars(8).split(&format!("abc{family}")), ["abc", family]);
    }

    #[test]
    fn bytes_and_characters_are_told_apart() {
        assert!(Room::chars(4).holds("їжак"));
        assert!(!Room::bytes(4).holds("їжак"));
        assert_eq!(Room::bytes(4).split("їжак"), ["їж", "ак"]);
        assert!(!Room::chars(1).holds("👇"));
    }

    #[test]
    fn a_tail_begins_at_the_first_fair_place() {
        let room = Room::chars(9);
        assert_eq!(room.tail("aaa bbb ccc ddd"), ("aaa bbb", "ccc ddd"));
        assert_eq!(room.tail("aaa bb\nb ccc ddd"), ("aaa bb\nb", "ccc ddd"));
        assert_eq!(room.tail("aaa bbb b\nccc ddd"), ("aaa bbb b", "ccc ddd"));
        assert_eq!(room.tail("short"), ("", "short"));
        assert_eq!(room.tail("abcdefghijk"), ("ab", "cdefghijk"));
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect()
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_every_piece_fits(text in "(?s).{0,200}", most in 4_usize..40, bytes: bool) {
            let room = if bytes { Room::bytes(most) } else { Room::chars(most) };
            let pieces = room.split(&text);
            prop_assert!(pieces.iter().all(|piece| room.holds(piece) && !piece.is_empty()), "{pieces:?}");
            prop_assert_eq!(words(&pieces.concat()), words(&text));
            let (head, tail) = room.tail(&text);
            prop_assert!(room.holds(tail));
            prop_assert!(!tail.is_empty() || text.trim().is_empty());
            prop_assert_eq!(words(&[head, tail].concat()), words(&text));
        }
    }
}
