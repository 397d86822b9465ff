//! Places in a program: between the line and column that people read and the offset that the browser counts.

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Reads the place out of an error such as "Line 3, column 7: expected value."; the column counts bytes.
pub(super) fn of_error(sentence: &str) -> Option<Position> {
    let (line, rest) = sentence.strip_prefix("Line ")?.split_once(", column ")?;
    let (column, _) = rest.split_once(':')?;
    Some(Position {
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

/// Where the caret goes for an error's place, in UTF-16 units; the end of a line that is shorter.
pub(super) fn caret_of(text: &str, place: Position) -> usize {
    let mut caret = 0;
    for (number, line) in text.split('\n').enumerate() {
        if number + 1 == place.line {
            let before = line.char_indices().take_while(|(at, _)| *at + 1 < place.column);
            return caret + before.map(|(_, c)| c.len_utf16()).sum::<usize>();
        }
        caret += line.encode_utf16().count() + 1;
    }
    caret.saturating_sub(1)
}

/// The place of the caret, counted in characters, for people.
pub(super) fn of_caret(text: &str, caret: usize) -> Position {
    let mut place = Position { line: 1, column: 1 };
    let mut left = caret;
    for c in text.chars() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(c.len_utf16());
        place = match c {
            '\n' => Position {
                line: place.line + 1,
                column: 1,
            },
            _ => Position {
                column: place.column + 1,
                ..place
            },
        };
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_read_out_of_an_error() {
        assert_eq!(
            of_error("Line 3, column 17: expected value."),
            Some(Position { line: 3, column: 17 })
        );
        assert_eq!(of_error("A program is a JSON array."), None);
    }

    #[test]
    fn the_caret_lands_behind_letters_of_several_bytes() {
        let text = "[\n\"ї😀\" x";
        // The x is the byte 10 of its line: a quote, two, four, a quote, a space.
        assert_eq!(caret_of(text, Position { line: 2, column: 10 }), 8);
        assert_eq!(of_caret(text, 8), Position { line: 2, column: 6 });
    }

    #[test]
    fn a_place_behind_the_end_is_the_end() {
        assert_eq!(caret_of("[1", Position { line: 1, column: 90 }), 2);
        assert_eq!(caret_of("[1", Position { line: 7, column: 1 }), 2);
    }
}
