//! Asks Telegram for events.

use super::{api, update};
use crate::{
    Account, Polled, Wire,
    lenient::{Id, lenient},
};
use model::{Timestamp, message::ProviderError};
use serde::Deserialize;
use serde_json::{json, value::RawValue};
use std::time::Duration;

/// The events that we give a meaning to.
pub(super) const UPDATES: [&str; 5] = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_reaction",
];
/// So long Telegram waits for an event, in seconds; it waits no longer.
const WAIT: u32 = 50;
/// So long we wait for Telegram.
const TIMEOUT: Duration = Duration::from_secs(65);
/// So many events come at once at most.
const BATCH: u32 = 100;
/// The largest answer: a hundred of the longest messages, with everything that they answer and are marked up with.
const LARGEST: usize = 32 << 20;

#[derive(Deserialize)]
struct Numbered {
    #[serde(default, deserialize_with = "lenient")]
    update_id: Option<Id>,
}

/// See [`crate::Provider::poll`]. Telegram forgets the events before `after` when it is asked for those that follow.
pub(super) async fn poll(
    wire: &Wire,
    account: &Account,
    after: Option<&str>,
    now: Timestamp,
) -> Result<Polled, ProviderError> {
    let mut body = json!({ "timeout": WAIT, "limit": BATCH, "allowed_updates": UPDATES });
    // A negative number would mean the end of the queue, and everything before it would be forgotten.
    if let Some(offset) = after
        .and_then(|after| after.parse::<i64>().ok())
        .filter(|offset| *offset >= 0)
    {
        body["offset"] = offset.into();
    }
    let mut call = api::prepare(account, "getUpdates", &body);
    call.timeout = TIMEOUT;
    call.max_bytes = LARGEST;
    let updates: Vec<Box<RawValue>> = api::exchange(wire, call).await?;
    let last = updates.iter().filter_map(|raw| number(raw)).max();
    Ok(Polled {
        events: updates
            .iter()
            .filter_map(|raw| update::event(account, raw, now))
            .collect(),
        next: last
            .map(|last| last.saturating_add(1).to_string())
            .or_else(|| after.map(str::to_owned)),
    })
}

fn number(raw: &RawValue) -> Option<i64> {
    let numbered: Numbered = serde_json::from_str(raw.get()).ok()?;
    numbered.update_id?.0.parse().ok()
}
