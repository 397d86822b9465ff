//! What can be done with a run.

use super::{
    TryError, call, input,
    run::Run,
    shelf::{Owner, Place},
};
use crate::{Context, access::Actor};
use flow::Event;
use model::{
    Letter, Section,
    trying::{TryInput, TryReport, TryRun, TrySaid},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::OwnedMutexGuard,
    time::{Instant, timeout, timeout_at},
};

/// So long an action waits for its turn.
const TURN: Duration = Duration::from_secs(10);
/// So long an action waits for the end of a call over HTTP, so that most answers come with it.
const CALL: Duration = Duration::from_secs(1);

/// Says something to a run.
///
/// # Errors
///
/// [`TryError::Ended`] after the end; [`TryError::Invalid`] when there is no such button, or a file or contact is wrong.
pub async fn send(
    cx: &Context,
    actor: &Actor,
    run: &TryRun,
    input: TryInput,
    since: u64,
) -> Result<TryReport, TryError> {
    let (place, mut guard) = open(cx, actor, run).await?;
    // Before it is looked at: the wait may be over, and a button is one of those that can be seen.
    let (message, said) = input::hear(input, &guard.journal)?;
    if guard.is_over() {
        return Err(TryError::Ended);
    }
    guard = advance(cx, &place, guard, Turn::Soon, |run, cx| {
        run.go_on(cx, None);
        if !run.is_over() {
            let now = run.now(cx);
            run.journal.said(now, said);
            run.go_on(cx, Some(Event::Message(message)));
        }
    })
    .await?;
    Ok(report(cx, &place, guard, since).await)
}

/// Puts the run's clock forward to the end of what is waited for.
///
/// # Errors
///
/// [`TryError::NoSuchRun`].
pub async fn skip_wait(cx: &Context, actor: &Actor, run: &TryRun, since: u64) -> Result<TryReport, TryError> {
    act(cx, actor, run, since, Run::skip).await
}

/// Lets happen what is due by now.
///
/// # Errors
///
/// [`TryError::NoSuchRun`].
pub async fn tick(cx: &Context, actor: &Actor, run: &TryRun, since: u64) -> Result<TryReport, TryError> {
    act(cx, actor, run, since, |run, cx| run.go_on(cx, None)).await
}

/// Leaves the conversation, as a peer does who has gone.
///
/// # Errors
///
/// [`TryError::NoSuchRun`].
pub async fn leave(cx: &Context, actor: &Actor, run: &TryRun, since: u64) -> Result<TryReport, TryError> {
    let leave = |run: &mut Run, cx: &Context| {
        run.go_on(cx, None);
        if !run.is_over() {
            let now = run.now(cx);
            run.journal.said(now, TrySaid::Left);
            run.go_on(cx, Some(Event::PeerLeft));
        }
    };
    act(cx, actor, run, since, leave).await
}

/// Forgets a run; one that is not there any more is no error.
///
/// # Errors
///
/// When the actor may not see flow schemas.
pub fn stop(cx: &Context, actor: &Actor, run: &TryRun) -> Result<(), TryError> {
    actor.may(Section::Flows, Letter::Read)?;
    cx.tries.forget(run, owner(actor));
    Ok(())
}

/// Whose runs an actor's are.
pub(super) fn owner(actor: &Actor) -> Owner {
    actor.user().map(|user| user.id)
}

async fn act(
    cx: &Context,
    actor: &Actor,
    run: &TryRun,
    since: u64,
    what: impl FnOnce(&mut Run, &Context) + Send + 'static,
) -> Result<TryReport, TryError> {
    let (place, guard) = open(cx, actor, run).await?;
    let guard = advance(cx, &place, guard, Turn::Soon, what).await?;
    Ok(report(cx, &place, guard, since).await)
}

/// Finds a run of the actor and waits until nobody else does something with it.
async fn open(cx: &Context, actor: &Actor, run: &TryRun) -> Result<(Place, OwnedMutexGuard<Run>), TryError> {
    actor.may(Section::Flows, Letter::Read)?;
    let place = cx.tries.find(run, owner(actor), cx.now())?;
    let lock = Arc::clone(&place.run).lock_owned();
    let mut guard = timeout(TURN, lock).await.map_err(|_| TryError::Busy)?;
    // Who may no longer change flow schemas makes no more calls.
    guard.http &= actor.may(Section::Flows, Letter::Update).is_ok();
    Ok((place, guard))
}

/// How long a step waits for its turn.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    /// Somebody waits for it.
    Soon,
    /// Nobody does.
    Whenever,
}

/// Takes a turn on a thread where it may take as long as it likes.
pub(super) async fn in_turn<T: Send + 'static>(
    cx: &Context,
    lane: &Arc<tokio::sync::Semaphore>,
    turn: Turn,
    what: impl FnOnce() -> T + Send + 'static,
) -> Result<T, TryError> {
    let permits = async {
        let own = Arc::clone(lane).acquire_owned().await;
        (own, cx.tries.stepping().acquire_owned().await)
    };
    let permits = match turn {
        Turn::Soon => timeout(TURN, permits).await.map_err(|_| TryError::Busy)?,
        Turn::Whenever => permits.await,
    };
    let work = move || {
        let done = what();
        drop(permits);
        done
    };
    tokio::task::spawn_blocking(work).await.map_err(|_| TryError::Broken)
}

/// Takes a run on; then makes the call that it wants made.
pub(super) async fn advance(
    cx: &Context,
    place: &Place,
    mut guard: OwnedMutexGuard<Run>,
    turn: Turn,
    what: impl FnOnce(&mut Run, &Context) + Send + 'static,
) -> Result<OwnedMutexGuard<Run>, TryError> {
    let (id, inside) = (guard.id.clone(), cx.clone());
    let step = move || {
        what(&mut guard, &inside);
        guard
    };
    match in_turn(cx, &place.lane, turn, step).await {
        Ok(mut guard) => {
            call::begin(cx, place, &mut guard);
            cx.tries.weigh(&id, guard.bytes());
            Ok(guard)
        }
        Err(error) => {
            if matches!(error, TryError::Broken) {
                cx.tries.forget_broken(&id);
            }
            Err(error)
        }
    }
}

/// Tells how a run stands; a call under way is waited for a little.
pub(super) async fn report(cx: &Context, place: &Place, mut guard: OwnedMutexGuard<Run>, since: u64) -> TryReport {
    let until = Instant::now() + CALL;
    while guard.waits_for_call() {
        let called = Arc::clone(&guard.called);
        let done = called.notified();
        tokio::pin!(done);
        // Listening begins before the run is let go, so that nothing is missed.
        done.as_mut().enable();
        drop(guard);
        let in_time = timeout_at(until, done).await.is_ok();
        guard = Arc::clone(&place.run).lock_owned().await;
        if !in_time {
            break;
        }
    }
    guard.report(cx, since)
}
