//! Telegram Bot: the Bot API at Telegram or on a server of one's own.
//!
//! Telegram knows us by the token in the path of each call, and we know Telegram by a secret in a header. Events come by
//! webhook where Telegram can reach us, else we ask for them. A message is sent once: Telegram has no keys by which it
//! would know a repetition.

mod api;
mod connect;
mod errors;
mod fetch;
mod mode;
mod parts;
mod plan;
mod poll;
mod request;
mod update;
mod upload;
mod wire_types;

#[cfg(test)]
mod tests;

use crate::{
    Account, ConnectError, Connected, Heard, Incoming, Limits, Mode, Pace, Plan, Polled, Probe, Provider, Refusal,
    Reply, Sent, Unreadable, Wire, signature,
};
use async_trait::async_trait;
use bytes::Bytes;
use http::Method;
use model::{
    Timestamp,
    message::{ChatAction, Envelope, EventKey, FileRef, InboundEvent, Outbound, ProviderError, Thread},
};
use serde_json::json;

/// The key in [`model::message::Peer::extra`] under which a pressed button waits for [`Provider::taken`].
const CALLBACK: &str = "callback_query_id";
/// The header in which Telegram brings the secret that `setWebhook` gave it.
const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Telegram Bot.
#[derive(Clone, Copy, Debug)]
pub struct TelegramBot;

#[async_trait]
impl Provider for TelegramBot {
    fn kind(&self) -> model::Provider {
        model::Provider::TelegramBot
    }

    /// Telegram allows about 30 messages a second in all, one a second in a chat, and 20 a minute in a group: a group's
    /// bucket is a little slower, so that no minute that begins with a full bucket has more than 20.
    fn limits(&self) -> Limits {
        let pace = |per_second, burst| Pace { per_second, burst };
        Limits {
            gateway: pace(25.0, 25.0),
            thread: pace(1.0, 3.0),
            group: pace(17.0 / 60.0, 3.0),
        }
    }

    /// A bot hears nothing of a message once it is taken.
    fn tells_receipts(&self) -> bool {
        false
    }

    fn mode(&self, account: &Account) -> Mode {
        mode::mode(account)
    }

    fn takes_bytes(&self, account: &Account) -> bool {
        mode::mode(account) == Mode::Polling
    }

    fn verify(&self, account: &Account, incoming: &Incoming<'_>, _: Timestamp) -> Result<(), Refusal> {
        if incoming.method != Method::POST {
            return Err(Refusal::Method);
        }
        let given = incoming.header(SECRET_HEADER).ok_or(Refusal::Unsigned)?;
        let secret = account.door_secret.expose();
        if secret.is_empty() || !signature::same(given, secret) {
            return Err(Refusal::Forged);
        }
        Ok(())
    }

    fn parse(&self, account: &Account, incoming: &Incoming<'_>, now: Timestamp) -> Result<Heard, Unreadable> {
        let events = update::read(account, incoming.body, now)?.into_iter().collect();
        // An answer with a body would be taken for a call of the bot's.
        Ok(Heard {
            events,
            reply: Reply::Empty,
        })
    }

    fn plan(&self, account: &Account, thread: &Thread, message: &Outbound) -> Plan {
        plan::plan(account, thread, message)
    }

    async fn send(&self, wire: &Wire, account: &Account, envelope: &Envelope) -> Result<Sent, ProviderError> {
        request::send(wire, account, envelope).await
    }

    async fn act(
        &self,
        wire: &Wire,
        account: &Account,
        thread: &Thread,
        _heard: Option<&EventKey>,
        action: ChatAction,
    ) -> Result<(), ProviderError> {
        match action {
            ChatAction::Typing => {
                let body = json!({ "chat_id": request::chat(&thread.external_id), "action": "typing" });
                api::call::<bool>(wire, account, "sendChatAction", &body).await?;
                Ok(())
            }
            // It ends by itself, after five seconds or with the next message.
            ChatAction::Cancel => Ok(()),
        }
    }

    async fn taken(&self, wire: &Wire, account: &Account, event: &InboundEvent) {
        if let Some(id) = event.peer.extra.get(CALLBACK) {
            let body = json!({ "callback_query_id": id });
            if let Err(trouble) = api::call::<bool>(wire, account, "answerCallbackQuery", &body).await {
                tracing::debug!(gateway.id = account.gateway.0, error = %trouble.error, "A button's spinner was not ended");
            }
        }
    }

    async fn connect(&self, wire: &Wire, account: &Account, take_over: bool) -> Result<Connected, ConnectError> {
        connect::connect(wire, account, take_over).await
    }

    async fn disconnect(&self, wire: &Wire, account: &Account) -> Result<(), ProviderError> {
        connect::disconnect(wire, account).await
    }

    async fn probe(&self, wire: &Wire, account: &Account) -> Result<Probe, ProviderError> {
        connect::probe(wire, account).await
    }

    async fn poll(
        &self,
        wire: &Wire,
        account: &Account,
        after: Option<&str>,
        now: Timestamp,
    ) -> Result<Polled, ProviderError> {
        poll::poll(wire, account, after, now).await
    }

    async fn fetch(
        &self,
        wire: &Wire,
        account: &Account,
        file: &FileRef,
        max_bytes: usize,
    ) -> Result<Bytes, ProviderError> {
        fetch::fetch(wire, account, file, max_bytes).await
    }
}
