//! Infobip: `WhatsApp` numbers under their API keys.

mod account;
mod answer;
mod check;
mod content;
mod events;
mod handle;
mod message;
mod report;
mod resources;
mod senders;

pub use account::Guard;
pub(crate) use answer::{rate_limit, refusal};
pub(crate) use events::{act, press};
pub use handle::Infobip;

use crate::{Options, Provider, chat::Chats, control::Account as Listed, lanes::Lanes, push::PushLanes, world::World};
use account::Number;
use answer::{Refused, unauthorized};
use axum::{
    Router,
    middleware::map_response,
    response::Response,
    routing::{get, post},
};
use http::{HeaderMap, HeaderValue, header};
use serde_json::Value;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, atomic::AtomicBool},
};
use tokio_util::sync::CancellationToken;

/// What the stand-in of Infobip knows.
#[derive(Debug)]
pub(crate) struct State {
    numbers: RwLock<HashMap<Arc<str>, Arc<Number>>>,
    revoked: RwLock<HashSet<String>>,
    pub chats: Chats,
    pub lanes: Arc<PushLanes>,
    /// What was created through the API, by its kind and its key.
    created: Mutex<BTreeMap<(&'static str, String), Value>>,
    /// Messages are reported as delivered and seen.
    receipts: AtomicBool,
    fetches: AtomicBool,
}

impl State {
    pub fn new(options: &Options, stop: &CancellationToken) -> Self {
        Self {
            numbers: RwLock::default(),
            revoked: RwLock::default(),
            chats: Chats::new(options.kept_per_chat, 1),
            lanes: Lanes::new(stop.clone()),
            created: Mutex::default(),
            receipts: AtomicBool::new(false),
            fetches: AtomicBool::new(false),
        }
    }

    fn number(&self, number: &str) -> Option<Arc<Number>> {
        let numbers = self.numbers.read().unwrap_or_else(PoisonError::into_inner);
        numbers.get(number).cloned()
    }

    /// The numbers of a key.
    fn of_key(&self, key: &str) -> Vec<Arc<Number>> {
        let numbers = self.numbers.read().unwrap_or_else(PoisonError::into_inner);
        let mut numbers: Vec<_> = numbers.values().filter(|number| *number.key == *key).cloned().collect();
        numbers.sort_by(|a, b| a.digits.cmp(&b.digits));
        numbers
    }

    fn register(&self, key: &str, number: &str) {
        let mut numbers = self.numbers.write().unwrap_or_else(PoisonError::into_inner);
        numbers.insert(number.into(), Arc::new(Number::new(key, number)));
        let mut revoked = self.revoked.write().unwrap_or_else(PoisonError::into_inner);
        revoked.remove(key);
    }

    fn revoke(&self, key: &str) {
        let mut revoked = self.revoked.write().unwrap_or_else(PoisonError::into_inner);
        revoked.insert(key.to_owned());
    }

    fn created(&self) -> MutexGuard<'_, BTreeMap<(&'static str, String), Value>> {
        self.created.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The numbers, for the list of all accounts.
    pub fn accounts(&self) -> Vec<Listed> {
        let numbers = self.numbers.read().unwrap_or_else(PoisonError::into_inner);
        numbers
            .values()
            .map(|number| Listed {
                provider: Provider::Infobip,
                id: number.digits.to_string(),
                name: format!("+{}", number.digits),
                kind: "",
                connect: vec![
                    ("API key", number.key.to_string()),
                    ("Base URL", "https://demo.api.infobip.com".to_owned()),
                ],
                peer: "380671112233",
                webhook: events::webhook(self, number),
            })
            .collect()
    }
}

pub(crate) fn router() -> Router<Arc<World>> {
    let media = get(senders::media);
    Router::new()
        .route("/whatsapp/1/message/{kind}", post(message::send))
        .route(
            "/whatsapp/1/message/interactive/{kind}",
            post(message::send_interactive),
        )
        .route("/whatsapp/1/events", post(senders::typing))
        .route("/whatsapp/1/senders/quality", get(senders::quality))
        .route("/whatsapp/1/senders/{sender}/message/{id}/read", post(senders::read))
        .route("/whatsapp/1/senders/{sender}/media/{id}", media)
        .route(
            "/whatsapp/2/senders/{sender}/templates",
            get(senders::templates).post(senders::new_template),
        )
        .merge(resources::router())
        .layer(map_response(with_request_id))
}

/// Every answer has a number that Infobip's support asks for.
async fn with_request_id(mut response: Response) -> Response {
    if let Ok(value) = HeaderValue::try_from(crate::chance::word()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// The key of a call, if it is still good.
fn admit(world: &World, headers: &HeaderMap) -> Result<String, Refused> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let key = given.and_then(|given| given.strip_prefix("App ")).unwrap_or_default();
    let revoked = world.infobip.revoked.read().unwrap_or_else(PoisonError::into_inner);
    if revoked.contains(key) {
        return Err(unauthorized());
    }
    drop(revoked);
    if key.is_empty() || (world.infobip.of_key(key).is_empty() && !world.options.welcoming) {
        return Err(unauthorized());
    }
    Ok(key.to_owned())
}

/// The number of a call, if it is one of the key's.
fn own(world: &World, key: &str, number: &str) -> Result<Arc<Number>, Refused> {
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    if world.options.welcoming && is_number && world.infobip.number(number).is_none() {
        world.infobip.register(key, number);
    }
    let found = world.infobip.number(number).filter(|found| *found.key == *key);
    found.ok_or_else(|| Refused::new(403, "FORBIDDEN", "Sender is not registered to the account."))
}
