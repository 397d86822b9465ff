//! Requests to the product, made by hand: anybody's, or one that a messenger made before.

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{Method, Request, header},
};
use hyper_util::{client::legacy::Client, rt::TokioExecutor};
use standins::Entry;

/// What says how a request came, not what it says.
const HOP: [&str; 4] = ["host", "content-length", "connection", "transfer-encoding"];

/// A request.
#[derive(Clone, Debug)]
pub struct Knock {
    pub method: Method,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

/// What was answered: all that a stranger could tell two answers apart by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Knock {
    /// The same request once more as a messenger made it.
    pub fn again(entry: &Entry) -> Self {
        let headers = entry.headers.lines().filter_map(|line| line.split_once(": "));
        Self {
            method: Method::POST,
            url: entry.path.clone(),
            headers: headers
                .filter(|(name, _)| !HOP.contains(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            body: entry.body.clone(),
        }
    }

    /// Nothing, posted without a word about oneself.
    pub fn post(url: &str) -> Self {
        Self {
            method: Method::POST,
            url: url.to_owned(),
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub fn without(mut self, names: &[&str]) -> Self {
        self.headers.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// With the headers of these names as another request has them.
    pub fn with_headers_of(self, other: &Self, names: &[&str]) -> Self {
        let mut knock = self.without(names);
        let theirs = other.headers.iter().filter(|(name, _)| names.contains(&name.as_str()));
        knock.headers.extend(theirs.cloned());
        knock
    }

    /// With the headers of these names set to something.
    pub fn with_headers(self, names: &[&str], value: &str) -> Self {
        let mut knock = self.without(names);
        let new = names.iter().map(|name| ((*name).to_owned(), value.to_owned()));
        knock.headers.extend(new);
        knock
    }

    /// With each of these headers off by a letter, near its end.
    pub fn spoiled(mut self, names: &[&str]) -> Self {
        for (_, value) in self
            .headers
            .iter_mut()
            .filter(|(name, _)| names.contains(&name.as_str()))
        {
            let at = value.trim_end_matches('=').len() - 3;
            let other = if value[at..].starts_with('1') { "2" } else { "1" };
            value.replace_range(at..=at, other);
        }
        self
    }

    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    pub fn with_method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub fn at(mut self, url: impl Into<String>) -> Self {
        self.url = url.into();
        self
    }

    /// Sends it.
    pub async fn send(&self) -> Answer {
        let mut request = Request::builder().method(self.method.clone()).uri(&self.url);
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(self.body.clone())).unwrap();
        let response = Client::builder(TokioExecutor::new())
            .build_http()
            .request(request)
            .await
            .unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().iter();
        let headers = headers.filter(|(name, _)| **name != header::DATE).map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.to_string(), value)
        });
        let headers = headers.collect();
        let body = to_bytes(Body::new(response.into_body()), usize::MAX).await.unwrap();
        Answer { status, headers, body }
    }
}
