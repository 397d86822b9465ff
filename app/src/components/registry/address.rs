//! The state of a registry as it stands in the query string of its address.

use model::ListQuery;

/// Reads a query string, with or without its `?`; what it doesn't know is left out.
#[must_use]
pub fn read(search: &str) -> ListQuery {
    let search = search.strip_prefix('?').unwrap_or(search);
    let pairs: Vec<(String, String)> = search
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decode(key), decode(value)))
        .collect();
    ListQuery::from_pairs(pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())))
}

/// The address of a list under a section's path.
#[must_use]
pub fn write(path: &str, query: &ListQuery) -> String {
    with_query(path, query.pairs())
}

/// A path with a query string of these pairs; without one if there are none.
#[must_use]
pub fn with_query<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(key, value)| format!("{key}={}", encode(value)))
        .collect();
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    }
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~*".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes
            .get(at + 1..at + 3)
            .and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        match (bytes[at], escaped) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 2;
            }
            (b'+', _) => decoded.push(b' '),
            (byte, _) => decoded.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let query = ListQuery {
            q: "Підтримка 100% *a&b=c+d%41".to_owned(),
            sort: "-name".to_owned(),
            size: "20".to_owned(),
            ..ListQuery::default()
        };
        let address = write("/chat-gateways", &query);
        let (path, search) = address.split_once('?').unwrap();
        assert_eq!(path, "/chat-gateways");
        assert_eq!(read(search), query);
    }

    #[test]
    fn a_list_without_any_wish_has_a_bare_address() {
        assert_eq!(write("/flows", &ListQuery::default()), "/flows");
        assert_eq!(read(""), ListQuery::default());
    }

    #[test]
    fn a_plus_is_a_space_and_a_broken_escape_stands_for_itself() {
        assert_eq!(read("?q=a+b").q, "a b");
        assert_eq!(read("?q=100%").q, "100%");
        assert_eq!(read("?q=%zz").q, "%zz");
    }
}
