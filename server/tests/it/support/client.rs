//! A browser, as far as HTTP goes: one cookie, an origin, and what pages and programs accept.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, Response, header},
};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client as Http, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::{Value, json};
use std::{net::SocketAddr, sync::Mutex, time::Duration};

/// A browser.
pub struct Client {
    http: Http<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    origin: String,
    cookie: Mutex<Option<String>>,
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// A header as text; empty when it isn't there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// What is wrong with one field.
    pub fn field_error(&self, field: &str) -> String {
        self.json()["fields"][field].as_str().unwrap_or_default().to_owned()
    }
}

impl Client {
    pub fn new(address: SocketAddr, origin: &str) -> Self {
        Self {
            http: Http::builder(TokioExecutor::new()).build_http(),
            address,
            origin: origin.to_owned(),
            cookie: Mutex::new(None),
        }
    }

    /// The cookie as it would be sent: `name=value`.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    /// Goes on with another cookie.
    pub fn set_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[("accept", "text/html")], Vec::new())
            .await
    }

    /// Calls a server function.
    pub async fn call(&self, path: &str, arguments: &Value) -> Answer {
        let headers = [("content-type", "application/json"), ("origin", self.origin.as_str())];
        self.send(
            Method::POST,
            &format!("/api/{path}"),
            &headers,
            arguments.to_string().into_bytes(),
        )
        .await
    }

    /// Sends a form as a browser without JavaScript does.
    pub async fn post(&self, path: &str, pairs: &[(&str, &str)]) -> Answer {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("accept", "text/html"),
            ("origin", self.origin.as_str()),
        ];
        self.send(Method::POST, path, &headers, form.into_bytes()).await
    }

    /// Signs in as the page's script does.
    pub async fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.call("session/sign_in", &json!({"name": name, "password": password}))
            .await
    }

    /// Sends whatever is wanted, and keeps the session's cookie of the answer.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let response = self.open(method, path, headers, body).await;
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("a whole answer").to_bytes();
        Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    /// Sends a request and gives the answer as it begins.
    pub async fn open(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Response<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = self.cookie() {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Full::from(body)).unwrap();
        let answered = tokio::time::timeout(Duration::from_mins(1), self.http.request(request)).await;
        let response = answered
            .unwrap_or_else(|_| panic!("no answer from {path}"))
            .expect("an answer");
        self.keep_cookie(response.headers());
        response.map(Body::new)
    }

    fn keep_cookie(&self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let gone = pair.ends_with('=');
            self.set_cookie((!gone).then(|| pair.to_owned()));
        }
    }
}
