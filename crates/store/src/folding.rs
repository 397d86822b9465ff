//! One spelling for names that people take for the same.

use unicode_normalization::UnicodeNormalization;

/// Folds compatible characters and letter case in every script, so that names compare as people read them.
///
/// Lower-casing may leave a decomposed character behind (`İ` becomes `i` and a dot), so it is normalised again. It also
/// writes a sigma at the end of a word as `ς`; a piece of a word doesn't know where the word ends, so all are `σ`.
#[must_use]
pub fn fold(text: &str) -> String {
    let normal: String = text.nfkc().collect();
    normal.to_lowercase().replace('ς', "σ").nfkc().collect()
}

/// Folds the beginning of a long text, enough to sort by and short enough for an index.
pub(crate) fn fold_start(text: &str) -> String {
    fold(text).chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_folded_in_every_script() {
        assert_eq!(fold("ПІДТРИМКА Її"), fold("підтримка її"));
        assert_eq!(fold("ΑΘΉΝΑ"), "αθήνα");
        assert_eq!(fold("STRASSE"), "strasse");
        assert_eq!(fold("Straße"), "straße");
    }

    #[test]
    fn the_beginning_of_a_word_is_the_beginning_of_its_folding() {
        assert!(fold("ΟΔΟΣΗΜΟ").starts_with(&fold("ΟΔΟΣ")));
        assert_eq!(fold("οδός"), fold("ΟΔΌΣ"));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["İstanbul", "ǅ", "ﬁx", "Ａｂｃ", "e\u{301}", "ẞ", "ﷺ"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }

    #[test]
    fn compatible_spellings_are_the_same() {
        assert_eq!(fold("Ａｂｃ ﬁ"), "abc fi");
        assert_eq!(fold("E\u{301}"), fold("\u{e9}"));
    }
}
