//! Lines, columns and UTF-16 offsets of a text's bytes.

/// Bytes between two places whose numbers are kept.
const STRIDE: usize = 512;

/// Finds lines and offsets of a text, however long its lines are, without reading it from the start each time.
#[derive(Debug)]
pub struct Positions<'a> {
    text: &'a str,
    marks: Vec<Position>,
}

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// In bytes.
    pub byte: usize,
    /// In UTF-16 code units, as browsers count.
    pub utf16: usize,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

impl Position {
    const START: Self = Self {
        byte: 0,
        utf16: 0,
        line: 1,
        column: 1,
    };

    fn pass(&mut self, character: char) {
        self.byte += character.len_utf8();
        self.utf16 += character.len_utf16();
        if character == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
    }
}

impl<'a> Positions<'a> {
    /// Reads a text once.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut marks = vec![Position::START];
        let mut here = Position::START;
        for character in text.chars() {
            here.pass(character);
            if here.byte >= marks.len() * STRIDE {
                marks.push(here);
            }
        }
        Self { text, marks }
    }

    /// The place of a byte; of the next character's first, if it is inside one; the end if it is behind it.
    #[must_use]
    pub fn of(&self, byte: usize) -> Position {
        self.first(|position| position.byte >= byte)
    }

    /// The place of a UTF-16 offset, likewise.
    #[must_use]
    pub fn of_utf16(&self, utf16: usize) -> Position {
        self.first(|position| position.utf16 >= utf16)
    }

    fn first(&self, reached: impl Fn(&Position) -> bool) -> Position {
        let mark = self.marks.partition_point(|mark| !reached(mark)).saturating_sub(1);
        let mut here = self.marks[mark];
        for character in self.text[here.byte..].chars() {
            if reached(&here) {
                break;
            }
            here.pass(character);
        }
        here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_editors_count() {
        let text = "aé\n😀b\n";
        let positions = Positions::new(text);
        let at = |byte| {
            let position = positions.of(byte);
            (position.byte, position.utf16, position.line, position.column)
        };
        assert_eq!(at(0), (0, 0, 1, 1));
        assert_eq!(at(1), (1, 1, 1, 2));
        assert_eq!(at(2), (3, 2, 1, 3), "inside é");
        assert_eq!(at(4), (4, 3, 2, 1));
        assert_eq!(at(8), (8, 5, 2, 2));
        assert_eq!(at(99), (10, 7, 3, 1));
        assert_eq!(positions.of_utf16(5).byte, 8);
    }

    #[test]
    fn a_long_line_is_found_as_well() {
        let text = "ї".repeat(5_000);
        let positions = Positions::new(&text);
        for character in [0, 1, 255, 256, 257, 4_999] {
            let position = positions.of(character * 2);
            assert_eq!((position.utf16, position.column as usize), (character, character + 1));
            assert_eq!(positions.of_utf16(character), position);
        }
    }
}
