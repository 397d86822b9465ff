//! Telegram's Bot API: bots under their tokens, and the files that went through them.

mod answer;
mod bot;
mod change;
mod chats;
mod content;
mod delivery;
mod download;
mod entities;
mod handle;
mod markup;
mod me;
mod methods;
mod peer;
mod polling;
mod send;
mod webhook;

pub use handle::{Telegram, WebhookInfo};
pub(crate) use peer::act;

use crate::{Options, Provider, args::Args, chance, chat::Chats, clock::now_secs, control::Account, world::World};
use answer::{Failure, Told, respond};
use axum::{Router, extract::State as Shared, response::Response};
use bot::Bot;
use bytes::Bytes;
use http::{HeaderMap, Uri};
use percent_encoding::percent_decode_str;
use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What the stand-in of Telegram knows.
#[derive(Debug)]
pub(crate) struct State {
    bots: RwLock<HashMap<Arc<str>, Arc<Bot>>>,
    pub chats: Chats,
    /// Webhooks only where the cloud allows them.
    strict_urls: AtomicBool,
    /// Every chat exists, whether or not its peer ever wrote.
    open_chats: AtomicBool,
    /// Files that are given by their address are fetched.
    fetches: AtomicBool,
    stop: CancellationToken,
}

impl State {
    pub fn new(options: &Options, stop: &CancellationToken) -> Self {
        Self {
            bots: RwLock::default(),
            // Grows faster than chats do, so that no id comes back after a new start.
            chats: Chats::new(options.kept_per_chat, now_secs() - 1_700_000_000),
            strict_urls: AtomicBool::new(false),
            open_chats: AtomicBool::new(false),
            fetches: AtomicBool::new(false),
            stop: stop.clone(),
        }
    }

    fn bot(&self, token: &str) -> Option<Arc<Bot>> {
        let bots = self.bots.read().unwrap_or_else(PoisonError::into_inner);
        bots.get(token).cloned()
    }

    /// Registers a bot, or gives the one that has this token already.
    fn register(&self, token: &str, username: &str) -> Arc<Bot> {
        let mut bots = self.bots.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(bot) = bots.get(token) {
            bot.restore();
            return bot.clone();
        }
        let token: Arc<str> = token.into();
        let first = i64::try_from(chance::below(1 << 29)).unwrap_or_default() + 100_000_000;
        let bot = Arc::new(Bot::new(token.clone(), username, first, &self.stop));
        bots.insert(token, bot.clone());
        bot
    }

    /// Its bots, for the list of all accounts.
    pub fn accounts(&self) -> Vec<Account> {
        let bots = self.all().into_iter().filter(|bot| !bot.is_revoked());
        bots.map(|bot| Account {
            provider: Provider::Telegram,
            id: bot.token.to_string(),
            name: format!("@{}", bot.username),
            kind: "",
            connect: vec![("Telegram BOT API token", bot.token.to_string())],
            peer: "5550001",
            webhook: bot.listens(),
        })
        .collect()
    }

    /// Counts the updates that are under way.
    pub fn under_way(&self) -> Vec<watch::Receiver<usize>> {
        self.all().iter().map(|bot| bot.lanes.under_way()).collect()
    }

    fn all(&self) -> Vec<Arc<Bot>> {
        let bots = self.bots.read().unwrap_or_else(PoisonError::into_inner);
        bots.values().cloned().collect()
    }
}

pub(crate) fn router() -> Router<Arc<World>> {
    Router::new().fallback(serve)
}

/// An error of the Bot API.
pub(crate) fn refusal(status: u16, message: Option<String>) -> Response {
    let description = message.unwrap_or_else(|| {
        let status = http::StatusCode::from_u16(status).ok();
        let reason = status.and_then(|status| status.canonical_reason());
        reason.unwrap_or("Internal Server Error").to_owned()
    });
    respond(Err(Failure::new(status, description)))
}

/// Too many requests: said in the header and in the body.
pub(crate) fn rate_limit(retry_after: u32) -> Response {
    respond(Err(Failure::retry_after(retry_after)))
}

async fn serve(Shared(world): Shared<Arc<World>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let path = percent_decode_str(uri.path()).decode_utf8_lossy();
    if let Some(rest) = path.strip_prefix("/file/bot") {
        return download::serve(&world, rest);
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return respond(Err(Failure::not_found()));
    };
    // Bots of the test data centre.
    let method = method.strip_prefix("test/").unwrap_or(method);
    let answer = match admit(&world, token) {
        Ok(bot) => match Args::read(&uri, &headers, body).await {
            Ok(args) => methods::call(world, bot, method.to_ascii_lowercase(), args).await,
            Err(unreadable) => Err(unreadable.into()),
        },
        Err(failure) => Err(failure),
    };
    respond(answer)
}

/// The bot of a token that is still good.
fn admit(world: &World, token: &str) -> Result<Arc<Bot>, Failure> {
    if bot_id(token).is_none() {
        return Err(Failure::new(401, "Unauthorized: invalid token specified"));
    }
    let known = world.telegram.bot(token);
    let bot = match known {
        None if world.options.welcoming => Some(world.telegram.register(token, "standin_bot")),
        known => known,
    };
    bot.filter(|bot| !bot.is_revoked())
        .ok_or_else(|| Failure::new(401, "Unauthorized"))
}

/// The bot's id in a token of the right shape.
fn bot_id(token: &str) -> Option<i64> {
    let (id, secret) = token.split_once(':')?;
    let is_shaped = token.len() <= 80 && !token.starts_with('0') && !secret.is_empty();
    let id = id.parse().ok().filter(|id| (1..1_i64 << 54).contains(id))?;
    is_shaped.then_some(id)
}

fn is_on(switch: &AtomicBool) -> bool {
    switch.load(Ordering::Relaxed)
}

/// What a method answers.
type Answered = Result<Told, Failure>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_a_number_a_colon_and_a_secret() {
        assert_eq!(
            bot_id("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
            Some(110_201_543)
        );
        for wrong in [
            "",
            "110201543",
            "0110:AA",
            "x:AA",
            "-1:AA",
            "110:",
            "18014398509481984:AA",
            &format!("1:{}", "a".repeat(80)),
        ] {
            assert_eq!(bot_id(wrong), None, "{wrong}");
        }
    }
}
