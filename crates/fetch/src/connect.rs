//! Makes connections, to checked addresses only.
//!
//! This is the one place where an address is checked, and nothing connects by another way: not literal addresses, which
//! need no look-up, and not a second look-up, for there is none.

use crate::{Guard, Resolve};
use hyper_util::{
    client::legacy::connect::{HttpConnector, dns::Name},
    rt::TokioIo,
};
use std::{
    future::{Ready, ready},
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
    vec,
};
use tokio::net::TcpStream;
use tower_service::Service;
use url::Host;

/// As many addresses of a name are tried.
const TRIED: usize = 16;

/// Why there is no connection; the caller knows the host.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConnectError {
    #[error("the name leads nowhere")]
    NotFound,
    #[error("the address is not public: {0}")]
    Forbidden(&'static str),
    #[error("connecting took too long")]
    Timeout,
    #[error("{0}")]
    Refused(String),
}

/// Looks up, checks, connects, checks again.
#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) guard: Arc<Guard>,
    pub(crate) resolver: Arc<dyn Resolve>,
    pub(crate) within: Duration,
}

impl Connector {
    async fn connect(self, uri: http::Uri) -> Result<TokioIo<TcpStream>, ConnectError> {
        let host = Host::parse(uri.host().unwrap_or_default()).map_err(|_| ConnectError::NotFound)?;
        let port = uri
            .port_u16()
            .unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let checked = self.addresses(&host, port).await?;
        let mut connector = HttpConnector::new_with_resolver(Checked(checked));
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(self.within));
        let stream = connector.call(uri).await.map_err(|error| refused(&error))?;
        let peer = stream
            .inner()
            .peer_addr()
            .map_err(|error| ConnectError::Refused(error.to_string()))?;
        self.guard
            .check(&host, port, peer.ip())
            .map_err(ConnectError::Forbidden)?;
        Ok(stream)
    }

    /// One forbidden address forbids the host: which of its addresses is called must not depend on who answers first.
    async fn addresses(&self, host: &Host<String>, port: u16) -> Result<Vec<SocketAddr>, ConnectError> {
        let ips = match host {
            Host::Ipv4(ip) => vec![IpAddr::V4(*ip)],
            Host::Ipv6(ip) => vec![IpAddr::V6(*ip)],
            Host::Domain(name) => self.resolver.resolve(name).await.map_err(|_| ConnectError::NotFound)?,
        };
        if ips.is_empty() {
            return Err(ConnectError::NotFound);
        }
        for ip in &ips {
            self.guard.check(host, port, *ip).map_err(ConnectError::Forbidden)?;
        }
        Ok(ips
            .into_iter()
            .take(TRIED)
            .map(|ip| SocketAddr::new(ip, port))
            .collect())
    }
}

/// The innermost cause says it without our own layers.
fn refused(error: &(dyn std::error::Error + 'static)) -> ConnectError {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
        Some(io::ErrorKind::TimedOut) => ConnectError::Timeout,
        Some(io::ErrorKind::ConnectionRefused) => ConnectError::Refused("nobody takes connections there".to_owned()),
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => {
            ConnectError::Refused("there is no way to it".to_owned())
        }
        _ => ConnectError::Refused(cause.to_string()),
    }
}

impl Service<http::Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: http::Uri) -> Self::Future {
        let (within, connect) = (self.within, self.clone().connect(uri));
        Box::pin(async move {
            tokio::time::timeout(within, connect)
                .await
                .unwrap_or(Err(ConnectError::Timeout))
        })
    }
}

/// Answers with what was checked, whatever it is asked for.
#[derive(Clone)]
struct Checked(Vec<SocketAddr>);

impl Service<Name> for Checked {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = Ready<Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        ready(Ok(self.0.clone().into_iter()))
    }
}
