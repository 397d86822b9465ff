//! The data folder of the run, with the database that the bench and the server both open.

use crate::failure::Fallible;
use engine::{
    Changes, Context, MediaPolicy, Policy, SystemClock, SystemRng,
    pipeline::{Outside, Pipeline, Retention},
    reconciler::Reconciler,
    tries::Tries,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use store::{KeyRing, Options, Store};
use tempfile::TempDir;

/// A folder that goes away with the run.
#[derive(Debug)]
pub struct Place {
    folder: TempDir,
}

impl Place {
    /// The key that seals the secrets and signs the cursors of the bench's data; it protects nothing.
    pub const KEY: &str = "bench:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    /// Makes an empty folder.
    pub fn new() -> Fallible<Self> {
        let folder = tempfile::Builder::new().prefix("chat-gateways-bench.").tempdir()?;
        Ok(Self { folder })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The database's file, where the server looks for it.
    pub fn database(&self) -> PathBuf {
        self.path().join("chat-gateways.db")
    }

    /// Opens the database as the server does.
    pub async fn store(&self) -> Fallible<Store> {
        let url = format!("sqlite://{}?mode=rwc", self.database().display());
        Ok(Store::connect(&Options::new(url), KeyRing::parse(Self::KEY)?).await?)
    }
}

/// An engine over a store, as the server puts it together.
pub fn engine_over(store: Store) -> Context {
    let policy = Policy {
        public_url: "http://127.0.0.1".to_owned(),
        session_lifetime: Duration::from_hours(1),
        session_idle: Duration::from_hours(1),
        timezone: "UTC".to_owned(),
        probe_interval: Duration::from_mins(5),
        retention: Retention::default(),
        media: MediaPolicy {
            folder: PathBuf::from("/nonexistent"),
            max_bytes: 20 << 20,
        },
    };
    Context {
        store,
        clock: Arc::new(SystemClock),
        rng: Arc::new(SystemRng),
        changes: Changes::default(),
        pipeline: Pipeline::new(
            Outside {
                client: fetch::Client::new(fetch::Guard::default()),
                endpoints: Arc::default(),
                is_public: false,
                keeps_pace: false,
            },
            "bench".to_owned(),
        ),
        reconciler: Reconciler::default(),
        fetch: fetch::Client::new(fetch::Guard::default()),
        tries: Tries::default(),
        policy: Arc::new(policy),
        request_id: None,
    }
}
