//! From a path to its place in the text, and back.

use crate::json::Document;
use std::ops::Range;

/// Where the value at a path stands, with its name, in bytes. Of two members with one name it is the first: the way to a
/// mistake is its own place, [`Mistake::bytes`](crate::Mistake::bytes).
///
/// None if the text is no JSON or has nothing there.
#[must_use]
pub fn locate(text: &str, path: &str) -> Option<Range<usize>> {
    let document = Document::read(text).ok()?;
    document.follow(path).map(|at| document.full_span(at))
}

/// The path of the innermost value at a byte of the text.
///
/// None if the text is no JSON or the byte is outside of it.
#[must_use]
pub fn path_at(text: &str, offset: usize) -> Option<String> {
    let document = Document::read(text).ok()?;
    document.at_offset(offset).map(|at| document.path(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#" [ {"if": {"then": [ {"sendText" : "Привіт"} ]}}, 5 ] "#;

    #[test]
    fn a_node_is_found_with_its_name() {
        let found = |path| locate(TEXT, path).map(|range| &TEXT[range]);
        assert_eq!(found("[0].if.then[0].sendText"), Some(r#""sendText" : "Привіт""#));
        assert_eq!(found("[0].if.then[0]"), Some(r#"{"sendText" : "Привіт"}"#));
        assert_eq!(found("[1]"), Some("5"));
        assert_eq!(found("").map(str::len), Some(TEXT.len() - 2));
        assert_eq!(found("[2]"), None);
        assert_eq!(locate("[", "[0]"), None);
    }

    #[test]
    fn the_innermost_value_is_found_by_its_place() {
        let at = |needle: &str| path_at(TEXT, TEXT.find(needle).unwrap());
        assert_eq!(at("Привіт").as_deref(), Some("[0].if.then[0].sendText"));
        assert_eq!(at("\"then").as_deref(), Some("[0].if.then"));
        assert_eq!(at("5").as_deref(), Some("[1]"));
        assert_eq!(path_at(TEXT, 2).as_deref(), Some(""));
        assert_eq!(path_at(TEXT, 0), None);
    }
}
