//! Meta's Graph API: apps, pages, Instagram accounts and `WhatsApp` numbers.

mod answer;
mod assets;
mod call;
mod deliver;
mod handle;
mod media;
mod nodes;
mod oauth;
mod page;
mod subscribed;
mod subscriptions;
mod tokens;
mod whatsapp;

pub(crate) use answer::{rate_limit, refusal};
pub use assets::Object;
pub(crate) use deliver::{act, press};
pub use handle::Graph;

use crate::{
    Options, Provider, args::Args, chance, chat::Chats, clock::now_ms, control::Account as Listed, lanes::Lanes,
    push::PushLanes, world::World,
};
use answer::{Failure, respond};
use assets::Assets;
use axum::{Router, body::Bytes, extract::State as Shared, response::Response, routing::get};
use call::Call;
use http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};
use tokens::{Speaks, Tokens};
use tokio_util::sync::CancellationToken;

/// What the stand-in of Meta knows.
#[derive(Debug)]
pub(crate) struct State {
    assets: Mutex<Assets>,
    tokens: Mutex<Tokens>,
    pub chats: Chats,
    pub lanes: Arc<PushLanes>,
    next_id: AtomicU64,
    switches: Switches,
}

/// What can be switched on.
#[derive(Debug, Default)]
struct Switches {
    /// Deliveries, readings and the ladder of statuses are told.
    receipts: AtomicBool,
    /// Messages of a page come back to it.
    echoes: AtomicBool,
    /// Callbacks only with HTTPS.
    strict_urls: AtomicBool,
    /// A sticker comes as a picture, too, as it did while the change was under way.
    double_stickers: AtomicBool,
    fetches: AtomicBool,
}

impl State {
    pub fn new(options: &Options, stop: &CancellationToken) -> Self {
        Self {
            assets: Mutex::default(),
            tokens: Mutex::default(),
            chats: Chats::new(options.kept_per_chat, 1),
            lanes: Lanes::new(stop.clone()),
            // Never what it was before a new start.
            next_id: AtomicU64::new(u64::try_from(now_ms()).unwrap_or_default() * 1_000),
            switches: Switches::default(),
        }
    }

    fn assets(&self) -> MutexGuard<'_, Assets> {
        self.assets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new number that nothing else has.
    fn id(&self) -> u64 {
        self.next_id.fetch_add(1, Ordering::Relaxed)
    }

    /// The id of a message on a page.
    fn mid(&self) -> String {
        format!("m_{}{}", self.id(), chance::word())
    }

    /// The id of a message on `WhatsApp`.
    fn wamid(&self) -> String {
        format!("wamid.HBg{}{}", self.id(), chance::word())
    }

    /// The pages, accounts and numbers, for the list of all.
    pub fn accounts(&self) -> Vec<Listed> {
        let assets = self.assets();
        let tokens = self.tokens();
        let listed = assets.listed().into_iter();
        listed
            .map(|(id, name, object)| {
                let told = assets.callback(&id, object);
                let app = told.as_ref().map(|(app, _)| app).or_else(|| assets.apps.keys().next());
                let app = app.cloned().unwrap_or_default();
                let secret = assets.apps.get(&app).map(|app| app.secret.clone());
                let speaks = if object == Object::WhatsApp {
                    Speaks::System
                } else {
                    Speaks::User
                };
                let token = tokens.of_app(&app, &speaks);
                Listed {
                    provider: Provider::Graph,
                    kind: object.kind(),
                    connect: vec![
                        ("App ID", app),
                        ("App Secret", secret.unwrap_or_default()),
                        ("Token", token.unwrap_or_default()),
                    ],
                    // A person has another id with each kind of account.
                    peer: match object {
                        Object::Page => "6000000000000001",
                        Object::Instagram => "7000000000000001",
                        Object::WhatsApp => "380671112233",
                    },
                    webhook: told.map(|(_, url)| url).unwrap_or_default(),
                    id,
                    name,
                }
            })
            .collect()
    }
}

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/cdn/{id}/{name}", get(media::cdn))
        .route("/lookaside/{id}", get(media::lookaside))
        .fallback(serve)
}

async fn serve(
    Shared(world): Shared<Arc<World>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy().into_owned();
    let mut pieces: Vec<String> = path
        .split('/')
        .filter(|piece| !piece.is_empty())
        .map(str::to_owned)
        .collect();
    if pieces.first().is_some_and(|first| is_version(first)) {
        pieces.remove(0);
    }
    let args = match Args::read(&uri, &headers, body).await {
        Ok(args) => args,
        Err(unreadable) => return respond(Err(Failure::invalid(&unreadable.0))),
    };
    let call = Call::new(method, pieces, args, &headers);
    // The dialogue is a page for people, so it answers as one.
    if call.is("GET", &["dialog", "oauth"]) {
        return oauth::dialog(&world, &call);
    }
    respond(dispatch(&world, &call).await)
}

async fn dispatch(world: &Arc<World>, call: &Call) -> Result<Value, Failure> {
    let pieces: Vec<&str> = call.pieces.iter().map(String::as_str).collect();
    match (call.method.as_str(), pieces.as_slice()) {
        ("GET" | "POST", ["oauth", "access_token"]) => oauth::access_token(world, call),
        ("GET", ["debug_token"]) => oauth::debug_token(world, call),
        ("GET", ["me", "accounts"]) => nodes::pages(world, call),
        (_, [app, "subscriptions"]) => subscriptions::serve(world, call, app).await,
        (_, [id, "subscribed_apps"]) => subscribed::serve(world, call, id).await,
        ("POST", [id, "messages"]) => messages(world, call, id).await,
        ("POST", [id, "media"]) => media::upload(world, call, id),
        ("POST", [id, "register"]) => nodes::register(world, call, id),
        ("POST", [id, "replies"]) => page::reply_to_comment(world, call, id),
        ("GET", [id, "phone_numbers"]) => nodes::numbers(world, call, id),
        ("GET", [id, "message_templates"]) => nodes::templates(world, call, id),
        ("GET", [id]) => nodes::node(world, call, id),
        ("DELETE", [id]) => media::delete(world, call, id),
        _ => Err(Failure::unknown_path(&call.pieces)),
    }
}

/// Messages of pages and of numbers have the same path, and nothing else in common.
async fn messages(world: &Arc<World>, call: &Call, id: &str) -> Result<Value, Failure> {
    let is_number = world.graph.assets().numbers.contains_key(id);
    if is_number {
        whatsapp::send(world, call, id).await
    } else {
        page::send(world, call, id).await
    }
}

fn is_version(piece: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|digit| digit.is_ascii_digit());
    let parts = piece.strip_prefix('v').and_then(|rest| rest.split_once('.'));
    parts.is_some_and(|(major, minor)| number(major) && number(minor))
}

fn is_on(switch: &AtomicBool) -> bool {
    switch.load(Ordering::Relaxed)
}
