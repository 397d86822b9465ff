//! What the binary does: serve until a signal ends it, or let somebody in who is locked out.

mod set_password;
mod tasks;

pub use set_password::{SetPasswordError, set_password};

use crate::{
    config::Config,
    http::{self, AppState},
    lock::{InstanceLock, LockError},
    meters,
    open::{OpenError, open},
    shutdown::Shutdown,
    site::{Site, SiteError},
};
use engine::{Context, pipeline::Pipeline, setup::SetupError};
use std::{io, net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, time::timeout};

/// Why the server does not start, or stopped by itself.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be made", path.display())]
    DataDir {
        /// The folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// Another server uses the same SQLite file, or nobody can tell.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The browser's files are missing.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The keys or the database are of no use.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The first administrator cannot be made.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The address is in use or not ours.
    #[error("the server cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
        source: io::Error,
    },
    /// The operating system does not tell about signals.
    #[error("the server cannot go on")]
    Serve(#[source] io::Error),
}

/// Serves until SIGINT or SIGTERM, then lets requests under way finish for a while.
///
/// # Errors
///
/// A [`RunError`]; nothing has been served when it is about the start.
pub async fn serve(config: Config) -> Result<(), RunError> {
    // Whoever counts from the start on is counted.
    meters::recorder();
    let _lock = lock(&config)?;
    let site = Site::find(&config)?;
    let address = config.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| RunError::Listen { address, source })?;
    let cx = open(&config).await?;
    let first_password =
        engine::setup::first_administrator(&cx, &config.first_user, config.first_password.as_ref()).await?;
    let shutdown = Shutdown::on_signal().map_err(RunError::Serve)?;
    tasks::start(&cx);
    let working = tokio::spawn(Pipeline::run(cx.clone()));
    let state = AppState::new(cx.clone(), &config, &site, shutdown.clone());
    let router = http::router(state);
    greet(
        &config,
        first_password.as_ref().map(model::Secret::expose).map(String::as_str),
    );
    tokio::select! {
        () = http::connections::serve(listener, router, shutdown.clone()) => {}
        () = shutdown.overdue() => tracing::warn!("Some requests did not finish in time and were cut off"),
    }
    cx.pipeline.stop();
    if timeout(Shutdown::GRACE, working).await.is_err() {
        tracing::warn!("Some messages were still on their way; the next start goes on with them");
    }
    close(cx).await;
    tracing::info!("Stopped");
    Ok(())
}

/// Makes the data folder, and keeps other servers out of a database that is a file.
fn lock(config: &Config) -> Result<Option<InstanceLock>, RunError> {
    config.prepare_data_dir().map_err(|source| RunError::DataDir {
        path: config.data_dir.clone(),
        source,
    })?;
    let needed = config.uses_sqlite();
    Ok(needed.then(|| InstanceLock::acquire(&config.data_dir)).transpose()?)
}

/// Says where the server is, and, once in the life of a database, how to get in.
fn greet(config: &Config, first_password: Option<&str>) {
    let version = env!("CARGO_PKG_VERSION");
    tracing::info!("Chat Gateways {version} answers at {}", config.public_url);
    if let Some(password) = first_password {
        let user = &config.first_user;
        tracing::warn!(
            "Sign in as {user} with the password {password} and choose another one; this is not shown again"
        );
    }
}

async fn close(cx: Context) {
    if let Err(error) = cx.store.close().await {
        tracing::warn!(error = %error, "the database was not closed properly");
    }
}
