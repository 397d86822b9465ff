//! Brings updates to webhooks.

use super::{
    bot::{Bot, Job, KEPT, Update, Webhook},
    methods,
};
use crate::{
    Answer, Provider, Unanswered,
    args::Args,
    chance,
    clock::{compressed, now_secs},
    lanes::Verdict,
    outgoing::Outgoing,
    world::World,
};
use bytes::Bytes;
use http::header;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// A webhook that is gone for so long is closed.
const GONE_FOR: Duration = Duration::from_hours(23);

/// Gives an update to its bot: to the webhook, or for `getUpdates`. What the bot does not want is dropped.
pub(crate) fn tell(world: &Arc<World>, bot: &Arc<Bot>, told: &New<'_>) -> Option<i64> {
    let mut state = bot.state();
    if !state.wants(told.kind) {
        return None;
    }
    let id = told.id.unwrap_or(state.next_update);
    state.next_update = state.next_update.max(id + 1);
    let json = format!("{{\"update_id\":{id},\"{}\":{}}}", told.kind, told.payload);
    let update = Arc::new(Update {
        json: Bytes::from(json),
        lane: told.lane,
        at: Instant::now(),
    });
    state.pending.insert(id, update);
    let generation = state.generation;
    let has_webhook = state.webhook.is_some();
    drop(state);
    if has_webhook {
        let job = Job { update: id, generation };
        push(world, bot, told.lane, job);
    } else {
        bot.wake.notify_waiters();
    }
    Some(id)
}

/// An update that is not known yet.
pub(crate) struct New<'a> {
    /// `message`, `callback_query` …
    pub kind: &'a str,
    /// JSON.
    pub payload: &'a str,
    /// The chat or user, whose updates are delivered in order.
    pub lane: i64,
    /// Its number, if it shall not be the next one.
    pub id: Option<i64>,
}

pub(crate) fn push(world: &Arc<World>, bot: &Arc<Bot>, lane: i64, job: Job) {
    let (world, of) = (world.clone(), bot.clone());
    bot.lanes.push(lane, job, move |job, failures| {
        let (world, bot) = (world.clone(), of.clone());
        async move { attempt(&world, &bot, job, failures).await }
    });
}

async fn attempt(world: &Arc<World>, bot: &Arc<Bot>, job: Job, failures: u32) -> Verdict {
    let Some((webhook, update)) = due(bot, job) else {
        return Verdict::Done;
    };
    let Ok(_permit) = webhook.permits.acquire().await else {
        return Verdict::Done;
    };
    // It may have been taken off while this waited.
    if due(bot, job).is_none() {
        return Verdict::Done;
    }
    let answer = world.call(call(&webhook, update.json.clone())).await;
    match &answer {
        Ok(answer) if answer.is_success() => {
            taken(bot, job);
            obey(world, bot, answer).await;
            Verdict::Done
        }
        failed => {
            let wait = retry_after(
                failures,
                failed.as_ref().ok().and_then(Answer::retry_after),
                chance::below(61),
            );
            note(world, bot, job, failed);
            let age = update.at.elapsed().mul_f64(world.options.clock);
            if age + wait > KEPT {
                bot.state().pending.remove(&job.update);
                return Verdict::Done;
            }
            Verdict::Again(compressed(wait, world.options.clock))
        }
    }
}

/// The update and its webhook, if it still is to be delivered there.
fn due(bot: &Bot, job: Job) -> Option<(Arc<Webhook>, Arc<Update>)> {
    let state = bot.state();
    let webhook = state.webhook.clone().filter(|_| state.generation == job.generation)?;
    Some((webhook, state.pending.get(&job.update)?.clone()))
}

pub(crate) fn call(webhook: &Webhook, json: Bytes) -> Outgoing {
    let call = Outgoing::post(Provider::Telegram, &webhook.url, json).header("accept-encoding", "gzip, deflate");
    if webhook.secret.is_empty() {
        call
    } else {
        call.header("x-telegram-bot-api-secret-token", &webhook.secret)
    }
}

fn taken(bot: &Bot, job: Job) {
    let mut state = bot.state();
    state.pending.remove(&job.update);
    state.gone_since = None;
}

/// Keeps what `getWebhookInfo` tells, and closes a webhook that is gone for good.
fn note(world: &World, bot: &Bot, job: Job, failed: &Result<Answer, Unanswered>) {
    let mut state = bot.state();
    if state.generation != job.generation {
        return;
    }
    let message = match failed {
        Ok(answer) => format!("Wrong response from the webhook: {} {}", answer.status, answer.reason()),
        Err(unanswered) => unanswered.to_string(),
    };
    state.last_error = Some((now_secs(), message));
    if failed.as_ref().is_ok_and(|answer| answer.status == 410) {
        let since = *state.gone_since.get_or_insert_with(Instant::now);
        if since.elapsed() > compressed(GONE_FOR, world.options.clock) {
            state.webhook = None;
            state.generation += 1;
        }
    } else {
        state.gone_since = None;
    }
}

/// Until the next attempt: at once, then 2, 4, 8, 16 and 32 seconds, then one to two minutes; the webhook's own wish wins.
fn retry_after(failures: u32, wished: Option<u64>, chance: u64) -> Duration {
    let seconds = match (wished.unwrap_or_default().min(3_600), failures) {
        (0, 0) => 0,
        (0, 1..=5) => 1 << failures,
        (0, _) => 60 + chance,
        (wished, _) => wished,
    };
    Duration::from_secs(seconds)
}

/// A webhook may answer with a call of a method, except of those that ask something or move the webhook.
async fn obey(world: &Arc<World>, bot: &Arc<Bot>, answer: &Answer) {
    let mime = answer
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let (Some(mime), false) = (mime, answer.body.is_empty()) else {
        return;
    };
    if !mime.starts_with("application/json") && !mime.starts_with("application/x-www-form-urlencoded") {
        return;
    }
    let Ok(args) = Args::of_body(mime, answer.body.clone()).await else {
        return;
    };
    let method = args.text("method").to_ascii_lowercase();
    let is_refused = matches!(
        method.as_str(),
        "" | "setwebhook" | "deletewebhook" | "close" | "logout"
    );
    if !is_refused && !method.starts_with("get") {
        // Nobody is told what came of it.
        drop(methods::call(world.clone(), bot.clone(), method, args).await);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_is_telegrams() {
        let waits: Vec<u64> = (0..8)
            .map(|failures| retry_after(failures, None, 7).as_secs())
            .collect();
        assert_eq!(waits, [0, 2, 4, 8, 16, 32, 67, 67]);
    }

    #[test]
    fn what_the_webhook_asks_for_wins_up_to_an_hour() {
        assert_eq!(retry_after(0, Some(9), 0).as_secs(), 9);
        assert_eq!(retry_after(6, Some(90_000), 0).as_secs(), 3_600);
        assert_eq!(retry_after(2, Some(0), 0).as_secs(), 4);
    }
}
