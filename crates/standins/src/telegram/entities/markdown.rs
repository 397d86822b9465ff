//! Telegram's `MarkdownV2`.

/// Characters that mean nothing by themselves and must be escaped all the same.
const RESERVED: &str = "(){}[]#+-=.!|>";

/// What can be open, and what it is called in an error.
const MARKS: [(&str, &str); 7] = [
    ("```", "PreCode"),
    ("`", "Code"),
    ("__", "Underline"),
    ("||", "Spoiler"),
    ("*", "Bold"),
    ("_", "Italic"),
    ("~", "Strikethrough"),
];

/// The text without its marks; or what is wrong, and where.
pub(super) fn plain(text: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let at = text.len() - rest.len();
        let in_code = open
            .last()
            .filter(|(mark, ..)| mark.starts_with('`'))
            .map(|(mark, ..)| *mark);
        let mark = MARKS
            .iter()
            .find(|(mark, _)| rest.starts_with(mark) && in_code.is_none_or(|code| code == *mark));
        if letter == '\\' && rest[1..].chars().next().is_some_and(|next| next.is_ascii_punctuation()) {
            plain.push_str(&rest[1..2]);
            rest = &rest[2..];
        } else if let Some((mark, name)) = mark {
            match open.iter().position(|(begun, ..)| begun == mark) {
                Some(index) => drop(open.remove(index)),
                None => open.push((mark, name, at)),
            }
            rest = &rest[mark.len()..];
        } else if in_code.is_none() && letter == '[' {
            rest = link(rest, at, &mut plain)?;
        } else if in_code.is_none() && letter == '>' && (at == 0 || text[..at].ends_with('\n')) {
            rest = &rest[1..];
        } else if in_code.is_none() && RESERVED.contains(letter) {
            return Err(format!(
                "Character '{letter}' is reserved and must be escaped with the preceding '\\'"
            ));
        } else {
            plain.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    match open.pop() {
        Some((_, name, at)) => Err(format!("Can't find end of {name} entity at byte offset {at}")),
        None => Ok(plain),
    }
}

/// `[words](address)`; gives what follows it.
fn link<'a>(rest: &'a str, at: usize, plain: &mut String) -> Result<&'a str, String> {
    let parts = rest[1..].split_once("](").and_then(|(words, after)| {
        let (_, after) = after.split_once(')')?;
        Some((words, after))
    });
    let Some((words, after)) = parts else {
        return Err(format!("Can't find end of a URL at byte offset {at}"));
    };
    plain.push_str(&self::plain(words)?);
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_escapes_stay() {
        assert_eq!(
            plain(r"*a* _b_ __c__ \. `x.y` [d](https://a.b)").unwrap(),
            "a b c . x.y d"
        );
        assert_eq!(plain(">q\n||s||").unwrap(), "q\ns");
    }

    #[test]
    fn a_reserved_character_must_be_escaped_and_a_mark_must_end() {
        assert!(plain("Done.").unwrap_err().contains("Character '.' is reserved"));
        assert!(plain("*a").unwrap_err().contains("end of Bold entity at byte offset 0"));
    }
}
