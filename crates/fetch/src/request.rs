//! From what a caller gives to what is sent.

use crate::Failure;
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Uri,
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, USER_AGENT},
};
use http_body_util::Full;
use percent_encoding::percent_decode_str;
use std::time::Duration;
use url::{ParseError, Url};

/// The longest address, in bytes as it was given.
const LONGEST_URL: usize = 16 * 1024;
/// DNS knows no longer name.
const LONGEST_HOST: usize = 253;
/// Limits of what is sent in headers.
const MOST_HEADERS: usize = 100;
const LARGEST_HEADERS: usize = 64 * 1024;

/// One call, as somebody wrote it; nothing of it is checked yet.
///
/// It has no `Debug`, because its address, headers and body may carry secrets.
#[derive(Clone, Default)]
pub struct Request {
    /// `GET`, `post` …
    pub method: String,
    /// `http://` or `https://`. A user name and a password in it are sent as basic authorization.
    pub url: String,
    /// In the order given; a name may come twice. `Accept-Encoding` is left out, because the client asks for what it can
    /// unpack; headers that belong to the connection are refused (see [`Failure::Header`]).
    pub headers: Vec<(String, String)>,
    /// Sent as it is; empty: none.
    pub body: Bytes,
    /// For the whole call, from the look-up of the name to the last byte.
    pub timeout: Duration,
    /// The largest body of the answer, unpacked.
    pub max_bytes: usize,
}

/// A call that can be sent, and the host for sentences about it.
pub(crate) struct Prepared {
    pub(crate) host: String,
    pub(crate) request: http::Request<Full<Bytes>>,
}

impl Prepared {
    pub(crate) fn new(method: &str, url: &str, headers: &[(String, String)], body: Bytes) -> Result<Self, Failure> {
        let method = parse_method(method)?;
        let mut url = parse_url(url)?;
        let mut headers = parse_headers(headers)?;
        if let Some(value) = basic_authorization(&url) {
            headers.entry(AUTHORIZATION).or_insert(value);
        }
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        let agent = HeaderValue::from_static(concat!("chat-gateways/", env!("CARGO_PKG_VERSION")));
        headers.entry(USER_AGENT).or_insert(agent);
        // What is not sent must not be in the request either. Http addresses have a host, so none of these can fail.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        let uri = Uri::try_from(url.as_str()).map_err(|error| invalid(&error.to_string()))?;
        let mut request = http::Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(Self {
            host: host_and_port(&url),
            request,
        })
    }
}

fn invalid(problem: &str) -> Failure {
    Failure::InvalidUrl {
        problem: problem.to_owned(),
    }
}

fn parse_method(text: &str) -> Result<Method, Failure> {
    let method = Method::from_bytes(text.trim().to_ascii_uppercase().as_bytes()).map_err(|_| Failure::Method)?;
    match method.as_str() {
        // CONNECT opens tunnels; TRACE sends headers back that were not meant to be seen.
        "CONNECT" | "TRACE" | "TRACK" => Err(Failure::Method),
        _ => Ok(method),
    }
}

fn parse_url(text: &str) -> Result<Url, Failure> {
    if text.len() > LONGEST_URL {
        return Err(invalid("it is longer than 16 KiB"));
    }
    let url = Url::parse(text).map_err(|error| match error {
        ParseError::RelativeUrlWithoutBase => invalid("it is not a complete address"),
        error => invalid(&error.to_string()),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::NotHttp);
    }
    match url.host_str() {
        None | Some("") => Err(invalid("it has no host")),
        Some(host) if host.len() > LONGEST_HOST => Err(invalid("its host is longer than 253 characters")),
        Some(_) => Ok(url),
    }
}

fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn basic_authorization(url: &Url) -> Option<HeaderValue> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let mut pair: Vec<u8> = percent_decode_str(url.username()).collect();
    pair.push(b':');
    pair.extend(percent_decode_str(url.password().unwrap_or_default()));
    let mut value = HeaderValue::try_from(format!("Basic {}", BASE64_STANDARD.encode(pair))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn parse_headers(given: &[(String, String)]) -> Result<HeaderMap, Failure> {
    let refuse = |name: &str, problem| Failure::Header {
        name: name.chars().take(64).collect(),
        problem,
    };
    let mut headers = HeaderMap::new();
    let mut size = 0_usize;
    for (index, (name, value)) in given.iter().enumerate() {
        let parsed = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| refuse(name, "it is not a name"))?;
        if let Some(problem) = belongs_to_the_connection(&parsed) {
            return Err(refuse(name, problem));
        }
        size = size.saturating_add(name.len()).saturating_add(value.len());
        if index >= MOST_HEADERS || size > LARGEST_HEADERS {
            return Err(refuse(
                name,
                "there are more than 100 headers, or more than 64 KiB of them",
            ));
        }
        let value = HeaderValue::from_bytes(value.trim().as_bytes())
            .map_err(|_| refuse(name, "its value has a line break or another control character"))?;
        if parsed != ACCEPT_ENCODING {
            headers.append(parsed, value);
        }
    }
    Ok(headers)
}

/// Headers by which a caller could say one thing to us and another to the server, or to a proxy on the way.
fn belongs_to_the_connection(name: &HeaderName) -> Option<&'static str> {
    match name.as_str() {
        "host" => Some("the host is the one of the address"),
        "content-length" => Some("the length is counted from the body"),
        "transfer-encoding" | "te" | "trailer" | "expect" => Some("how the body is sent is not chosen by the caller"),
        "connection" | "keep-alive" | "upgrade" | "http2-settings" => {
            Some("the connection is not chosen by the caller")
        }
        proxy if proxy.starts_with("proxy-") => Some("there is no proxy"),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
