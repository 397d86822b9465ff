//! The name that was probably meant.

/// Most names that are looked at.
pub(super) const MOST: usize = 200;

/// How alike two names are, from 0 to 1; upper and lower case are equal.
fn likeness(a: &str, b: &str) -> f64 {
    let short = |text: &str| text.chars().take(40).flat_map(char::to_lowercase).collect::<String>();
    let (a, b) = (short(a), short(b));
    strsim::normalized_damerau_levenshtein(&a, &b).midpoint(strsim::jaro_winkler(&a, &b))
}

/// The known name that is most alike; the first of several.
pub(super) fn nearest<'n>(word: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known
        .map(|name| (likeness(word, name), name))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, name)| name)
}

/// The same among names in no order; none if there are too many to look at.
pub(super) fn nearest_of<'n>(word: &str, known: impl ExactSizeIterator<Item = &'n str>) -> Option<&'n str> {
    if known.len() > MOST {
        return None;
    }
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    nearest(word, known.into_iter())
}

/// Whether a word is so like a name that it is taken for it.
pub(super) fn close(word: &str, name: &str) -> bool {
    likeness(word, name) > 0.7
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue;

    #[test]
    fn misspelt_nodes_are_recognised() {
        for (word, expected) in [
            ("sendTxt", "sendText"),
            ("recieveMessage", "recvMessage"),
            ("receiveMessage", "recvMessage"),
            ("recvMesage", "recvMessage"),
            ("SendText", "sendText"),
            ("sendtext", "sendText"),
            ("httpReqest", "httpRequest"),
            ("http_request", "httpRequest"),
            ("swich", "switch"),
            ("go_to", "goto"),
            ("unset", "unSet"),
            ("exec", "execute"),
            ("send", "sendText"),
            ("calender", "calendar"),
            ("sendPicture", "sendFile"),
            ("menus", "menu"),
        ] {
            assert_eq!(
                nearest(word, catalogue::nodes().map(|node| node.name)),
                Some(expected),
                "{word}"
            );
        }
    }

    #[test]
    fn other_words_are_not_taken_for_a_name() {
        for (word, name) in [
            ("url", "text"),
            ("message", "set"),
            ("name", "path"),
            ("timeout", "messageTimeout"),
        ] {
            assert!(!close(word, name), "{word} {name}");
        }
        for (word, name) in [
            ("timout", "timeout"),
            ("sett", "set"),
            ("Set", "set"),
            ("setvar", "setVar"),
            ("txt", "text"),
        ] {
            assert!(close(word, name), "{word} {name}");
        }
    }
}
