//! In which form a request wants its answer when something is wrong.

use axum::http::{HeaderMap, Uri, header};

/// What is remembered of a request that was given away.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Whether the answer is read by a program.
    pub json: bool,
}

impl Asked {
    /// Looks at where the request goes and what it accepts.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let html = accept.is_some_and(|accept| accept.contains("text/html"));
        Self {
            json: is_api(uri.path()) || !html,
        }
    }
}

/// Whether the path is one of the server functions.
pub fn is_api(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Whether the path is one of a page: neither of a program nor of a file.
pub fn is_page(path: &str) -> bool {
    let program = ["/api", "/pkg", "/health", "/events"].iter().any(|start| {
        path.strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    let file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    !program && !file && !is_return(path)
}

/// Whether the path is the one that Meta leads a sign-in back to: only who was signed in here before may end it.
pub fn is_return(path: &str) -> bool {
    path == "/meta/oauth"
}

/// Whether the path is one of a file that is made of what only some may see.
pub fn is_export(path: &str) -> bool {
    path.starts_with("/flows/") && path.ends_with("/export.json")
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn pages_files_and_programs_are_told_apart() {
        for path in ["/", "/chat-gateways", "/users/3", "/eventsful", "/nothing"] {
            assert!(is_page(path), "{path}");
        }
        for path in [
            "/api/users/list",
            "/pkg/a.css",
            "/favicon.svg",
            "/events",
            "/health/ready",
            "/meta/oauth",
        ] {
            assert!(!is_page(path), "{path}");
        }
        assert!(is_export("/flows/3/export.json") && !is_page("/flows/3/export.json"));
        assert!(!is_export("/flows/3/general") && !is_export("/export.json"));
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("theme=dark; xsession=1"));
        headers.append(header::COOKIE, HeaderValue::from_static("session=word"));
        assert_eq!(cookie(&headers, "session"), Some("word"));
        assert_eq!(cookie(&headers, "theme"), Some("dark"));
        assert_eq!(cookie(&headers, "other"), None);
    }
}
