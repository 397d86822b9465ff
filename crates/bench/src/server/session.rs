//! Signing in as the first administrator, who must change the password at once.

use super::Server;
use crate::{
    failure::Fallible,
    load::{Answer, Connection, Question},
};
use http::{Method, Request, header};
use http_body_util::Full;
use hyper::body::Bytes;
use model::ListQuery;
use serde_json::{Value, json};
use std::{fmt::Write, net::SocketAddr};

/// The password of the configuration.
pub(super) const FIRST_PASSWORD: &str = "first password of the bench";
const PASSWORD: &str = "second password of the bench";

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Session {
    /// The server.
    pub address: SocketAddr,
    /// The session's cookie: name, `=`, word.
    pub cookie: String,
}

impl Session {
    /// Signs in.
    pub async fn begin(server: &Server) -> Fallible<Self> {
        let mut session = Self {
            address: server.address,
            cookie: String::new(),
        };
        let credentials = json!({ "name": "admin", "password": FIRST_PASSWORD });
        session.cookie = session
            .cookie_of(session.call("session/sign_in", &credentials)?)
            .await?;
        let passwords = json!({ "current": FIRST_PASSWORD, "new": PASSWORD });
        session.cookie = session
            .cookie_of(session.call("session/change_password", &passwords)?)
            .await?;
        Ok(session)
    }

    async fn cookie_of(&self, question: Question) -> Fallible<String> {
        let answer = self.ask(question).await?;
        let cookie = answer
            .headers
            .get(header::SET_COOKIE)
            .ok_or("the server sets no cookie")?;
        let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
        Ok(pair.to_owned())
    }

    /// Asks once, over a connection of its own.
    pub async fn ask(&self, question: Question) -> Fallible<Answer> {
        let answer = Connection::open(self.address).await?.ask(question).await?;
        answer.expect_ok()?;
        Ok(answer)
    }

    /// The call of a server function.
    pub fn call(&self, function: &str, arguments: &Value) -> Fallible<Question> {
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/api/{function}"))
            .header(header::ORIGIN, format!("http://{}", self.address))
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header(header::COOKIE, &self.cookie);
        Ok(request.body(Full::new(Bytes::from(arguments.to_string())))?)
    }

    /// The server function of the registry of gateways.
    pub fn list(&self, query: &ListQuery) -> Fallible<Question> {
        self.call("gateways/list", &json!({ "query": query }))
    }

    /// The page of the registry of gateways; `encoding` is what a browser would take it in.
    pub fn page(&self, query: &ListQuery, encoding: Option<&'static str>) -> Fallible<Question> {
        let pairs = query.pairs().into_iter();
        let query: Vec<String> = pairs.map(|(key, value)| format!("{key}={}", encoded(value))).collect();
        let mut request = Request::builder()
            .uri(format!("/chat-gateways?{}", query.join("&")))
            .header(header::ACCEPT, "text/html")
            .header(header::COOKIE, &self.cookie);
        if let Some(encoding) = encoding {
            request = request.header(header::ACCEPT_ENCODING, encoding);
        }
        Ok(request.body(Full::default())?)
    }
}

/// Percent-encodes everything but letters and digits.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
