//! The floor of every answer: an axum handler that has the bytes in memory.

use crate::{failure::Fallible, load::Answer};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::IntoResponse,
    serve::ListenerExt,
};
use hyper::body::Bytes;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::mpsc,
    thread,
};
use tokio::{net::TcpListener, sync::oneshot};

/// A server in this process that gives one answer to everything; it ends when it is dropped.
#[derive(Debug)]
pub struct Floor {
    /// Where it listens.
    pub address: SocketAddr,
    _end: oneshot::Sender<()>,
}

impl Floor {
    /// Starts it on threads of its own, with nothing but the answer.
    pub fn start(answer: &Answer) -> Fallible<Self> {
        let mut headers = HeaderMap::new();
        let kept: [HeaderName; 2] = [header::CONTENT_TYPE, header::CONTENT_ENCODING];
        for name in kept {
            if let Some(value) = answer.headers.get(&name) {
                headers.insert(name, value.clone());
            }
        }
        let (end, ended) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let body = answer.body.clone();
        thread::spawn(move || {
            let served = serve(headers, body, ended, &tell);
            if let Err(error) = served {
                eprintln!("the floor's server has failed: {error}");
            }
        });
        Ok(Self {
            address: told.recv()?,
            _end: end,
        })
    }
}

#[tokio::main]
async fn serve(
    headers: HeaderMap,
    body: Bytes,
    ended: oneshot::Receiver<()>,
    tell: &mpsc::Sender<SocketAddr>,
) -> Fallible<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    tell.send(listener.local_addr()?)?;
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let router = Router::new().fallback(from_memory).with_state((headers, body));
    tokio::select! {
        served = axum::serve(listener, router) => Ok(served?),
        _ = ended => Ok(()),
    }
}

async fn from_memory(State((headers, body)): State<(HeaderMap, Bytes)>) -> impl IntoResponse {
    (headers, body)
}
