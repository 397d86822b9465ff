//! The one public address of several servers: each connection goes to one that lives.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

/// A proxy that runs as long as the test.
pub struct Proxy {
    pub address: SocketAddr,
    behind: Arc<Mutex<Vec<SocketAddr>>>,
}

impl Proxy {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let behind: Arc<Mutex<Vec<SocketAddr>>> = Arc::default();
        tokio::spawn(serve(listener, Arc::clone(&behind)));
        Self { address, behind }
    }

    /// What stands behind it from now on.
    pub fn set(&self, servers: Vec<SocketAddr>) {
        *self.behind.lock().unwrap() = servers;
    }
}

async fn serve(listener: TcpListener, behind: Arc<Mutex<Vec<SocketAddr>>>) {
    let turn = AtomicUsize::new(0);
    loop {
        let Ok((mut outside, _)) = listener.accept().await else {
            return;
        };
        let servers = behind.lock().unwrap().clone();
        let first = turn.fetch_add(1, Ordering::Relaxed);
        tokio::spawn(async move {
            for offset in 0..servers.len() {
                let server = servers[(first + offset) % servers.len()];
                if let Ok(mut inside) = TcpStream::connect(server).await {
                    // Whichever side ends it, it is over.
                    drop(copy_bidirectional(&mut outside, &mut inside).await);
                    return;
                }
            }
        });
    }
}
