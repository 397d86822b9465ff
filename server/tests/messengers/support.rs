//! The product with its pipeline at work, beside the stand-ins.

use engine::{
    Changes, Context, MediaPolicy, Policy, SystemClock, SystemRng,
    access::Actor,
    pipeline::{Outside, Pipeline, Retention},
    reconciler::Reconciler,
    tries::Tries,
};
use fetch::Guard;
use model::{
    DeliveryPage, DeliveryQuery, Fields, FlowId, FlowKind, Gateway, GatewayId, Health, HealthState, Provider, Timestamp,
};
use providers::Endpoints;
use server::{
    config::{Config, Environment, Flags},
    http::{AppState, connections, router},
    shutdown::Shutdown,
    site::Site,
};
use standins::Standins;
use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use store::testing::TestStore;
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::JoinHandle,
    time::{Instant, sleep},
};

/// So long a test waits for what has to come.
const PATIENCE: Duration = Duration::from_secs(20);
/// A product looks at its gateways this often.
const OFTEN: Duration = Duration::from_secs(1);
const SELDOM: Duration = Duration::from_hours(1);
/// A flow that answers each message with the same words.
pub const ECHO: &str = r#"[{"sendText": "You said: ${start_message}"}]"#;
/// The largest file that a product takes.
pub const LARGEST_FILE: usize = 64 << 10;

/// Waits until something is there.
pub async fn wait_for<T, F: Future<Output = Option<T>>>(look: impl Fn() -> F) -> T {
    let until = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < until, "waited in vain");
        sleep(Duration::from_millis(20)).await;
    }
}

/// The machine's clock, which may be set to another time.
#[derive(Default)]
pub struct Clock(AtomicI64);

impl Clock {
    /// Sets it on, or back, by so many milliseconds.
    pub fn jump(&self, by_ms: i64) {
        self.0.fetch_add(by_ms, Ordering::Relaxed);
    }
}

impl engine::Clock for Clock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::Relaxed))
    }
}

/// A running product.
pub struct Product {
    pub cx: Context,
    pub clock: Arc<Clock>,
    address: SocketAddr,
    _stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
    working: JoinHandle<()>,
    files: Arc<TempDir>,
    _site: TempDir,
}

impl Product {
    /// A product that messengers reach, with looks at its gateways every second.
    pub async fn start(store: &TestStore, standins: &Standins) -> Self {
        Self::start_with(store, standins, true, OFTEN, folder()).await
    }

    /// A product that messengers reach, which looks at its gateways only when something happens.
    pub async fn start_calm(store: &TestStore, standins: &Standins) -> Self {
        Self::start_with(store, standins, true, SELDOM, folder()).await
    }

    /// A product that nobody outside reaches.
    pub async fn start_hidden(store: &TestStore, standins: &Standins) -> Self {
        Self::start_with(store, standins, false, OFTEN, folder()).await
    }

    /// Stops and starts anew, over the same database and the same folder of files.
    pub async fn again(self, store: &TestStore, standins: &Standins) -> Self {
        let files = Arc::clone(&self.files);
        self.stop().await;
        Self::start_with(store, standins, true, SELDOM, files).await
    }

    async fn start_with(
        store: &TestStore,
        standins: &Standins,
        is_public: bool,
        look: Duration,
        files: Arc<TempDir>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let public_url = format!("http://{address}");
        let clock = Arc::new(Clock::default());
        let cx = Context {
            clock: Arc::<Clock>::clone(&clock),
            ..context(store, standins, &public_url, is_public, look, files.path())
        };
        let site = tempfile::tempdir().unwrap();
        let (stop, shutdown) = Shutdown::by_hand();
        let browser = Site {
            root: site.path().to_owned(),
            hashed: false,
        };
        let variable = ("CHAT_GATEWAYS_PUBLIC_URL".to_owned(), public_url);
        let config = Config::load(Flags::default(), &Environment::from_iter([variable])).unwrap();
        let state = AppState::new(cx.clone(), &config, &browser, shutdown.clone());
        tokio::spawn(Changes::follow(cx.clone()));
        let serving = tokio::spawn(connections::serve(listener, router(state), shutdown));
        let working = tokio::spawn(Pipeline::run(cx.clone()));
        Self {
            cx,
            clock,
            address,
            _stop: stop,
            serving,
            working,
            files,
            _site: site,
        }
    }

    /// Stops as an operator does: what is in hand is ended.
    pub async fn stop(self) {
        self.serving.abort();
        self.cx.pipeline.stop();
        self.working.await.unwrap();
    }

    /// A flow schema of this program.
    pub async fn flow(&self, name: &str, program: &str) -> FlowId {
        let mut fields = Fields::default();
        fields.set("name", name);
        fields.set("program", program);
        let flow = engine::flows::create(&self.cx, &Actor::System, FlowKind::Code, &fields).await;
        flow.unwrap().id
    }

    /// A gateway that is not enabled.
    pub async fn gateway(&self, provider: Provider, flow: FlowId, own: &[(&str, &str)]) -> Gateway {
        let mut fields = Fields::default();
        fields.set("name", format!("A {provider} gateway"));
        fields.set("flow", flow.to_string());
        for (key, text) in own {
            fields.set(*key, *text);
        }
        engine::gateways::create(&self.cx, &Actor::System, provider, &fields)
            .await
            .unwrap()
    }

    /// Enables or disables a gateway.
    pub async fn switch(&self, id: GatewayId, on: bool) {
        let gateway = store::gateways::get(self.cx.store.read(), id).await.unwrap().unwrap();
        engine::gateways::set_enabled(&self.cx, &Actor::System, id, gateway.version, on)
            .await
            .unwrap();
    }

    /// Changes some fields of a gateway.
    pub async fn change(&self, id: GatewayId, own: &[(&str, &str)]) {
        let gateway = store::gateways::get(self.cx.store.read(), id).await.unwrap().unwrap();
        let mut fields = Fields::default();
        for (key, text) in own {
            fields.set(*key, *text);
        }
        engine::gateways::update(&self.cx, &Actor::System, id, gateway.version, &fields)
            .await
            .unwrap();
    }

    /// A gateway that is connected.
    pub async fn connected(&self, provider: Provider, flow: FlowId, own: &[(&str, &str)]) -> Gateway {
        let gateway = self.gateway(provider, flow, own).await;
        self.switch(gateway.id, true).await;
        self.health(gateway.id, HealthState::Connected).await;
        gateway
    }

    /// Waits until a gateway's health is this.
    pub async fn health(&self, id: GatewayId, state: HealthState) -> Health {
        let until = Instant::now() + PATIENCE;
        loop {
            let gateway = store::gateways::get(self.cx.store.read(), id).await.unwrap().unwrap();
            if gateway.health.state == state {
                return gateway.health;
            }
            assert!(Instant::now() < until, "waited for {state}: {:?}", gateway.health);
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// The newest entries of a gateway's log.
    pub async fn log(&self, id: GatewayId) -> DeliveryPage {
        engine::deliveries::list(&self.cx, &Actor::System, id, &DeliveryQuery::default())
            .await
            .unwrap()
    }

    /// Waits until the log of a gateway is as wished.
    pub async fn logged(&self, id: GatewayId, wish: impl Fn(&DeliveryPage) -> bool) -> DeliveryPage {
        let until = Instant::now() + PATIENCE;
        loop {
            let page = self.log(id).await;
            if wish(&page) {
                return page;
            }
            assert!(Instant::now() < until, "the log is {:#?}", page.rows);
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Gets something by its address: the status, the headers and the body.
    pub async fn get(&self, url: &str) -> fetch::Answer {
        let request = fetch::Request {
            method: "GET".to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: Vec::new().into(),
            timeout: PATIENCE,
            max_bytes: 1 << 20,
        };
        self.cx.fetch.send(request).await.unwrap()
    }

    /// How many files of peers are kept, whole or not.
    pub fn kept_files(&self) -> usize {
        let folders = std::fs::read_dir(self.files.path()).unwrap();
        let files = folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count());
        files.sum()
    }

    /// Where the product is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Where messengers are: all of them at their stand-ins.
pub fn endpoints(standins: &Standins) -> Endpoints {
    let url = |text: String| text.parse().unwrap();
    Endpoints {
        telegram: url(standins.telegram_url()),
        viber: url(standins.viber_url()),
        graph: url(standins.graph_url()),
        infobip: Some(url(standins.infobip_url())),
    }
}

fn folder() -> Arc<TempDir> {
    Arc::new(tempfile::tempdir().unwrap())
}

fn context(
    store: &TestStore,
    standins: &Standins,
    public_url: &str,
    is_public: bool,
    look: Duration,
    files: &Path,
) -> Context {
    let guard = Guard::parse(["127.0.0.1"]).unwrap();
    let outside = Outside {
        client: fetch::Client::new(guard.clone()),
        endpoints: Arc::new(endpoints(standins)),
        is_public,
        keeps_pace: false,
    };
    let rng: Arc<dyn engine::Rng> = Arc::new(SystemRng);
    Context {
        store: (**store).clone(),
        clock: Arc::new(SystemClock),
        changes: Changes::default(),
        pipeline: Pipeline::new(outside, rng.word()),
        reconciler: Reconciler::default(),
        rng,
        fetch: fetch::Client::new(guard),
        tries: Tries::default(),
        policy: Arc::new(Policy {
            public_url: public_url.to_owned(),
            session_lifetime: Duration::from_hours(1),
            session_idle: Duration::from_hours(1),
            timezone: "Europe/Kyiv".to_owned(),
            probe_interval: look,
            retention: Retention::default(),
            media: MediaPolicy {
                folder: files.to_owned(),
                max_bytes: LARGEST_FILE,
            },
        }),
        request_id: None,
    }
}
