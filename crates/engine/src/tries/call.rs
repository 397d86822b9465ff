//! The calls over HTTP of a run, made beside it: nobody waits for them longer than they like.

use super::{
    act::{Turn, advance},
    journal::cut,
    run::Run,
    shelf::Place,
};
use crate::Context;
use flow::{
    Event, HttpFailure,
    run::{HttpAnswer, HttpRequest},
};
use model::trying::{TryCame, TryRun};
use std::{
    future::Future,
    pin::Pin,
    sync::{Arc, Weak},
};
use tokio::{
    sync::{Mutex, Semaphore},
    task::AbortHandle,
};

/// The largest answer.
const LARGEST: usize = 1 << 20;
/// So much of a body is told.
const TOLD: usize = 4_000;

/// A call under way; it is given up when nobody wants it any more.
pub(super) struct Calling(Option<AbortHandle>);

impl Calling {
    /// Lets go of a call that has come to its end.
    fn done(mut self) {
        self.0 = None;
    }
}

impl Drop for Calling {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

/// Begins the call that a run wants made, if it wants one.
pub(super) fn begin(cx: &Context, place: &Place, run: &mut Run) {
    let Some((number, request)) = run.to_call.take() else {
        return;
    };
    let job = Job {
        cx: cx.clone(),
        id: run.id.clone(),
        run: Arc::downgrade(&place.run),
        lane: Arc::clone(&place.lane),
        number,
        request,
    };
    // Boxed, because the end of a call may begin the next one.
    let task: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(job.make());
    run.calling = Some(Calling(Some(tokio::spawn(task).abort_handle())));
}

/// A call to be made. It does not keep its run: one that is forgotten takes its call with it.
struct Job {
    cx: Context,
    id: TryRun,
    run: Weak<Mutex<Run>>,
    lane: Arc<Semaphore>,
    number: u64,
    request: HttpRequest,
}

impl Job {
    async fn make(self) {
        let calling = self.cx.tries.calling();
        // The semaphore is never closed.
        let Ok(permit) = calling.acquire_owned().await else {
            return;
        };
        tracing::info!("a flow schema that is tried calls out over HTTP");
        let answer = self.cx.fetch.send(outgoing(&self.request)).await;
        drop(permit);
        let Some(run) = self.run.upgrade() else { return };
        let place = Place {
            run,
            lane: Arc::clone(&self.lane),
        };
        let mut guard = Arc::clone(&place.run).lock_owned().await;
        if let Some(calling) = guard.calling.take() {
            calling.done();
        }
        let Self {
            cx,
            id,
            number,
            request,
            ..
        } = self;
        let heard = move |run: &mut Run, cx: &Context| {
            let (came, result) = hear(answer);
            let now = run.now(cx);
            run.tell_call(now, &request, came);
            run.go_on(cx, Some(Event::HttpAnswered { number, result }));
        };
        match advance(&cx, &place, guard, Turn::Whenever, heard).await {
            Ok(guard) => guard.called.notify_waiters(),
            Err(error) => tracing::error!(error = %error, run.id = %id, "a run broke down after a call"),
        }
    }
}

pub(crate) fn outgoing(request: &HttpRequest) -> fetch::Request {
    fetch::Request {
        method: request.method.clone(),
        url: request.url.clone(),
        headers: request.headers.clone(),
        body: request.body.clone().unwrap_or_default().into(),
        timeout: request.timeout,
        max_bytes: LARGEST,
    }
}

/// What came, for people and for the program.
pub(crate) fn hear(answer: Result<fetch::Answer, fetch::Failure>) -> (TryCame, Result<HttpAnswer, HttpFailure>) {
    match answer {
        Ok(answer) => {
            let content_type = answer.content_type().map(str::to_owned);
            let came = TryCame::Answer {
                status: answer.status,
                content_type: content_type.clone(),
                body: cut(&String::from_utf8_lossy(&answer.body), TOLD),
                bytes: answer.body.len() as u64,
            };
            let heard = HttpAnswer {
                status: answer.status,
                content_type,
                cookies: answer.cookies().collect(),
                body: answer.body.into(),
            };
            (came, Ok(heard))
        }
        Err(failure) => {
            let why = failure.to_string();
            (TryCame::Failed(why.clone()), Err(HttpFailure::Other(why)))
        }
    }
}
