//! Lengths of texts as the messengers count them.

/// Units of UTF-16.
pub(crate) fn utf16(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Characters.
pub(crate) fn chars(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_is_two_units_and_one_character() {
        assert_eq!((utf16("a👍"), chars("a👍")), (3, 2));
    }
}
