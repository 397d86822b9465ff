//! One connection that stays open, without Nagle's delay.

use crate::failure::Fallible;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::{BodyExt, Full};
use hyper::{
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A request with its whole body.
pub type Question = Request<Full<Bytes>>;

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body as it came, perhaps compressed.
    pub body: Bytes,
}

impl Answer {
    /// Refuses every status but 200, with what the server says.
    pub fn expect_ok(&self) -> Fallible<()> {
        if self.status == StatusCode::OK {
            return Ok(());
        }
        let text: String = String::from_utf8_lossy(&self.body).chars().take(500).collect();
        Err(format!("the server answered {}: {text}", self.status).into())
    }
}

/// A connection to a server.
#[derive(Debug)]
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: header::HeaderValue,
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> Fallible<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // Ends with the connection; what goes wrong on it is told to whoever asks.
        tokio::spawn(connection);
        Ok(Self {
            sender,
            host: header::HeaderValue::try_from(address.to_string())?,
        })
    }

    /// Asks, and waits for the last byte of the answer.
    pub async fn ask(&mut self, mut question: Question) -> Fallible<Answer> {
        question.headers_mut().insert(header::HOST, self.host.clone());
        self.sender.ready().await?;
        let (parts, body) = self.sender.send_request(question).await?.into_parts();
        Ok(Answer {
            status: parts.status,
            headers: parts.headers,
            body: body.collect().await?.to_bytes(),
        })
    }
}
