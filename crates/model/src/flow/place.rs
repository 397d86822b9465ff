//! Where something stands in a text, as people and editors count.

/// What the parser of JSON has to say, with its place in the text.
pub(super) fn in_words(text: &str, error: &serde_json::Error) -> String {
    // The parser counts lines in line feeds and columns in bytes.
    let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    let column = line
        .char_indices()
        .take_while(|(byte, _)| *byte < error.column())
        .count();
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or(&said);
    format!("Line {}, column {column}: {what}.", error.line())
}

/// The line and the column of a part of a text, both counted from 1.
///
/// `part` must have been cut out of `text`; of another text the answer means nothing.
pub(super) fn of_part(text: &str, part: &str) -> (usize, usize) {
    let start = part.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let before = text.get(..start).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_where_it_was_cut_out() {
        let text = "перший\nїжак і лис";
        let part = &text[text.find("лис").unwrap()..];
        assert_eq!(of_part(text, part), (2, 8));
        assert_eq!(of_part(text, text), (1, 1));
    }
}
