//! A server of one test, with its own database, clock and browser.

pub mod client;
pub mod clock;
pub mod gateway;
pub mod log;

pub use client::{Answer, Client};
pub use clock::TestClock;

use engine::{
    Changes, Context, MediaPolicy, Policy, SystemRng,
    access::Actor,
    pipeline::{Outside, Pipeline, Retention},
    reconciler::Reconciler,
    setup,
    tries::Tries,
    users,
};
use fetch::Guard;
use model::{Fields, Secret};
use server::{
    config::{Config, Environment, Flags},
    http::{AppState, connections, router},
    shutdown::Shutdown,
    site::Site,
};
use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};
use store::testing::TestStore;
use tokio::{net::TcpListener, sync::watch};

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse battery";
/// The address under which browsers know the server.
const PUBLIC_URL: &str = "http://chat.test";

/// A running server.
pub struct Server {
    /// What it works with.
    pub cx: Context,
    /// Its time.
    pub clock: Arc<TestClock>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    _site: tempfile::TempDir,
    _files: tempfile::TempDir,
}

impl Server {
    /// A server with an administrator “admin”.
    pub async fn start(store: &TestStore) -> Self {
        Self::start_at(store, PUBLIC_URL).await
    }

    /// A server whose flow schemas may call these hosts inside the network.
    pub async fn start_calling(store: &TestStore, hosts: &[&str]) -> Self {
        Self::start_with(store, PUBLIC_URL, Guard::parse(hosts).unwrap(), None).await
    }

    /// A server that browsers reach under another address.
    pub async fn start_at(store: &TestStore, public_url: &str) -> Self {
        Self::start_with(store, public_url, Guard::default(), None).await
    }

    /// A server that shows its meters to whoever has this token.
    pub async fn start_metered(store: &TestStore, token: &str) -> Self {
        Self::start_with(store, PUBLIC_URL, Guard::default(), Some(token)).await
    }

    async fn start_with(store: &TestStore, public_url: &str, guard: Guard, metrics_token: Option<&str>) -> Self {
        log::capture();
        server::meters::recorder();
        let clock = Arc::new(TestClock::default());
        let files_of_peers = tempfile::tempdir().unwrap();
        let cx = context(store, Arc::clone(&clock), public_url, guard, files_of_peers.path());
        let password = Secret::new(PASSWORD.to_owned());
        setup::first_administrator(&cx, "admin", Some(&password)).await.unwrap();
        users::reset_password(&cx, "admin", &password, false).await.unwrap();
        let site = site();
        let (stop, shutdown) = Shutdown::by_hand();
        let files = Site {
            root: site.path().to_owned(),
            hashed: false,
        };
        let state = AppState::new(cx.clone(), &config(public_url, metrics_token), &files, shutdown)
            .checking_sessions_every(Duration::from_millis(100));
        tokio::spawn(Changes::follow(cx.clone()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        // It answers as long as its runtime lives, though it says that it is about to end and though nobody holds it any more.
        let (never_told, at_the_end) = Shutdown::by_hand();
        tokio::spawn(async move {
            connections::serve(listener, router(state), at_the_end).await;
            drop(never_told);
        });
        Self {
            cx,
            clock,
            address,
            stop,
            _site: site,
            _files: files_of_peers,
        }
    }

    /// A browser that nobody has signed in with.
    pub fn visitor(&self) -> Client {
        Client::new(self.address, &self.cx.policy.public_url)
    }

    /// The administrator's browser.
    pub async fn administrator(&self) -> Client {
        self.sign_in("admin").await
    }

    /// The browser of a new user with one role.
    pub async fn user(&self, name: &str, role: &str) -> Client {
        self.new_user(name, role).await;
        users::reset_password(&self.cx, name, &Secret::new(PASSWORD.to_owned()), false)
            .await
            .unwrap();
        self.sign_in(name).await
    }

    /// Makes a user who must change the password at the first sign-in.
    pub async fn new_user(&self, name: &str, role: &str) -> model::User {
        let roles = store::roles::all(self.cx.store.read()).await.unwrap();
        let role = roles.iter().find(|known| known.name == role).unwrap();
        let mut fields = Fields::default();
        fields.set("name", name);
        fields.set("password", PASSWORD);
        fields.set(model::UserInput::role_key(role.id), "true");
        users::create(&self.cx, &Actor::System, &fields).await.unwrap().0
    }

    /// Signs an existing user in.
    pub async fn sign_in(&self, name: &str) -> Client {
        let client = self.visitor();
        let answer = client.sign_in(name, PASSWORD).await;
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        client
    }

    /// Ends streams and new requests, as a signal would.
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

fn context(store: &TestStore, clock: Arc<TestClock>, public_url: &str, guard: Guard, files: &Path) -> Context {
    Context {
        store: (**store).clone(),
        clock,
        rng: Arc::new(SystemRng),
        changes: Changes::default(),
        pipeline: Pipeline::new(
            Outside {
                client: fetch::Client::new(guard.clone()),
                endpoints: Arc::default(),
                is_public: false,
                keeps_pace: false,
            },
            "test".to_owned(),
        ),
        reconciler: Reconciler::default(),
        fetch: fetch::Client::new(guard),
        tries: Tries::default(),
        policy: Arc::new(Policy {
            public_url: public_url.to_owned(),
            session_lifetime: Duration::from_hours(14 * 24),
            session_idle: Duration::from_hours(24),
            timezone: "Europe/Kyiv".to_owned(),
            probe_interval: Duration::from_mins(5),
            retention: Retention::default(),
            media: MediaPolicy {
                folder: files.to_owned(),
                max_bytes: 20 << 20,
            },
        }),
        request_id: None,
    }
}

fn config(public_url: &str, metrics_token: Option<&str>) -> Config {
    let mut environment = Environment::new();
    environment.insert("CHAT_GATEWAYS_PUBLIC_URL".to_owned(), public_url.to_owned());
    if let Some(token) = metrics_token {
        environment.insert("CHAT_GATEWAYS_METRICS_TOKEN".to_owned(), token.to_owned());
    }
    Config::load(Flags::default(), &environment).unwrap()
}

/// A folder with as many of the browser's files as tests ask for.
fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pkg = folder.path().join("pkg");
    std::fs::create_dir(&pkg).unwrap();
    std::fs::write(pkg.join("chat-gateways.css"), "main { color: CanvasText }").unwrap();
    std::fs::write(pkg.join("chat-gateways.css.br"), "(compressed)").unwrap();
    std::fs::write(
        folder.path().join("favicon.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
    )
    .unwrap();
    folder
}
