//! A client, and a gateway that a test speaks for.

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    response::Response,
};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};

/// Long enough for a slow machine; no test waits for it.
pub const LONG: Duration = Duration::from_secs(30);

thread_local! {
    /// A test has a thread and a runtime of its own, and connections belong to a runtime.
    static CLIENT: fetch::Client = fetch::Client::new(fetch::Guard::parse(["127.0.0.1"]).unwrap());
}

/// Makes a call with the product's client.
pub async fn call(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Result<fetch::Answer, fetch::Failure> {
    let client = CLIENT.with(fetch::Client::clone);
    let request = fetch::Request {
        method: method.to_owned(),
        url: url.to_owned(),
        headers: headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect(),
        body: body.into(),
        timeout: LONG,
        max_bytes: 32 * 1024 * 1024,
    };
    client.send(request).await
}

/// Posts JSON and reads JSON.
pub async fn post(url: &str, body: &Value) -> (u16, Value) {
    post_with(url, &[], body).await
}

/// Posts JSON with headers and reads JSON.
pub async fn post_with(url: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
    let headers: Vec<_> = [("content-type", "application/json")]
        .iter()
        .chain(headers)
        .copied()
        .collect();
    read(&call("POST", url, &headers, body.to_string()).await.unwrap())
}

/// Gets JSON.
pub async fn get(url: &str) -> (u16, Value) {
    read(&call("GET", url, &[], "").await.unwrap())
}

/// The status and the JSON of an answer.
pub fn read(answer: &fetch::Answer) -> (u16, Value) {
    let body = serde_json::from_slice(&answer.body).unwrap_or_default();
    (answer.status, body)
}

/// A request as a gateway heard it.
#[derive(Clone, Debug)]
pub struct Heard {
    pub method: String,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What a gateway answers.
#[derive(Clone, Debug)]
pub struct Scripted {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Scripted {
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn json(body: &Value) -> Self {
        Self {
            body: body.to_string(),
            ..Self::status(200).header("content-type", "application/json")
        }
    }
}

#[derive(Debug)]
struct Inside {
    heard: watch::Sender<Vec<Heard>>,
    script: Mutex<VecDeque<Scripted>>,
    always: Mutex<Scripted>,
}

/// A gateway: it keeps what it hears, and answers 200 or what the test says.
#[derive(Debug)]
pub struct Gateway {
    pub url: String,
    inside: Arc<Inside>,
}

impl Gateway {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/chat/a", listener.local_addr().unwrap());
        let inside = Arc::new(Inside {
            heard: watch::Sender::new(Vec::new()),
            script: Mutex::default(),
            always: Mutex::new(Scripted::status(200)),
        });
        let router = Router::new().fallback(hear).with_state(inside.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, inside }
    }

    /// Answers the next requests so, one after the other.
    pub fn answers(&self, scripted: impl IntoIterator<Item = Scripted>) {
        self.inside.script.lock().unwrap().extend(scripted);
    }

    /// Answers so when nothing else was said.
    pub fn always(&self, scripted: Scripted) {
        *self.inside.always.lock().unwrap() = scripted;
    }

    /// Waits until it heard at least so much.
    pub async fn heard(&self, count: usize) -> Vec<Heard> {
        let mut heard = self.inside.heard.subscribe();
        let waiting = heard.wait_for(|heard| heard.len() >= count);
        let heard = tokio::time::timeout(LONG, waiting).await;
        heard
            .unwrap_or_else(|_| panic!("heard {} of {count}", self.so_far().len()))
            .unwrap()
            .clone()
    }

    /// What it heard up to now.
    pub fn so_far(&self) -> Vec<Heard> {
        self.inside.heard.borrow().clone()
    }
}

async fn hear(State(inside): State<Arc<Inside>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let heard = Heard {
        method: parts.method.to_string(),
        path: parts.uri.to_string(),
        headers: parts.headers,
        body,
    };
    let scripted = inside.script.lock().unwrap().pop_front();
    let scripted = scripted.unwrap_or_else(|| inside.always.lock().unwrap().clone());
    inside.heard.send_modify(|all| all.push(heard));
    let mut response = Response::builder().status(scripted.status);
    for (name, value) in scripted.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(scripted.body)).unwrap()
}
