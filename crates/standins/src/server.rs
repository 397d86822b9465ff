//! Takes connections.

use crate::{gate::Gate, world::World};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::sync::Arc;
use tokio::{net::TcpListener, task::JoinSet};

/// Serves until the world stops; every connection ends with it.
pub(crate) fn spawn(listener: TcpListener, world: &Arc<World>) {
    let gate = Arc::new(Gate::new(world.clone()));
    tokio::spawn(world.stop.clone().run_until_cancelled_owned(accept(listener, gate)));
}

async fn accept(listener: TcpListener, gate: Arc<Gate>) {
    // Dropped with this task, and ends its own ones then.
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, for example: others will be closed.
            tokio::task::yield_now().await;
            continue;
        };
        // Answers are small: waiting for more to send would only slow them down.
        let _ = stream.set_nodelay(true);
        let gate = gate.clone();
        let service = service_fn(move |request| {
            let gate = gate.clone();
            async move { gate.serve(request).await }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(stream), service);
        // A connection that ends badly is the other side's business, or a fault's.
        connections.spawn(async move { drop(connection.await) });
        while connections.try_join_next().is_some() {}
    }
}
