//! A customer's system: takes what it is posted, and answers as it is told.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// A request as it came.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Method and path.
    pub line: String,
    /// By name in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Taken {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// Listens until the test ends.
pub struct Endpoint {
    address: SocketAddr,
    taken: Arc<Mutex<Vec<Taken>>>,
}

impl Endpoint {
    /// Answers every request with this status line, these headers, and this body.
    pub async fn answering(status: &str, headers: &str, body: &str) -> Self {
        let answer = format!(
            "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        Self::saying(answer).await
    }

    /// Answers every request with these bytes; none hang up.
    pub async fn saying(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (request, mut stream) = read(stream).await;
                kept.lock().unwrap().push(request);
                // Whoever has had enough hangs up.
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.shutdown().await;
            }
        });
        Self { address, taken }
    }

    pub fn url(&self) -> String {
        format!("http://{}/events", self.address)
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.taken.lock().unwrap().clone()
    }

    /// The only request.
    pub fn only(&self) -> Taken {
        let taken = self.taken();
        assert_eq!(taken.len(), 1);
        taken[0].clone()
    }
}

async fn read(stream: TcpStream) -> (Taken, TcpStream) {
    let mut reader = BufReader::new(stream);
    let mut taken = Taken::default();
    reader.read_line(&mut taken.line).await.unwrap();
    taken.line.truncate(taken.line.trim_end().len());
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        taken.headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = taken.header("content-length").parse().unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).await.unwrap();
    taken.body = String::from_utf8(body).unwrap();
    (taken, reader.into_inner())
}
