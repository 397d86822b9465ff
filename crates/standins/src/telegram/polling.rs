//! `getUpdates`, for bots without a webhook.

use super::{
    Answered,
    answer::{Failure, Told},
    bot::{Bot, BotState},
};
use crate::{args::Args, clock::compressed, world::World};
use std::time::{Duration, Instant};

const ACTIVE: &str =
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const OTHER: &str = "terminated by other getUpdates request; make sure that only one bot instance is running";
const SET: &str = "terminated by setWebhook request";
/// The longest wait for an update, in seconds.
const LONGEST: i64 = 50;

pub(crate) async fn get_updates(world: &World, bot: &Bot, args: &Args) -> Answered {
    let allowed = args.json("allowed_updates").transpose()?;
    let offset = args.clamped("offset", 0, i64::MIN, i64::MAX);
    let mut limit = usize::try_from(args.clamped("limit", 100, 1, 100)).unwrap_or(1);
    let mut timeout = u64::try_from(args.clamped("timeout", 0, 0, LONGEST)).unwrap_or_default();
    let begun = begin(world, bot, offset, allowed);
    let (number, since_same) = match begun {
        Ok(begun) => begun,
        Err(failure) => return Err(slow(world, bot, failure).await),
    };
    // Whoever asks the same again too soon is slowed down.
    if let Some(since) = since_same {
        if since < compressed(Duration::from_secs(3), world.options.clock) {
            timeout = timeout.max(3);
        }
        if since < compressed(Duration::from_millis(500), world.options.clock) {
            limit = 1;
        }
    }
    // A wait that was forced is shortened like every wait; one that was asked for is not.
    let wait = match args.clamped("timeout", 0, 0, LONGEST) {
        asked if asked < 3 && timeout == 3 => compressed(Duration::from_secs(3), world.options.clock),
        _ => Duration::from_secs(timeout),
    };
    let until = tokio::time::Instant::now() + wait;
    let _waiting = Waiting::new(bot);
    loop {
        let wake = bot.wake.notified();
        tokio::pin!(wake);
        wake.as_mut().enable();
        let ended = {
            let state = bot.state();
            match (state.poll.number == number, state.poll.ended_by_webhook) {
                (true, _) if !state.pending.is_empty() => return Ok(some(&state, limit)),
                (true, _) => None,
                (false, true) => Some(Failure::conflict(SET)),
                (false, false) => Some(Failure::conflict(OTHER)),
            }
        };
        if let Some(failure) = ended {
            return Err(slow(world, bot, failure).await);
        }
        if bot.is_revoked() {
            return Err(Failure::new(401, "Unauthorized"));
        }
        if tokio::time::timeout_at(until, wake).await.is_err() {
            return Ok(Told::raw("[]".to_owned()));
        }
    }
}

/// Counts those who wait, whether they are answered or hang up.
struct Waiting<'a>(&'a Bot);

impl<'a> Waiting<'a> {
    fn new(bot: &'a Bot) -> Self {
        bot.state().poll.waiting += 1;
        Self(bot)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.state().poll.waiting -= 1;
    }
}

/// Begins a call: ends the one before it, forgets what is confirmed. Gives its number, and how long ago the same was
/// asked.
fn begin(
    world: &World,
    bot: &Bot,
    offset: i64,
    allowed: Option<serde_json::Value>,
) -> Result<(u64, Option<Duration>), Failure> {
    let mut state = bot.state();
    if state.webhook.is_some() {
        return Err(Failure::conflict(ACTIVE));
    }
    state.allow(allowed);
    let now = Instant::now();
    let poll = &mut state.poll;
    let is_same = poll.offset == Some(offset);
    let since = poll.begun.filter(|_| is_same).map(|begun| now - begun);
    poll.number += 1;
    poll.ended_by_webhook = false;
    poll.offset = Some(offset);
    poll.begun = Some(now);
    let number = poll.number;
    confirm(&mut state, offset);
    let expired = compressed(super::bot::KEPT, world.options.clock);
    state.pending.retain(|_, update| update.at.elapsed() < expired);
    drop(state);
    bot.wake.notify_waiters();
    Ok((number, since))
}

/// Forgets the updates before the offset; a negative one counts from the end.
fn confirm(state: &mut BotState, offset: i64) {
    let first = if offset < 0 {
        let from_end = usize::try_from(offset.unsigned_abs()).unwrap_or(usize::MAX);
        let skipped = state.pending.len().saturating_sub(from_end);
        state.pending.keys().nth(skipped).copied()
    } else {
        Some(offset)
    };
    match first {
        Some(first) => state.pending = state.pending.split_off(&first),
        None => state.pending.clear(),
    }
}

fn some(state: &BotState, limit: usize) -> Told {
    let mut list = String::from("[");
    for update in state.pending.values().take(limit) {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&String::from_utf8_lossy(&update.json));
    }
    list.push(']');
    Told::raw(list)
}

/// A conflict soon after another is answered three seconds later.
async fn slow(world: &World, bot: &Bot, failure: Failure) -> Failure {
    let pause = compressed(Duration::from_secs(3), world.options.clock);
    let is_first = {
        let mut state = bot.state();
        let now = Instant::now();
        let is_first = state.next_conflict.is_none_or(|next| now >= next);
        if is_first {
            state.next_conflict = Some(now + pause);
        }
        is_first
    };
    if !is_first {
        tokio::time::sleep(pause).await;
    }
    failure
}
