//! Calls to gateways.

use crate::{
    Provider,
    clock::now_ms,
    journal::{Direction, Entry, Journals, copied, head},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use std::time::{Duration, Instant};
use url::Url;

/// The largest answer that is read.
const LARGEST: usize = 32 * 1024 * 1024;
/// So many idle connections are kept for a host: those that a load of many chats at once needs.
const KEPT: usize = 256;

/// What a gateway answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// A call that was not answered, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unanswered(pub String);

impl Answer {
    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as JSON; null if it is something else.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The seconds of `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        self.headers
            .get(header::RETRY_AFTER)?
            .to_str()
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    pub(crate) fn reason(&self) -> &'static str {
        http::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or_default()
    }
}

/// A call on its way.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub provider: Provider,
    pub method: Method,
    pub url: String,
    pub headers: Vec<(HeaderName, String)>,
    pub body: Bytes,
}

impl Outgoing {
    pub fn post(provider: Provider, url: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self {
            provider,
            method: Method::POST,
            url: url.into(),
            headers: vec![(header::CONTENT_TYPE, "application/json".to_owned())],
            body: body.into(),
        }
    }

    pub fn get(provider: Provider, url: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            headers: Vec::new(),
            ..Self::post(provider, url, Bytes::new())
        }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((HeaderName::from_static(name), value.into()));
        self
    }
}

#[derive(Debug)]
pub(crate) struct Caller {
    client: Client<HttpConnector, Full<Bytes>>,
    timeout: Duration,
}

impl Caller {
    pub fn new(timeout: Duration) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_max_idle_per_host(KEPT)
            .build(connector);
        Self { client, timeout }
    }

    /// Makes a call, once, and writes it down.
    pub async fn call(&self, journals: &Journals, call: Outgoing) -> Result<Answer, Unanswered> {
        let begun = Instant::now();
        let mut entry = Entry {
            number: 0,
            provider: call.provider,
            direction: Direction::Called,
            method: call.method.to_string(),
            path: call.url.clone(),
            headers: Box::default(),
            body: copied(&call.body),
            body_bytes: call.body.len(),
            status: None,
            answer: Bytes::new(),
            failure: None,
            at_ms: now_ms(),
            at: begun,
            took_us: 0,
        };
        let result = match request(call) {
            Ok(request) => {
                entry.headers = head(request.headers());
                self.send(request).await
            }
            Err(unanswered) => Err(unanswered),
        };
        entry.took_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        match &result {
            Ok(answer) => {
                entry.status = Some(answer.status);
                entry.answer = copied(&answer.body);
            }
            Err(unanswered) => entry.failure = Some(unanswered.0.clone()),
        }
        journals.add(entry);
        result
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Result<Answer, Unanswered> {
        let exchange = async {
            let response = self.client.request(request).await.map_err(|error| told(&error))?;
            let (parts, body) = response.into_parts();
            let body = Limited::new(body, LARGEST)
                .collect()
                .await
                .map_err(|error| told(&*error))?
                .to_bytes();
            Ok(Answer {
                status: parts.status.as_u16(),
                headers: parts.headers,
                body,
            })
        };
        tokio::time::timeout(self.timeout, exchange)
            .await
            .unwrap_or_else(|_| Err(Unanswered("Read timeout expired".to_owned())))
    }
}

/// A user in the address becomes a header, as a browser would do it.
fn request(call: Outgoing) -> Result<Request<Full<Bytes>>, Unanswered> {
    let bad = |error: &dyn std::fmt::Display| Unanswered(format!("Wrong URL: {error}"));
    let mut url = Url::parse(&call.url).map_err(|error| bad(&error))?;
    if url.scheme() != "http" {
        return Err(Unanswered("The stand-ins speak plain HTTP only".to_owned()));
    }
    let user = (url.username().to_owned(), url.password().unwrap_or_default().to_owned());
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    let mut request = Request::builder()
        .method(call.method)
        .uri(url.as_str())
        .body(Full::new(call.body))
        .map_err(|error| bad(&error))?;
    let headers = request.headers_mut();
    for (name, value) in call.headers {
        let value = HeaderValue::from_str(&value).map_err(|error| bad(&error))?;
        headers.append(name, value);
    }
    if !user.0.is_empty() {
        let coded = BASE64_STANDARD.encode(format!("{}:{}", decoded(&user.0), decoded(&user.1)));
        let value = HeaderValue::from_str(&format!("Basic {coded}")).map_err(|error| bad(&error))?;
        headers.insert(header::AUTHORIZATION, value);
    }
    Ok(request)
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

/// The innermost cause: it is the one that says something.
fn told(error: &(dyn std::error::Error + 'static)) -> Unanswered {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    Unanswered(match error.downcast_ref::<std::io::Error>().map(std::io::Error::kind) {
        Some(std::io::ErrorKind::ConnectionRefused) => "Connection refused".to_owned(),
        _ => error.to_string(),
    })
}
