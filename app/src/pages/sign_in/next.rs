//! Where to go after signing in: only to a page of this product.

const DEFAULT: &str = "/chat-gateways";

/// The address to go to: `next` if it is a path of this site, else the first section.
#[must_use]
pub fn safe_next(next: &str) -> &str {
    let path = next.split(['?', '#']).next().unwrap_or_default();
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_plain = !next.contains('\\') && !next.chars().any(char::is_control);
    if is_path && is_plain && path != "/sign-in" {
        next
    } else {
        DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_that_was_asked_for_is_kept_with_its_query() {
        assert_eq!(safe_next("/flows?q=a&size=20"), "/flows?q=a&size=20");
    }

    #[test]
    fn another_site_is_never_gone_to() {
        for next in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:1",
            "",
        ] {
            assert_eq!(safe_next(next), DEFAULT, "{next:?}");
        }
    }

    #[test]
    fn signing_in_does_not_lead_to_signing_in() {
        assert_eq!(safe_next("/sign-in?next=/sign-in"), DEFAULT);
    }
}
