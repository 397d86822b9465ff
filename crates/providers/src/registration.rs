//! Whose address it is that a messenger calls.

use crate::{Registration, Wire};
use url::Url;

/// What it means that a messenger calls `found`: ours, nobody's or somebody else's.
pub(crate) fn registration(wire: &Wire, found: &str, ours: &str) -> Registration {
    if found.is_empty() {
        Registration::Missing
    } else if is_same(found, ours) {
        Registration::Here
    } else {
        // Some programs put the token into the path.
        let url = wire.hide(&bare(found));
        Registration::Elsewhere { url }
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one == other || Url::parse(one).is_ok_and(|one| Url::parse(other).is_ok_and(|other| one == other))
}

/// An address without user name, query and fragment, where secrets like to be.
fn bare(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else {
        return address.split(['?', '#']).next().unwrap_or_default().to_owned();
    };
    url.set_query(None);
    url.set_fragment(None);
    // An address that can't have a user name has none.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Timestamp;

    #[test]
    fn an_address_is_ours_however_it_is_written() {
        let wire = Wire::hiding(fetch::Client::new(fetch::Guard::default()), ["110:AA"], Timestamp(0));
        let ours = "https://chat.example/chat/x";
        let of = |found| registration(&wire, found, ours);
        assert_eq!(of(""), Registration::Missing);
        assert_eq!(of("https://CHAT.example:443/chat/x"), Registration::Here);
        for (found, shown) in [
            ("https://chat.example/chat/y", "https://chat.example/chat/y"),
            ("https://a:b@c.example/x?token=1#d", "https://c.example/x"),
            ("https://c.example/bot110:AA/hook", "https://c.example/bot***/hook"),
            ("somewhere?token=1", "somewhere"),
        ] {
            assert_eq!(of(found), Registration::Elsewhere { url: shown.into() });
        }
    }
}
