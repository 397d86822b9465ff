//! Tells open pages what others have changed: server-sent events.
//!
//! An event names an object and carries no content, so a page asks for what it may see. The stream ends with the session,
//! and with the server; it doesn't count as a use of the session.

use super::{AppState, answer, asked::Asked};
use app::error::AppError;
use axum::{
    extract::{Request, State},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use engine::{
    Listener,
    access::{Actor, SignedIn},
};
use futures::{FutureExt, future::BoxFuture, stream};
use model::{Change, Grants, Letter};
use std::{convert::Infallible, time::Duration};
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Interval, MissedTickBehavior, interval},
};

/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(3);
/// How often a sign of life is sent, so that nothing between takes the connection for dead.
const ALIVE: Duration = Duration::from_secs(15);

/// Opens the stream for whoever is signed in.
pub async fn events(State(state): State<AppState>, request: Request) -> Response {
    let actor = request.extensions().get().unwrap_or(&Actor::Anonymous);
    let grants = match actor.grants() {
        Ok(grants) => grants,
        Err(denied) => return answer::refusal(&state, Asked { json: true }, &AppError::from(denied)),
    };
    let Some(user) = actor.user().cloned() else {
        return answer::refusal(
            &state,
            Asked { json: true },
            &AppError::from(engine::access::Denied::SignedOut),
        );
    };
    let feed = Feed::new(state, user, grants);
    let stream = Sse::new(stream::unfold(feed, Feed::next)).keep_alive(KeepAlive::new().interval(ALIVE));
    // Some proxies hold an answer back until it is long enough.
    ([("x-accel-buffering", "no")], stream).into_response()
}

/// One open page.
struct Feed {
    state: AppState,
    user: SignedIn,
    grants: Grants,
    changes: Listener,
    stopping: BoxFuture<'static, ()>,
    check: Interval,
    greeted: bool,
}

impl Feed {
    fn new(state: AppState, user: SignedIn, grants: Grants) -> Self {
        let mut check = interval(state.edge.session_check);
        check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            changes: state.cx.changes.listen(),
            stopping: state.edge.shutdown.clone().begun().boxed(),
            state,
            user,
            grants,
            check,
            greeted: false,
        }
    }

    /// The next event; none when the stream ends.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        if !self.greeted {
            self.greeted = true;
            return Some((Ok(Event::default().retry(RETRY).comment("listening")), self));
        }
        loop {
            let event = tokio::select! {
                biased;
                () = &mut self.stopping => return None,
                _ = self.check.tick() => {
                    if !self.still_signed_in().await {
                        return None;
                    }
                    continue;
                }
                heard = self.changes.recv() => match heard {
                    Ok(change) if self.grants.allows(change.section, Letter::Read) => event(&change),
                    Ok(_) => continue,
                    Err(RecvError::Lagged(_)) => Event::default().event("reload").data("{}"),
                    Err(RecvError::Closed) => return None,
                },
            };
            return Some((Ok(event), self));
        }
    }

    /// Looks the session up again, with the rights it has now.
    async fn still_signed_in(&mut self) -> bool {
        match engine::sessions::watch(&self.state.cx, self.user.session).await {
            Ok(actor) => match actor.grants() {
                Ok(grants) => {
                    self.grants = grants;
                    true
                }
                Err(_) => false,
            },
            Err(error) => {
                tracing::warn!(error = %error, "an open page's session could not be looked up");
                true
            }
        }
    }
}

fn event(change: &Change) -> Event {
    let named = Event::default().event("change");
    named
        .json_data(change)
        .unwrap_or_else(|_| Event::default().event("reload").data("{}"))
}
