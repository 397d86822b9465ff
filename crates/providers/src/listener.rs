//! A messenger that the tests play: it keeps what it was asked and gives the answers that it was given, in order.

use crate::{Wire, testing::NOW};
use axum::{Router, extract::State, response::IntoResponse};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::Value;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};
use url::Url;

/// One call that was made.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub method: Method,
    /// With the query.
    pub path: String,
    pub headers: HeaderMap,
    /// JSON, or null.
    pub body: Value,
}

/// One answer.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Told {
    pub(crate) fn bytes(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::bytes(status, body.to_string())
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        self.headers.insert(name, HeaderValue::from_str(value).unwrap());
        self
    }
}

impl Asked {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    /// `POST /path`, without the query.
    pub(crate) fn line(&self) -> String {
        let path = self.path.split('?').next().unwrap();
        format!("{} {path}", self.method)
    }
}

type Answer = dyn Fn(&Asked) -> Told + Send + Sync;

#[derive(Default)]
struct Script {
    asked: Vec<Asked>,
    answers: VecDeque<Told>,
    /// What else is answered.
    always: Option<Box<Answer>>,
}

/// The messenger; it ends with its test.
pub(crate) struct Listener {
    pub url: Url,
    script: Arc<Mutex<Script>>,
}

impl Listener {
    pub(crate) async fn saying(answers: impl IntoIterator<Item = Told>) -> Self {
        Self::with(Script {
            answers: answers.into_iter().collect(),
            ..Script::default()
        })
        .await
    }

    /// Gives every call the answer that it asks for.
    pub(crate) async fn answering(answer: impl Fn(&Asked) -> Told + Send + Sync + 'static) -> Self {
        Self::with(Script {
            always: Some(Box::new(answer)),
            ..Script::default()
        })
        .await
    }

    async fn with(script: Script) -> Self {
        let script = Arc::new(Mutex::new(script));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let router = Router::new().fallback(answer).with_state(script.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, script }
    }

    /// The address of a path here.
    pub(crate) fn at(&self, path: &str) -> String {
        self.url.join(path).unwrap().into()
    }

    /// What it was asked so far. Fails if an answer was left over, because then a call is missing.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        let script = self.script.lock().unwrap();
        assert_eq!(
            script.answers.len(),
            0,
            "calls that were not made after {:?}",
            script.asked
        );
        script.asked.clone()
    }

    /// The calls by method and path.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.asked().iter().map(Asked::line).collect()
    }

    /// The paths that were asked for, without the query.
    pub(crate) fn paths(&self) -> Vec<String> {
        let path = |asked: Asked| asked.path.split('?').next().unwrap().to_owned();
        self.asked().into_iter().map(path).collect()
    }
}

async fn answer(
    State(script): State<Arc<Mutex<Script>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let asked = Asked {
        method,
        path: uri.to_string(),
        headers,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    let mut script = script.lock().unwrap();
    let told = script.answers.pop_front();
    let told = told.or_else(|| script.always.as_ref().map(|always| always(&asked)));
    let told = told.unwrap_or_else(|| Told::bytes(418, "nobody expected this call"));
    script.asked.push(asked);
    (told.status, told.headers, told.body)
}

/// A way that may go to this machine and hides these words.
pub(crate) fn wire<'s>(secrets: impl IntoIterator<Item = &'s str>) -> Wire {
    let guard = fetch::Guard::parse(["127.0.0.1"]).unwrap();
    Wire::hiding(fetch::Client::new(guard), secrets, NOW)
}

/// Compares every body of `testdata/{folder}` with what is made of it, which is written beside it. A body without an
/// expectation fails, and so does an expectation without a body.
///
/// With `RECORD=1` in the environment the expectations are written anew, to be looked at before they are kept.
pub(crate) fn recorded(folder: &str, read: impl Fn(&str) -> Value) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata")
        .join(folder);
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
        .collect();
    names.sort();
    let (expected, bodies): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| name.ends_with(".expected"));
    assert!(!bodies.is_empty(), "no bodies in {}", folder.display());
    for orphan in expected {
        let body = orphan.trim_end_matches(".expected").to_owned();
        assert!(bodies.contains(&body), "{orphan} has no body");
    }
    for name in bodies {
        let body = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        let path = folder.join(format!("{name}.expected.json"));
        let made = read(&body);
        if std::env::var_os("RECORD").is_some() {
            std::fs::write(&path, format!("{made:#}\n")).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} has no expectation"));
        let expected: Value = serde_json::from_str(&expected).unwrap();
        assert_eq!(made, expected, "{name}");
    }
}
