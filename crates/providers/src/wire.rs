//! Calls to messengers, and what was said in them.

use crate::Account;
use bytes::Bytes;
use fetch::Failure;
use http::HeaderMap;
use model::{
    Timestamp,
    message::{ErrorClass, ProviderError},
};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// So long a messenger has for an answer.
const TIMEOUT: Duration = Duration::from_secs(15);
/// The largest answer that is not a file.
const LARGEST: usize = 1 << 20;
/// So much of a body is kept in an [`Exchange`], in bytes.
const KEPT: usize = 4_096;
/// What stands in place of a secret.
const HIDDEN: &str = "***";

/// A way to a messenger for one action. It keeps what was said, without the account's secrets.
pub struct Wire {
    client: fetch::Client,
    /// As they are, as they stand in an address, and as they stand in JSON.
    hidden: Vec<String>,
    said: Mutex<Vec<Exchange>>,
    now: Timestamp,
    carried: Vec<Carried>,
}

/// A file that is handed over itself, because its address leads nowhere for the messenger.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The address that stands for it in the message.
    pub url: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// What is in it.
    pub bytes: Bytes,
}

/// A call; it has no `Debug`, because its address and headers may carry secrets.
pub struct Call {
    /// `GET`, `POST` …
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// Beside the usual ones.
    pub headers: Vec<(String, String)>,
    /// What is sent; empty for nothing.
    pub body: Bytes,
    /// For the whole call.
    pub timeout: Duration,
    /// The largest answer.
    pub max_bytes: usize,
    /// Whether what is said carries secrets that the account does not know yet: then only its size is kept.
    pub private: bool,
}

/// What a messenger answered, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, unpacked.
    pub body: Bytes,
}

/// A call and what came of it, without secrets, for the administrator's eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// `POST` …
    pub method: String,
    /// Where to.
    pub url: String,
    /// What was sent; the first 4,096 bytes, or how large it is if it is no text.
    pub sent: String,
    /// The status of the answer, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What was answered, likewise; or why nothing was.
    pub came: String,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

impl Call {
    /// A call without a body.
    #[must_use]
    pub fn get(url: impl Into<String>) -> Self {
        Self {
            method: "GET",
            url: url.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            timeout: TIMEOUT,
            max_bytes: LARGEST,
            private: false,
        }
    }

    /// A call that posts JSON.
    ///
    /// # Panics
    ///
    /// When `body` is no JSON, such as a map whose keys are not text.
    pub fn post(url: impl Into<String>, body: &impl Serialize) -> Self {
        let body = serde_json::to_vec(body).expect("the bodies of calls are JSON");
        Self {
            method: "POST",
            body: body.into(),
            ..Self::get(url)
        }
        .header("content-type", "application/json")
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// With another method.
    #[must_use]
    pub fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// Of which neither query nor bodies are kept, such as one that is answered with a token.
    #[must_use]
    pub fn private(mut self) -> Self {
        self.private = true;
        self
    }
}

impl Answer {
    /// Whether the status is one of success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The seconds of `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.headers
            .get(http::header::RETRY_AFTER)?
            .to_str()
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// Reads the body as JSON; none if it is something else.
    #[must_use]
    pub fn json<'a, T: Deserialize<'a>>(&'a self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }
}

impl Wire {
    /// A way for an account at this moment; its secrets are hidden in what is kept.
    #[must_use]
    pub fn new(client: fetch::Client, account: &Account, now: Timestamp) -> Self {
        let secrets = account.secrets.values().chain([&account.door_secret]);
        let secrets = secrets.chain(account.meta.iter().map(|meta| &meta.token));
        Self::hiding(client, secrets.map(|secret| secret.expose().as_str()), now)
    }

    /// A way at this moment that hides these words.
    pub fn hiding<'s>(client: fetch::Client, secrets: impl IntoIterator<Item = &'s str>, now: Timestamp) -> Self {
        let mut hidden = Vec::new();
        for secret in secrets.into_iter().filter(|secret| !secret.is_empty()) {
            let in_url = percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC).to_string();
            let in_json = serde_json::Value::from(secret).to_string();
            for form in [secret, in_url.as_str(), in_json.trim_matches('"')] {
                if !hidden.iter().any(|known| known == form) {
                    hidden.push(form.to_owned());
                }
            }
        }
        // A secret that is part of another one must not leave the rest of that one behind.
        hidden.sort_by_key(|form| std::cmp::Reverse(form.len()));
        Self {
            client,
            hidden,
            said: Mutex::default(),
            now,
            carried: Vec::new(),
        }
    }

    /// The moment of the action: what is signed together with the time is signed with it.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// The same way, with files at hand.
    #[must_use]
    pub fn carrying(mut self, files: Vec<Carried>) -> Self {
        self.carried = files;
        self
    }

    /// The file at hand that an address stands for.
    pub(crate) fn carried(&self, url: &str) -> Option<&Carried> {
        self.carried.iter().find(|file| file.url == url)
    }

    /// Whether this address may be called without encryption: the operator has named its host.
    #[must_use]
    pub fn may_be_plain(&self, url: &str) -> bool {
        self.client.names(url)
    }

    /// Makes a call, once, and keeps what was said.
    ///
    /// # Errors
    ///
    /// [`ErrorClass::Ambiguous`] when the messenger may have acted, [`ErrorClass::Transient`] when it certainly has not,
    /// [`ErrorClass::Invalid`] when the address is of no use.
    pub async fn call(&self, call: Call) -> Result<Answer, ProviderError> {
        let private = call.private;
        let kept_url = match call.url.split_once('?') {
            Some((path, _)) if private => path,
            _ => &call.url,
        };
        let mut exchange = Exchange {
            method: call.method.to_owned(),
            url: self.hide(kept_url),
            sent: self.kept(&call.body, private),
            status: None,
            came: String::new(),
            duration_ms: 0,
        };
        let begun = Instant::now();
        let request = fetch::Request {
            method: call.method.to_owned(),
            url: call.url,
            headers: call.headers,
            body: call.body,
            timeout: call.timeout,
            max_bytes: call.max_bytes,
        };
        let result = self.client.send(request).await;
        exchange.duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let result = match result {
            Ok(answer) => {
                exchange.status = Some(answer.status);
                exchange.came = self.kept(&answer.body, private);
                Ok(Answer {
                    status: answer.status,
                    headers: answer.headers,
                    body: answer.body,
                })
            }
            Err(failure) => {
                exchange.came = self.hide(&failure.to_string());
                Err(ProviderError {
                    class: class(&failure),
                    http: None,
                    code: Some(failure.code().to_owned()),
                    subcode: None,
                    message: exchange.came.clone(),
                    trace_id: None,
                })
            }
        };
        self.said.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
        result
    }

    /// What was said so far, in order; it is forgotten here.
    #[must_use]
    pub fn said(&self) -> Vec<Exchange> {
        std::mem::take(&mut *self.said.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text without the account's secrets.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for form in &self.hidden {
            if text.contains(form.as_str()) {
                text = text.replace(form.as_str(), HIDDEN);
            }
        }
        text
    }

    fn kept(&self, body: &Bytes, private: bool) -> String {
        match std::str::from_utf8(body) {
            // Hidden before it is cut: half a secret is one, too.
            Ok(text) if !private || text.is_empty() => cut(self.hide(text)),
            _ => format!("{} bytes", body.len()),
        }
    }
}

fn cut(mut text: String) -> String {
    if text.len() > KEPT {
        let end = (0..=KEPT).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text.truncate(end);
        text.push('…');
    }
    text
}

fn class(failure: &Failure) -> ErrorClass {
    match failure {
        Failure::InvalidUrl { .. }
        | Failure::NotHttp
        | Failure::Method
        | Failure::Header { .. }
        | Failure::ForbiddenAddress { .. } => ErrorClass::Invalid,
        Failure::NotFound { .. } | Failure::Refused { .. } | Failure::Tls { .. } => ErrorClass::Transient,
        Failure::Timeout { .. } | Failure::TooLarge { .. } | Failure::Broken { .. } => ErrorClass::Ambiguous,
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire(secrets: &[&str]) -> Wire {
        let guard = fetch::Guard::parse(["127.0.0.1"]).unwrap();
        Wire::hiding(fetch::Client::new(guard), secrets.iter().copied(), Timestamp(0))
    }

    #[test]
    fn a_secret_is_hidden_in_every_form_that_it_takes() {
        let wire = wire(&["110:AA/x", "a\"b"]);
        assert_eq!(wire.hide("/bot110:AA/x/getMe"), "/bot***/getMe");
        assert_eq!(wire.hide("?token=110%3AAA%2Fx"), "?token=***");
        assert_eq!(wire.hide(r#"{"token":"a\"b"}"#), r#"{"token":"***"}"#);
    }

    #[test]
    fn a_secret_within_another_leaves_nothing_of_it() {
        assert_eq!(wire(&["abc", "abcdef"]).hide("abcdef abc"), "*** ***");
    }

    #[tokio::test]
    async fn of_a_private_call_neither_query_nor_body_is_kept() {
        let wire = wire(&[]);
        let call = Call::post("http://127.0.0.1:1/token?code=c0de", &"t0ken").private();
        wire.call(call).await.unwrap_err();
        let said = wire.said();
        assert_eq!(said[0].url, "http://127.0.0.1:1/token");
        assert_eq!(said[0].sent, "7 bytes");
    }

    #[tokio::test]
    async fn a_call_that_nobody_answers_was_certainly_not_heard() {
        let wire = wire(&["s3cret"]);
        let failed = wire.call(Call::get("http://127.0.0.1:1/s3cret")).await.unwrap_err();
        assert_eq!(failed.class, ErrorClass::Transient);
        let said = wire.said();
        assert_eq!(said[0].url, "http://127.0.0.1:1/***");
        assert!(said[0].came.contains("can't be reached"), "{}", said[0].came);
        assert!(wire.said().is_empty());
    }
}
