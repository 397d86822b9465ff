//! Servers and names that the tests choose.

use fetch::{Answer, Client, Failure, Guard, Request, Resolve};
use std::{
    collections::VecDeque,
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// Long enough for a slow machine; no test waits for it.
pub const LONG: Duration = Duration::from_secs(30);
/// What a test waits for that wants a time-out.
pub const SHORT: Duration = Duration::from_millis(150);

/// A server that counts its connections and keeps what it was sent.
pub struct StandIn {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    heads: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    /// Answers every request with these bytes and closes.
    pub async fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer: Arc<Vec<u8>> = Arc::new(answer.into());
        Self::doing(Ipv4Addr::LOCALHOST, 0, move |mut stream| {
            let answer = answer.clone();
            async move {
                // Whoever has had enough hangs up.
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        })
        .await
    }

    /// Does something with each connection, after it has read the head of a request.
    pub async fn doing<F, D>(ip: Ipv4Addr, port: u16, then: F) -> Self
    where
        F: Fn(TcpStream) -> D + Send + 'static,
        D: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind((ip, port)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, heads) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::new())));
        let (counted, kept) = (connections.clone(), heads.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::SeqCst);
                let head = read_head(&mut stream).await;
                kept.lock().unwrap().push(head);
                tokio::spawn(then(stream));
            }
        });
        Self {
            address,
            connections,
            heads,
        }
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The head of the only request, in lower case.
    pub fn head(&self) -> String {
        let heads = self.heads.lock().unwrap();
        assert_eq!(heads.len(), 1);
        heads[0].to_lowercase()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Calls it with a client that may.
    pub async fn get(&self) -> Result<Answer, Failure> {
        self.client().send(get(&self.url("/"))).await
    }

    pub fn client(&self) -> Client {
        Client::new(Guard::parse([self.address.to_string()]).unwrap())
    }
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => break,
        }
    }
    String::from_utf8(head).unwrap()
}

/// A call with all the time and space it may need.
pub fn get(url: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        url: url.to_owned(),
        timeout: LONG,
        max_bytes: 1024 * 1024,
        ..Request::default()
    }
}

/// Answers look-ups with one list after the other, the last one for ever, and counts them.
#[derive(Clone, Default)]
pub struct Names {
    answers: Arc<Mutex<VecDeque<Vec<IpAddr>>>>,
    asked: Arc<AtomicUsize>,
}

impl Names {
    pub fn of<const N: usize>(answers: [&[&str]; N]) -> Self {
        let parse = |ips: &[&str]| ips.iter().map(|ip| ip.parse().unwrap()).collect();
        Self {
            answers: Arc::new(Mutex::new(answers.into_iter().map(parse).collect())),
            asked: Arc::default(),
        }
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

#[async_trait::async_trait]
impl Resolve for Names {
    async fn resolve(&self, _: &str) -> io::Result<Vec<IpAddr>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let mut answers = self.answers.lock().unwrap();
        match answers.len() {
            0 => Err(io::Error::other("no such name")),
            1 => Ok(answers[0].clone()),
            _ => Ok(answers.pop_front().unwrap_or_default()),
        }
    }
}
