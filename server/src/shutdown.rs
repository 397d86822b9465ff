//! The end of the process: when it was asked for, and when there is no more time.

use std::{io, time::Duration};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
    time::sleep,
};

/// Tells everybody who has a copy that the process is to end.
#[derive(Debug, Clone)]
pub struct Shutdown(watch::Receiver<bool>);

impl Shutdown {
    /// How long requests under way may take after the signal, and after them the messages on their way.
    pub const GRACE: Duration = Duration::from_secs(10);

    /// Begins with the first SIGINT or SIGTERM. A second one ends the process at once.
    ///
    /// # Errors
    ///
    /// When the operating system refuses to tell about signals.
    pub fn on_signal() -> io::Result<Self> {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!(
                "Stopping: requests under way have {} s to finish",
                Self::GRACE.as_secs()
            );
            sender.send_replace(true);
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            std::process::exit(130);
        });
        Ok(Self(receiver))
    }

    /// Begins when the other half says so, or is gone; for whoever runs the server inside another process.
    #[must_use]
    pub fn by_hand() -> (watch::Sender<bool>, Self) {
        let (sender, receiver) = watch::channel(false);
        (sender, Self(receiver))
    }

    /// Whether the process is to end.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        // Without a sender nobody can ask any more: the runtime itself is ending.
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until the process is to end. Answers that would never end by themselves end now.
    pub async fn begun(mut self) {
        // Without a sender nobody can ask any more: the runtime itself is ending.
        let _ = self.0.wait_for(|stopping| *stopping).await;
    }

    /// Waits until there is no more time.
    pub async fn overdue(self) {
        self.begun().await;
        sleep(Self::GRACE).await;
    }
}
