//! Where a sign-in leads: only ever to a page of this server.

use axum::http::Uri;
use url::{Url, form_urlencoded};

/// Where somebody goes who asked for nothing in particular.
pub const HOME: &str = "/";

/// The address of the sign-in that comes back to a page.
pub fn sign_in_for(uri: &Uri) -> String {
    let wanted = uri.path_and_query().map_or(HOME, |wanted| wanted.as_str());
    if wanted == HOME {
        return "/sign-in".to_owned();
    }
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", wanted)
        .finish();
    format!("/sign-in?{query}")
}

/// The parameter `next` of a query.
pub fn wanted(uri: &Uri) -> Option<String> {
    let pairs = form_urlencoded::parse(uri.query()?.as_bytes());
    pairs
        .into_owned()
        .find(|(name, _)| name == "next")
        .map(|(_, value)| value)
}

/// The page to go to, or the start when the wish leads elsewhere.
///
/// Browsers read a backslash as a slash and drop tabs and line ends, so such wishes are refused as well.
pub fn checked(wish: Option<&str>) -> String {
    wish.and_then(within).unwrap_or_else(|| HOME.to_owned())
}

fn within(wish: &str) -> Option<String> {
    let odd = |c: char| c.is_control() || c == '\\';
    if !wish.starts_with('/') || wish.starts_with("//") || wish.chars().any(odd) {
        return None;
    }
    let here = Url::parse("http://here.invalid/").ok()?;
    let there = here.join(wish).ok()?;
    if there.origin() != here.origin() || there.path().starts_with("//") {
        return None;
    }
    if there.path() == "/sign-in" || there.path().starts_with("/api/") {
        return None;
    }
    let query = there.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("{}{query}", there.path()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_this_server_is_kept_with_its_query() {
        assert_eq!(
            checked(Some("/flows?q=*бот*&sort=-name")),
            "/flows?q=*%D0%B1%D0%BE%D1%82*&sort=-name"
        );
        assert_eq!(checked(Some("/chat-gateways/3/general")), "/chat-gateways/3/general");
    }

    #[test]
    fn every_other_wish_leads_to_the_start() {
        let elsewhere = [
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/.//evil.example",
            "/..//evil.example",
            "flows",
            "",
            "/sign-in",
            "/sign-in?next=/sign-in",
            "/api/session/sign_out",
            "/\r\nSet-Cookie: a=b",
        ];
        for wish in elsewhere {
            assert_eq!(checked(Some(wish)), HOME, "{wish:?}");
        }
        assert_eq!(checked(None), HOME);
    }

    #[test]
    fn the_sign_in_remembers_what_was_asked_for() {
        let uri = Uri::from_static("/flows?q=a%26b&sort=name");
        let address = sign_in_for(&uri);
        assert_eq!(address, "/sign-in?next=%2Fflows%3Fq%3Da%2526b%26sort%3Dname");
        let back = wanted(&address.parse().unwrap()).unwrap();
        assert_eq!(checked(Some(&back)), "/flows?q=a%26b&sort=name");
        assert_eq!(sign_in_for(&Uri::from_static("/")), "/sign-in");
    }
}
