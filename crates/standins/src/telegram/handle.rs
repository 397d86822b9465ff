//! What a test can do with the stand-in of Telegram.

use super::{
    bot::{Bot, Webhook},
    delivery::{self, New},
};
use crate::{Answer, Cannot, Peer, Provider, Seal, Unanswered, chat::Chat, world::World};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::{Arc, atomic::Ordering};
use tokio::sync::Semaphore;

/// The stand-in of Telegram's Bot API.
#[derive(Clone, Debug)]
pub struct Telegram {
    world: Arc<World>,
}

/// Where a bot's updates go, with the secret that Telegram itself never shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WebhookInfo {
    /// Empty if there is no webhook.
    pub url: String,
    /// What the header carries.
    pub secret_token: String,
    /// The most calls at once.
    pub max_connections: i64,
    /// Whether somebody waits for updates with `getUpdates`.
    pub polling: bool,
    /// Updates that wait.
    pub pending: usize,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// The kinds of updates that the bot asked for; empty for the usual ones.
    pub allowed_updates: Vec<String>,
}

impl Telegram {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    fn find(&self, token: &str) -> Result<Arc<Bot>, Cannot> {
        self.world
            .telegram
            .bot(token)
            .ok_or_else(|| Cannot::new("there is no bot with this token"))
    }

    /// Registers a bot; a token that was revoked is good again.
    pub fn bot(&self, token: &str, username: &str) {
        self.world.telegram.register(token, username);
    }

    /// The tokens and names of all bots.
    #[must_use]
    pub fn bots(&self) -> Vec<(String, String)> {
        let bots = self.world.telegram.all();
        bots.iter()
            .map(|bot| (bot.token.to_string(), bot.username.clone()))
            .collect()
    }

    /// Makes a token no good any more.
    pub fn revoke(&self, token: &str) {
        if let Some(bot) = self.world.telegram.bot(token) {
            bot.revoke();
        }
    }

    /// Somebody who writes to a bot; a negative id is a group. The bot knows the chat from now on.
    #[must_use]
    pub fn peer(&self, token: &str, chat: i64) -> Peer {
        let chat = self.chat(token, chat);
        Peer::new(self.world.clone(), Provider::Telegram, chat)
    }

    fn chat(&self, token: &str, id: i64) -> Arc<Chat> {
        self.world.telegram.chats.open(token, &id.to_string())
    }

    /// Tells a bot something of the kind `message`, `callback_query` …, and gives the update's number; none if the bot did
    /// not ask for such updates. A number may be given to repeat one, or to tell them out of order.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such bot.
    pub fn update(&self, token: &str, kind: &str, payload: &Value, number: Option<i64>) -> Result<Option<i64>, Cannot> {
        let bot = self.find(token)?;
        let lane = [&payload["chat"], &payload["message"]["chat"], &payload["from"]]
            .iter()
            .find_map(|place| place["id"].as_i64());
        let update = New {
            kind,
            payload: &payload.to_string(),
            lane: lane.unwrap_or_default(),
            id: number,
        };
        Ok(delivery::tell(&self.world, &bot, &update))
    }

    /// Posts any body to a bot's webhook, once and past the queue, and gives the answer.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], also when there is no webhook.
    pub async fn post(&self, token: &str, body: impl Into<Bytes>, seal: Seal) -> Result<Answer, Unanswered> {
        let bot = self.find(token).map_err(|cannot| Unanswered(cannot.to_string()))?;
        let webhook = bot.state().webhook.clone();
        let webhook = webhook.ok_or_else(|| Unanswered("the bot has no webhook".to_owned()))?;
        let secret = match seal {
            Seal::Genuine | Seal::Stale => webhook.secret.clone(),
            Seal::Forged => format!("{}x", webhook.secret),
            Seal::Missing => String::new(),
        };
        let sealed = plain_webhook(&webhook.url, &secret);
        self.world.call(delivery::call(&sealed, body.into())).await
    }

    /// Where a bot's updates go.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such bot.
    pub fn webhook(&self, token: &str) -> Result<WebhookInfo, Cannot> {
        let bot = self.find(token)?;
        let state = bot.state();
        let webhook = state.webhook.as_ref();
        Ok(WebhookInfo {
            url: webhook.map(|webhook| webhook.url.clone()).unwrap_or_default(),
            secret_token: webhook.map(|webhook| webhook.secret.clone()).unwrap_or_default(),
            max_connections: webhook.map(|webhook| webhook.max_connections).unwrap_or_default(),
            polling: state.poll.waiting > 0,
            pending: state.pending.len(),
            last_error: state.last_error.as_ref().map(|(_, text)| text.clone()),
            allowed_updates: state.allowed.clone().unwrap_or_default(),
        })
    }

    /// Sets a webhook as somebody else would who has the token; an empty address takes it off.
    ///
    /// # Errors
    ///
    /// [`Cannot`], when there is no such bot.
    pub fn set_webhook(&self, token: &str, url: &str, secret: &str) -> Result<(), Cannot> {
        let bot = self.find(token)?;
        let mut state = bot.state();
        state.generation += 1;
        state.webhook = (!url.is_empty()).then(|| Arc::new(plain_webhook(url, secret)));
        drop(state);
        bot.lanes.hurry();
        Ok(())
    }

    /// Whether a button's spinner still turns, and what the bot answered; none for a press that never was.
    #[must_use]
    pub fn callback(&self, token: &str, id: &str) -> Option<(bool, String)> {
        let bot = self.world.telegram.bot(token)?;
        let state = bot.state();
        let callback = state.callbacks.get(id)?;
        Some((!callback.answered, callback.text.clone()))
    }

    /// Makes a group a supergroup: what is sent to the old chat is refused with the new one's id.
    pub fn migrate(&self, token: &str, from: i64, to: i64) {
        self.chat(token, to);
        self.chat(token, from).state().migrated_to = Some(to.to_string());
        if let Some(bot) = self.world.telegram.bot(token) {
            let place = json!({ "id": from, "type": "group", "title": "Group" });
            let payload = json!({ "message_id": 1, "date": 0, "chat": place, "migrate_to_chat_id": to });
            let update = New {
                kind: "message",
                payload: &payload.to_string(),
                lane: from,
                id: None,
            };
            delivery::tell(&self.world, &bot, &update);
        }
    }

    /// Takes webhooks only where the cloud does: public HTTPS addresses on four ports. Otherwise it is like a server of
    /// one's own, and takes every address.
    pub fn strict_urls(&self, on: bool) {
        self.world.telegram.strict_urls.store(on, Ordering::Relaxed);
    }

    /// Lets every chat exist, whether or not somebody wrote there.
    pub fn open_chats(&self, on: bool) {
        self.world.telegram.open_chats.store(on, Ordering::Relaxed);
    }

    /// Fetches the files that are sent by their address, and refuses those that can't be fetched.
    pub fn fetch_files(&self, on: bool) {
        self.world.telegram.fetches.store(on, Ordering::Relaxed);
    }
}

fn plain_webhook(url: &str, secret: &str) -> Webhook {
    Webhook {
        url: url.to_owned(),
        secret: secret.to_owned(),
        max_connections: 40,
        ip_address: String::new(),
        has_certificate: false,
        permits: Semaphore::new(40),
    }
}
