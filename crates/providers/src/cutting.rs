//! Cuts long texts where it hurts least: between paragraphs, lines, words, and within a word only if it must be.

use unicode_segmentation::UnicodeSegmentation;

/// A limit of texts, and what each character takes of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measure {
    /// The most that a text may take.
    pub limit: usize,
    /// What a character takes.
    pub weight: fn(char) -> usize,
}

impl Measure {
    /// So many units of UTF-16, in which messengers count what they call characters; never fewer than characters.
    pub(crate) const fn utf16(limit: usize) -> Self {
        Self {
            limit,
            weight: char::len_utf16,
        }
    }

    /// So many bytes of UTF-8.
    pub(crate) const fn bytes(limit: usize) -> Self {
        Self {
            limit,
            weight: char::len_utf8,
        }
    }

    /// So many bytes of UTF-8 within a JSON text.
    pub(crate) const fn json(limit: usize) -> Self {
        Self {
            limit,
            weight: json_bytes,
        }
    }

    /// Whether a text is within the limit.
    pub(crate) fn holds(self, text: &str) -> bool {
        fits(text, &[self])
    }
}

fn json_bytes(c: char) -> usize {
    match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        c if c.is_control() => 6,
        c => c.len_utf8(),
    }
}

/// Whether a text is within every limit.
pub(crate) fn fits(text: &str, measures: &[Measure]) -> bool {
    head(text, measures).len() == text.len()
}

/// The longest start of a text that is within every limit.
pub(crate) fn head<'t>(text: &'t str, measures: &[Measure]) -> &'t str {
    let end = measures.iter().map(|measure| {
        let mut sum = 0;
        text.char_indices()
            .find(|(_, c)| {
                sum += (measure.weight)(*c);
                sum > measure.limit
            })
            .map_or(text.len(), |(index, _)| index)
    });
    &text[..end.min().unwrap_or(text.len())]
}

/// The text in pieces within every limit, in order; whitespace where it was cut is left out, and so are blank pieces.
///
/// Each limit must allow every single character.
pub(crate) fn pieces(text: &str, measures: &[Measure]) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let start = head(rest, measures);
        if start.len() == rest.len() {
            break;
        }
        if start.trim().is_empty() {
            rest = if start.is_empty() { "" } else { rest.trim_start() };
            continue;
        }
        let (piece, behind) = cut(rest, start.len());
        pieces.push(piece.trim_end().to_owned());
        rest = behind;
    }
    if !rest.trim().is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

/// Cuts a text in two, so that the second half is within the limit and begins where a cut hurts least; it is blank only if
/// all is. The first half may have any length.
pub(crate) fn tail(text: &str, measure: Measure) -> (&str, &str) {
    let text = text.trim();
    let mut room = measure.limit;
    let start = text.char_indices().rev().take_while(|(_, c)| {
        let left = room.checked_sub((measure.weight)(*c));
        room = left.unwrap_or(room);
        left.is_some()
    });
    let start = start.last().map_or(text.len(), |(index, _)| index);
    if start == 0 {
        return ("", text);
    }
    let window = &text[start..];
    let fair = ["\n\n", "\n"].iter().find_map(|mark| window.find(mark));
    let at = fair.or_else(|| window.find(char::is_whitespace));
    let at = at.or_else(|| window.grapheme_indices(true).nth(1).map(|(index, _)| index));
    let (head, tail) = text.split_at(start + at.unwrap_or_default());
    (head.trim_end(), tail.trim_start())
}

/// Cuts a text at or before `most`, where a character begins; what is in front is not blank.
fn cut(text: &str, most: usize) -> (&str, &str) {
    // A boundary may lie exactly behind the longest start: then the character there is the whitespace.
    let next = text[most..].chars().next().map_or(0, char::len_utf8);
    let window = &text[..most + next];
    let usable = |at: &usize| !text[..*at].trim().is_empty();
    let late = |at: &usize| *at >= most / 2 && usable(at);
    let line_breaks = ['\n', '\r'];
    if let Some(at) = window
        .rfind("\n\n")
        .filter(late)
        .or_else(|| window.rfind('\n').filter(late))
    {
        return (&text[..at], text[at..].trim_start_matches(line_breaks));
    }
    if let Some(at) = window.rfind(char::is_whitespace).filter(usable) {
        return (&text[..at], text[at..].trim_start());
    }
    // No letter is torn from its accents, and no emoji apart, unless it is larger than a whole piece.
    let at = text
        .grapheme_indices(true)
        .map(|(index, _)| index)
        .take_while(|index| *index <= most)
        .last()
        .filter(usable)
        .unwrap_or(most);
    text.split_at(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEN: &[Measure] = &[Measure::utf16(10)];

    #[test]
    fn paragraphs_come_before_lines_and_lines_before_words() {
        assert_eq!(pieces("one two\n\nthree", TEN), ["one two", "three"]);
        assert_eq!(pieces("one two\nx three", TEN), ["one two", "x three"]);
        assert_eq!(pieces("one two three", TEN), ["one two", "three"]);
        assert_eq!(pieces("0123456789 b", TEN), ["0123456789", "b"]);
    }

    #[test]
    fn indentation_of_a_line_stays() {
        assert_eq!(pieces("one two\n  three", TEN), ["one two", "  three"]);
    }

    #[test]
    fn a_word_without_end_is_cut_between_letters() {
        assert_eq!(pieces("0123456789abc", TEN), ["0123456789", "abc"]);
        let family = "👨‍👩‍👧";
        assert_eq!(pieces(&format!("abcd{family}"), TEN), ["abcd", family]);
    }

    #[test]
    fn a_letter_that_is_larger_than_a_piece_is_cut_all_the_same() {
        let tower = format!("a{}", "\u{301}".repeat(25));
        let cut = pieces(&tower, TEN);
        assert_eq!(cut.concat(), tower);
        assert!(cut.iter().all(|piece| fits(piece, TEN)));
    }

    #[test]
    fn blank_texts_give_nothing() {
        assert!(pieces("", TEN).is_empty());
        assert!(pieces(&" \n".repeat(30), TEN).is_empty());
        assert_eq!(pieces(&format!("{}a", " ".repeat(30)), TEN), ["a"]);
    }

    #[test]
    fn json_is_measured_as_it_is_written() {
        let text = "a\"b\\c\n\u{1}\u{7f}é😀/";
        let sum: usize = text.chars().map(json_bytes).sum();
        let written = serde_json::to_string(text).unwrap().len() - 2;
        assert!(sum >= written, "{sum} < {written}");
    }

    #[test]
    fn a_tail_begins_where_people_would_begin_it() {
        let nine = Measure::utf16(9);
        assert_eq!(tail("aaa bbb ccc ddd", nine), ("aaa bbb", "ccc ddd"));
        assert_eq!(tail("aaa bb\nb ccc ddd", nine), ("aaa bb\nb", "ccc ddd"));
        assert_eq!(tail("aaa bbb b\nccc ddd", nine), ("aaa bbb b", "ccc ddd"));
        assert_eq!(tail("short ", nine), ("", "short"));
        assert_eq!(
            tail(&format!("abcd{}", "👩\u{200d}👧xyzv"), nine),
            ("abcd👩\u{200d}👧", "xyzv")
        );
        assert_eq!(tail("їжаки", Measure::bytes(5)), ("їжак", "и"));
    }

    proptest! {
        #[test]
        fn a_tail_fits_and_loses_no_letter(text in "(?s)[ab \n\u{301}👨\u{200d}😀]{0,60}", limit in 4_usize..30) {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let measure = Measure::utf16(limit);
            let (head, tail) = tail(&text, measure);
            prop_assert!(fits(tail, &[measure]) && (!tail.is_empty() || text.trim().is_empty()), "{tail:?}");
            prop_assert_eq!(bare(&format!("{head}{tail}")), bare(&text));
        }

        #[test]
        fn no_letter_is_lost_and_every_piece_fits(text in "(?s)[ab \n\u{301}👨\u{200d}😀]{0,200}") {
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let limits = [Measure::utf16(10), Measure::json(24)];
            let cut = pieces(&text, &limits);
            prop_assert_eq!(bare(&cut.concat()), bare(&text));
            for piece in cut {
                prop_assert!(fits(&piece, &limits) && !piece.trim().is_empty(), "{:?}", piece);
            }
        }
    }
}
