//! The product as it is run: processes that can be killed.

use crate::{chance::Chance, proxy::Proxy};
use engine::{
    Changes, Context, MediaPolicy, Policy, SystemClock, SystemRng,
    pipeline::{Outside, Pipeline, Retention},
    reconciler::Reconciler,
    tries::Tries,
};
use fetch::{Client, Guard};
use sea_orm::ConnectionTrait;
use standins::Standins;
use std::{net::SocketAddr, path::PathBuf, process::Stdio, sync::Arc, time::Duration};
use store::testing::TestStore;
use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
    time::{Instant, sleep},
};

/// The key ring of test stores, as the configuration writes it: 32 times the byte 7.
const KEY: &str = "test:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
/// So long a server may take to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// The servers of a test.
pub struct Processes {
    servers: Vec<Server>,
    proxy: Proxy,
    folder: tempfile::TempDir,
    database: String,
    telegram: String,
}

struct Server {
    address: SocketAddr,
    child: Child,
}

impl Processes {
    pub async fn start(store: &TestStore, standins: &Standins, count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("site/pkg")).unwrap();
        let mut processes = Self {
            servers: Vec::new(),
            proxy: Proxy::start().await,
            folder,
            database: store.url().to_owned(),
            telegram: standins.telegram_url(),
        };
        let mut addresses = Vec::new();
        for _ in 0..count {
            let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
            addresses.push(free.local_addr().unwrap());
        }
        processes.proxy.set(addresses.clone());
        for address in addresses {
            let child = processes.spawn(address);
            processes.servers.push(Server { address, child });
        }
        processes.all_alive().await;
        processes
    }

    fn spawn(&self, address: SocketAddr) -> Child {
        let folder = self.folder.path();
        Command::new(env!("CARGO_BIN_EXE_chat-gateways"))
            .env_clear()
            .env("CHAT_GATEWAYS_LISTEN", address.to_string())
            .env("CHAT_GATEWAYS_PUBLIC_URL", format!("http://{}", self.proxy.address))
            .env("CHAT_GATEWAYS_DATABASE_URL", &self.database)
            .env("CHAT_GATEWAYS_DATA_DIR", folder.join(address.port().to_string()))
            .env("CHAT_GATEWAYS_SITE_DIR", folder.join("site"))
            .env("CHAT_GATEWAYS_SECRET_KEY", KEY)
            .env("CHAT_GATEWAYS_TELEGRAM_API_URL", &self.telegram)
            .env("CHAT_GATEWAYS_KEEP_PACE", "false")
            .env(
                "CHAT_GATEWAYS_LOG",
                std::env::var("FAULT_LOG").unwrap_or_else(|_| "error".to_owned()),
            )
            .stdout(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap()
    }

    /// Waits until the bot has its webhook.
    pub async fn connected(&self, standins: &Standins, token: &str) {
        let until = Instant::now() + PATIENCE;
        while standins.telegram().webhook(token).unwrap().url.is_empty() {
            assert!(Instant::now() < until, "the gateway is not connected");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Kills one server, as a power cut would, and starts it again.
    pub async fn kill_one(&mut self, chance: &mut Chance) {
        let index = usize::try_from(chance.between(0, self.servers.len() as u64)).unwrap();
        self.servers[index].child.kill().await.unwrap();
        sleep(Duration::from_millis(chance.between(0, 500))).await;
        let address = self.servers[index].address;
        self.servers[index].child = self.spawn(address);
    }

    /// Keeps the database from working for so many milliseconds.
    pub async fn cut_database(&self, store: &TestStore, ms: u64) {
        if store.is_postgres() {
            let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                WHERE datname = current_database() AND pid <> pg_backend_pid()";
            // It may cut off whoever asks, too.
            drop(store.read().execute_unprepared(cut).await);
        } else {
            let lock = store.begin().await.unwrap();
            sleep(Duration::from_millis(ms)).await;
            drop(lock);
        }
    }

    /// Waits until every server takes connections.
    pub async fn all_alive(&mut self) {
        for server in &mut self.servers {
            let until = Instant::now() + PATIENCE;
            while TcpStream::connect(server.address).await.is_err() {
                assert!(server.child.try_wait().unwrap().is_none(), "the server ended by itself");
                assert!(Instant::now() < until, "the server does not answer");
                sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// Ends them.
    pub async fn stop(mut self) {
        for server in &mut self.servers {
            server.child.kill().await.unwrap();
        }
    }
}

/// An engine that does nothing by itself, for what has to be in the database.
pub fn context(store: &TestStore) -> Context {
    let outside = Outside {
        client: Client::new(Guard::default()),
        endpoints: Arc::default(),
        is_public: true,
        keeps_pace: false,
    };
    Context {
        store: (**store).clone(),
        clock: Arc::new(SystemClock),
        rng: Arc::new(SystemRng),
        changes: Changes::default(),
        pipeline: Pipeline::new(outside, "test".to_owned()),
        reconciler: Reconciler::default(),
        fetch: Client::new(Guard::default()),
        tries: Tries::default(),
        policy: Arc::new(Policy {
            public_url: "http://chat.test".to_owned(),
            session_lifetime: Duration::from_hours(1),
            session_idle: Duration::from_hours(1),
            timezone: "UTC".to_owned(),
            probe_interval: Duration::from_mins(5),
            retention: Retention::default(),
            media: MediaPolicy {
                folder: PathBuf::from("/nonexistent"),
                max_bytes: 20 << 20,
            },
        }),
        request_id: None,
    }
}
