//! Regular expressions in the syntax of RE2.

use regex::{Regex, RegexBuilder};

/// The most memory that a pattern may take.
const MOST_BYTES: usize = 1 << 20;

/// Reads a pattern as RE2 reads it: `\d`, `\w`, `\s` and `\b` are of ASCII, and a class knows no operators.
pub(super) fn from_re2(written: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(&translate(written))
        .size_limit(MOST_BYTES)
        .dfa_size_limit(MOST_BYTES)
        .build()
}

fn translate(written: &str) -> String {
    let mut pattern = String::with_capacity(written.len());
    let mut letters = written.chars().peekable();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some(escaped) => escape(&mut pattern, escaped, in_class),
                None => pattern.push('\\'),
            },
            '[' if in_class && letters.peek() == Some(&':') => {
                pattern.push('[');
                for inner in letters.by_ref() {
                    pattern.push(inner);
                    if inner == ']' {
                        break;
                    }
                }
            }
            '[' if !in_class => {
                in_class = true;
                pattern.push('[');
                if letters.next_if_eq(&'^').is_some() {
                    pattern.push('^');
                }
                if letters.next_if_eq(&']').is_some() {
                    pattern.push_str("\\]");
                }
            }
            ']' if in_class => {
                in_class = false;
                pattern.push(']');
            }
            '[' | '&' | '~' if in_class => {
                pattern.push('\\');
                pattern.push(letter);
            }
            letter => pattern.push(letter),
        }
    }
    pattern
}

fn escape(pattern: &mut String, escaped: char, in_class: bool) {
    match escaped {
        'd' => pattern.push_str("[0-9]"),
        'D' => pattern.push_str("[^0-9]"),
        'w' => pattern.push_str("[0-9A-Za-z_]"),
        'W' => pattern.push_str("[^0-9A-Za-z_]"),
        's' => pattern.push_str("[\\t\\n\\f\\r ]"),
        'S' => pattern.push_str("[^\\t\\n\\f\\r ]"),
        'b' if !in_class => pattern.push_str("(?-u:\\b)"),
        escaped => {
            pattern.push('\\');
            pattern.push(escaped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_as_re2_reads_them() {
        let table = [
            (r"^\d+$", "12", true),
            (r"^\d+$", "١٢", false),
            (r"^\w+$", "їжа", false),
            (r"^\W+$", "їжа", true),
            (r"^[\w-]+$", "a-b_1", true),
            (r"^[^\d]+$", "abc", true),
            (r"^[[]$", "[", true),
            (r"^[]a]+$", "]a", true),
            (r"^[a&&b]+$", "a&b", true),
            (r"^[[:alpha:]]+$", "abc", true),
            (r"(?i)^ЇЖА$", "їжа", true),
            (r"^\p{Cyrillic}+$", "їжа", true),
            (r"\bb\b", "a b c", true),
            (r"^\s$", "\u{a0}", false),
            (r"\.$", "a.", true),
        ];
        for (pattern, text, expected) in table {
            let regex = from_re2(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
            assert_eq!(regex.is_match(text), expected, "{pattern} {text}");
        }
    }

    #[test]
    fn a_pattern_that_is_none_or_too_large_is_refused() {
        for pattern in [
            "(",
            "[a",
            "a{9999999}",
            "((((((a{99}){99}){99}){99}){99}){99})",
            "\\",
            "(?=a)",
        ] {
            assert!(from_re2(pattern).is_err(), "{pattern}");
        }
    }
}
