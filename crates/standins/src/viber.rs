//! Viber: accounts under their tokens.

mod account;
mod answer;
mod check;
mod events;
mod handle;
mod keyboard;
mod media;
mod methods;
mod send;
mod set_webhook;

pub(crate) use answer::{rate_limit, refusal};
pub(crate) use events::act;
pub use handle::Viber;

use crate::{Options, Provider, chat::Chats, clock::now_ms, control::Account as Listed, push::PushLanes, world::World};
use account::Account;
use answer::{Status, fail};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State as Shared},
    response::Response,
    routing::{get, post},
};
use http::HeaderMap;
use serde_json::Value;
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tokio_util::sync::CancellationToken;

/// The largest request, in bytes.
const LARGEST: usize = 30 * 1024;

/// What the stand-in of Viber knows.
#[derive(Debug)]
pub(crate) struct State {
    accounts: RwLock<HashMap<Arc<str>, Arc<Account>>>,
    pub chats: Chats,
    pub lanes: Arc<PushLanes>,
    next_token: AtomicU64,
    strict_urls: AtomicBool,
    /// Messages are reported as delivered and seen.
    receipts: AtomicBool,
    fetches: AtomicBool,
}

impl State {
    pub fn new(options: &Options, stop: &CancellationToken) -> Self {
        // Far beyond what fits into a JavaScript number, and never what it was before a new start.
        let first = u64::try_from(now_ms()).unwrap_or_default() << 21;
        Self {
            accounts: RwLock::default(),
            chats: Chats::new(options.kept_per_chat, 1),
            lanes: crate::lanes::Lanes::new(stop.clone()),
            next_token: AtomicU64::new(first),
            strict_urls: AtomicBool::new(false),
            receipts: AtomicBool::new(false),
            fetches: AtomicBool::new(false),
        }
    }

    /// A `message_token`.
    fn token(&self) -> u64 {
        self.next_token.fetch_add(1, Ordering::Relaxed)
    }

    fn account(&self, token: &str) -> Option<Arc<Account>> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        accounts.get(token).cloned()
    }

    fn register(&self, token: &str, name: &str) -> Arc<Account> {
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        let account = accounts
            .entry(token.into())
            .or_insert_with(|| Arc::new(Account::new(token, name)));
        account.state().revoked = false;
        account.clone()
    }

    /// Its accounts, for the list of all.
    pub fn accounts(&self) -> Vec<Listed> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        let accounts = accounts.values().filter(|account| !account.state().revoked);
        accounts
            .map(|account| Listed {
                provider: Provider::Viber,
                id: account.token.to_string(),
                name: account.name.clone(),
                kind: "",
                connect: vec![("Token", account.token.to_string())],
                peer: "01234567890A=",
                webhook: account.state().webhook.clone().unwrap_or_default(),
            })
            .collect()
    }
}

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/pa/{method}", post(serve))
        .route("/media/{id}/{name}", get(media::serve))
}

/// Whatever goes wrong, the HTTP status is 200.
async fn serve(
    Shared(world): Shared<Arc<World>>,
    Path(method): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if body.len() > LARGEST {
        return fail(Status::BadData, "the request is larger than 30 KB");
    }
    let Ok(Value::Object(fields)) = serde_json::from_slice(&body) else {
        return fail(Status::BadData, "the body is no JSON object");
    };
    let arguments = Value::Object(fields);
    let token = headers.get("x-viber-auth-token").and_then(|value| value.to_str().ok());
    let token = token.or_else(|| arguments["auth_token"].as_str()).unwrap_or_default();
    let Some(account) = admit(&world, token) else {
        return fail(Status::InvalidAuthToken, "the token is missing or wrong");
    };
    methods::call(&world, &account, &method, &arguments).await
}

fn admit(world: &World, token: &str) -> Option<Arc<Account>> {
    let account = match world.viber.account(token) {
        None if world.options.welcoming && !token.is_empty() => Some(world.viber.register(token, "Stand-in")),
        known => known,
    };
    account.filter(|account| !account.state().revoked)
}
