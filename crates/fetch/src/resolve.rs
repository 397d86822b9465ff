//! Looks names up.

use std::{
    io,
    net::{IpAddr, ToSocketAddrs},
    sync::Arc,
};
use tokio::sync::Semaphore;

/// Looks a name up; tests answer for names of their own.
#[async_trait::async_trait]
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of a name, those to try first in front. None is the same as an error: the name leads nowhere.
    ///
    /// # Errors
    ///
    /// Whatever the look-up failed with.
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>>;
}

/// As many look-ups of the system run at once. Each holds a thread that can't be stopped, so that names whose DNS never
/// answers must not take them all.
const AT_ONCE: usize = 64;

/// Asks the operating system, hosts file included.
#[derive(Clone, Debug)]
pub struct SystemResolver {
    permits: Arc<Semaphore>,
}

impl Default for SystemResolver {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

#[async_trait::async_trait]
impl Resolve for SystemResolver {
    async fn resolve(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        let permit = self.permits.clone().acquire_owned().await.map_err(io::Error::other)?;
        let name = name.to_owned();
        let look_up = move || {
            // The look-up goes on when its caller has given up; so does its permit.
            let _permit = permit;
            Ok((name.as_str(), 0)
                .to_socket_addrs()?
                .map(|address| address.ip())
                .collect())
        };
        tokio::task::spawn_blocking(look_up).await.map_err(io::Error::other)?
    }
}
