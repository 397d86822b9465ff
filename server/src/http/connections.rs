//! Connections: taken, served, and closed when nothing comes of them.

use crate::shutdown::Shutdown;
use axum::{
    Router,
    body::Body,
    extract::{Request, connect_info::IntoMakeServiceWithConnectInfo},
    serve::{Listener, ListenerExt},
};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use std::{net::SocketAddr, pin::pin, time::Duration};
use tokio::net::TcpListener;
use tower::{Service, ServiceExt};

/// So long a connection may take over the head of a request, or send nothing at all. Longer than proxies keep an unused one
/// (nginx 60 s, Traefik 90 s, Caddy 120 s), so that they close it and none is closed under a request.
const PATIENCE: Duration = Duration::from_secs(150);

/// Serves connections until the process is to end, then lets requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) {
    serve_with_patience(listener, router, shutdown, PATIENCE).await;
}

async fn serve_with_patience(listener: TcpListener, router: Router, shutdown: Shutdown, patience: Duration) {
    // A streamed page would otherwise wait 44 ms for the browser's delayed acknowledgement.
    let mut listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    let mut services: IntoMakeServiceWithConnectInfo<Router, SocketAddr> = router.into_make_service_with_connect_info();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    let under_way = GracefulShutdown::new();
    let mut ending = pin!(shutdown.begun());
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut ending => break,
        };
        let Ok(service) = services.call(peer).await;
        let service = service.map_request(|request: Request<Incoming>| request.map(Body::new));
        let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::trace!(error = %error, "a connection ended early");
            }
        });
    }
    drop(listener);
    under_way.shutdown().await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{extract::ConnectInfo, routing::get};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpStream,
        sync::watch,
        task::JoinHandle,
        time::{Instant, timeout},
    };

    const SOON: Duration = Duration::from_millis(300);
    const NEVER: Duration = Duration::from_hours(1);

    async fn start(router: Router, patience: Duration) -> (SocketAddr, watch::Sender<bool>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, shutdown) = Shutdown::by_hand();
        let serving = tokio::spawn(serve_with_patience(listener, router, shutdown, patience));
        (address, stop, serving)
    }

    fn peers() -> Router {
        Router::new().route(
            "/",
            get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() }),
        )
    }

    /// Everything that comes until the other side closes.
    async fn rest(connection: &mut TcpStream) -> String {
        let mut said = Vec::new();
        let read = timeout(Duration::from_secs(10), connection.read_to_end(&mut said)).await;
        read.expect("the connection stays open").unwrap();
        String::from_utf8(said).unwrap()
    }

    #[tokio::test]
    async fn a_head_that_never_ends_closes_its_connection() {
        let (address, _stop, _serving) = start(peers(), SOON).await;
        let mut connection = TcpStream::connect(address).await.unwrap();
        let begun = Instant::now();
        connection
            .write_all(b"GET / HTTP/1.1\r\nHost: here\r\nX-Slow: ")
            .await
            .unwrap();
        assert_eq!(rest(&mut connection).await, "");
        assert!(begun.elapsed() >= SOON);
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_is_closed_before_and_after_a_request() {
        let (address, _stop, _serving) = start(peers(), SOON).await;
        let mut silent = TcpStream::connect(address).await.unwrap();
        assert_eq!(rest(&mut silent).await, "");
        let mut used = TcpStream::connect(address).await.unwrap();
        used.write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n").await.unwrap();
        let answer = rest(&mut used).await;
        let peer = used.local_addr().unwrap().to_string();
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with(&peer),
            "{answer}"
        );
    }

    #[tokio::test]
    async fn a_request_under_way_is_answered_though_the_server_stops_and_nobody_else_is_let_in() {
        let (entered, mut has_entered) = watch::channel(false);
        let (go_on, may_go_on) = watch::channel(false);
        let slow = move || {
            let (entered, mut may_go_on) = (entered.clone(), may_go_on.clone());
            async move {
                entered.send_replace(true);
                may_go_on.wait_for(|may| *may).await.unwrap();
                "done"
            }
        };
        let (address, stop, serving) = start(Router::new().route("/", get(slow)), NEVER).await;
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection
            .write_all(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
            .await
            .unwrap();
        has_entered.wait_for(|entered| *entered).await.unwrap();
        stop.send_replace(true);
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
        assert!(!serving.is_finished());
        go_on.send_replace(true);
        assert!(rest(&mut connection).await.ends_with("done"));
        serving.await.unwrap();
    }
}
