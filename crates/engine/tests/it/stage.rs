//! What every test needs: an engine with a clock that can be moved, and somebody who acts.

use engine::{
    Changes, Clock, Context, MediaPolicy, Policy, SystemRng,
    access::{Actor, SignedIn},
    pipeline::{Outside, Pipeline, Retention},
    reconciler::Reconciler,
    sessions::SessionKey,
    tries::Tries,
};
use model::{Fields, FlowId, FlowKind, Gateway, Grants, Provider, RoleId, Section, Timestamp, UserId};
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use store::testing::TestStore;

/// A clock that stands still until it is moved.
pub struct StandingClock(AtomicI64);

impl StandingClock {
    pub fn forward(&self, duration: Duration) {
        self.0
            .fetch_add(i64::try_from(duration.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

/// An engine over a test's database.
pub fn engine(store: &TestStore) -> (Context, Arc<StandingClock>) {
    let clock = Arc::new(StandingClock(AtomicI64::new(1_790_000_000_000)));
    let policy = Policy {
        public_url: "https://chat.example".into(),
        session_lifetime: Duration::from_hours(24),
        session_idle: Duration::from_hours(2),
        timezone: "Europe/Kyiv".into(),
        probe_interval: Duration::from_mins(5),
        retention: Retention::default(),
        media: MediaPolicy {
            folder: PathBuf::from("/nonexistent"),
            max_bytes: 20 << 20,
        },
    };
    let cx = Context {
        store: (**store).clone(),
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        rng: Arc::new(SystemRng),
        changes: Changes::default(),
        pipeline: Pipeline::new(
            Outside {
                client: fetch::Client::new(fetch::Guard::default()),
                endpoints: Arc::default(),
                is_public: false,
                keeps_pace: false,
            },
            "test".to_owned(),
        ),
        reconciler: Reconciler::default(),
        fetch: fetch::Client::new(fetch::Guard::default()),
        tries: Tries::default(),
        policy: Arc::new(policy),
        request_id: None,
    };
    (cx, clock)
}

/// A user with these rights who is signed in, whether or not the database knows them.
pub fn user(name: &str, grants: Grants) -> Actor {
    let session = SessionKey([0; 32]);
    Actor::User(SignedIn {
        id: UserId(-1),
        name: name.into(),
        grants,
        must_change_password: false,
        session,
    })
}

pub fn anna() -> Actor {
    user("anna", Grants::ALL)
}

pub fn fields<const N: usize>(pairs: [(&str, &str); N]) -> Fields {
    Fields::from_pairs(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())))
}

pub async fn flow(cx: &Context, name: &str) -> FlowId {
    let fields = fields([("name", name), ("program", "[]")]);
    engine::flows::create(cx, &anna(), FlowKind::Code, &fields)
        .await
        .unwrap()
        .id
}

/// A Viber gateway; with a flow schema it can be enabled.
pub async fn gateway(cx: &Context, name: &str, flow: Option<FlowId>) -> Gateway {
    let mut fields = fields([("name", name), ("secret.token", "4453b6ac1s345678-e02c5f12174805f9")]);
    fields.set("flow", flow.map(|flow| flow.to_string()).unwrap_or_default());
    engine::gateways::create(cx, &anna(), Provider::Viber, &fields)
        .await
        .unwrap()
}

/// The built-in role of a name.
pub async fn role(cx: &Context, name: &str) -> RoleId {
    let roles = store::roles::all(cx.store.read()).await.unwrap();
    roles.into_iter().find(|role| role.name == name).unwrap().id
}

pub async fn last_lines(cx: &Context, section: Section, id: i64) -> Vec<model::AuditLine> {
    store::audit::of_object(cx.store.read(), section, id, None, 10)
        .await
        .unwrap()
}
