//! What goes on beside the requests.

use crate::meters;
use engine::{Changes, Context};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval, sleep};

/// How often sessions that have ended are forgotten.
const CLEAN: Duration = Duration::from_hours(1);
/// How often runs of flow schemas that nobody uses are forgotten.
const SWEEP: Duration = Duration::from_mins(1);
/// How often what was measured is added up.
const SUM_UP: Duration = Duration::from_secs(5);
/// How long to wait for a database that could not be read.
const AGAIN: Duration = Duration::from_secs(5);

/// Starts the tasks; they end with the process.
pub fn start(cx: &Context) {
    tokio::spawn(follow(cx.clone()));
    tokio::spawn(clean(cx.clone()));
    tokio::spawn(sweep(cx.clone()));
    tokio::spawn(sum_up());
}

/// Tells open pages about changes.
async fn follow(cx: Context) {
    while let Err(error) = Changes::follow(cx.clone()).await {
        tracing::warn!(error = %error, "the changes cannot be followed; trying again");
        sleep(AGAIN).await;
    }
}

/// Forgets what has expired.
async fn clean(cx: Context) {
    let mut hours = interval(CLEAN);
    hours.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        hours.tick().await;
        if let Err(error) = engine::sessions::remove_expired(&cx).await {
            tracing::warn!(error = %error, "expired sessions could not be removed");
        }
    }
}

/// Forgets the runs of flow schemas that nobody uses.
async fn sweep(cx: Context) {
    let mut minutes = interval(SWEEP);
    minutes.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        minutes.tick().await;
        engine::tries::sweep(&cx);
    }
}

/// Adds up what was measured, so that it takes no more memory while nobody asks for it.
async fn sum_up() {
    let mut pauses = interval(SUM_UP);
    pauses.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        pauses.tick().await;
        meters::recorder().run_upkeep();
    }
}
