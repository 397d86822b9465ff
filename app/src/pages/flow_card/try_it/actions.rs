//! What the panel asks of the server.

use super::state::{FIRST, Mode, TryIt, focus_compose};
use crate::{
    api::{TryStarted, leave_try, send_to_try, skip_wait_of_try, start_try, stop_try, tick_try},
    error::AppError,
};
use leptos::{prelude::*, task::spawn_local};
use model::{
    Timestamp,
    trying::{TryInput, TryReport, TryRun, TryStart, TryWaitKind},
};
use std::{
    collections::{BTreeMap, VecDeque},
    future::Future,
    time::Duration,
};

impl TryIt {
    /// Begins anew with the program as it is typed and the first message as before.
    pub(super) fn restart(self) {
        self.start(self.first.get_value());
    }

    /// Begins with a first message.
    pub(super) fn begin(self, text: String) {
        self.start(if text.is_empty() { FIRST.to_owned() } else { text });
    }

    fn start(self, text: String) {
        if self.is_starting() {
            return;
        }
        if self.busy.get_untracked() {
            return self.later(move || self.start(text));
        }
        let old = self.run.get_untracked();
        self.clear();
        self.failure.set(None);
        let program = self.program.text();
        let start = TryStart {
            program: program.clone(),
            flow: self.program.flow.get_untracked(),
            message: TryInput::Text { text: text.clone() },
            peer_name: String::new(),
            variables: BTreeMap::new(),
            http: self.http.get_untracked(),
            timezone: time_zone(),
        };
        self.first.set_value(text);
        self.started.set_value(program);
        self.busy.set(true);
        spawn_local(async move {
            if let Some(old) = old {
                // It would be forgotten in time.
                _ = stop_try(old).await;
            }
            let started = start_try(start).await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            match started {
                Ok(TryStarted::Running(report)) => {
                    self.take(*report);
                    focus_compose();
                }
                Ok(TryStarted::Mistakes(mistakes)) => self.mistakes.set(mistakes),
                Err(error) => self.failed(error),
            }
            self.go_on();
        });
    }

    /// Sends to the run what was typed; it is typed again if the run does not take it.
    pub(super) fn send_typed(self, mode: Mode, typed: String, input: TryInput) {
        self.mode.set(Mode::Text);
        self.ask(move |run, since| {
            self.sent.set_value(Some((mode, typed)));
            send_to_try(run, input, since)
        });
    }

    /// Sends to the run.
    pub(super) fn send(self, input: TryInput) {
        self.mode.set(Mode::Text);
        self.ask(move |run, since| send_to_try(run, input, since));
    }

    /// The peer leaves.
    pub(super) fn leave(self) {
        self.ask(leave_try);
    }

    /// Ends the wait at once.
    pub(super) fn skip(self) {
        self.ask(skip_wait_of_try);
    }

    /// Asks what has happened; not while something else is under way, which brings it, too.
    fn tick(self) {
        if !self.busy.get_untracked() {
            self.put(tick_try);
        }
    }

    /// Asks as soon as nothing else is under way.
    fn ask<F>(self, question: impl FnOnce(TryRun, u64) -> F + Send + Sync + 'static)
    where
        F: Future<Output = Result<TryReport, AppError>> + 'static,
    {
        if self.busy.get_untracked() {
            return self.later(move || self.ask(question));
        }
        self.failure.set(None);
        self.put(question);
    }

    fn put<F>(self, question: impl FnOnce(TryRun, u64) -> F)
    where
        F: Future<Output = Result<TryReport, AppError>> + 'static,
    {
        let Some(run) = self.run.get_untracked() else { return };
        self.busy.set(true);
        let answer = question(run.clone(), self.last.get_value());
        spawn_local(async move {
            let report = answer.await;
            if self.busy.try_set(false).is_some() {
                return;
            }
            if self.run.get_untracked() == Some(run) {
                match report {
                    Ok(report) => self.take(report),
                    Err(error) => self.failed(error),
                }
            }
            self.go_on();
        });
    }

    fn later(self, question: impl FnOnce() + Send + Sync + 'static) {
        self.next.update_value(|next| next.push_back(Box::new(question)));
    }

    fn go_on(self) {
        if let Some(question) = self.next.try_update_value(VecDeque::pop_front).flatten() {
            question();
        }
    }

    fn failed(self, error: AppError) {
        if let Some((mode, typed)) = self.sent.try_update_value(Option::take).flatten()
            && self.draft.with_untracked(String::is_empty)
        {
            self.mode.set(mode);
            self.draft.set(typed);
        }
        if error.is(AppError::NOT_FOUND) {
            // Forgotten by the server: nothing can be said to it any more.
            self.run.set(None);
            self.waiting.set(None);
            self.left.set(None);
            self.program.editor.clear_highlight();
        }
        let why = error
            .fields
            .iter()
            .map(|(_, sentence)| sentence)
            .collect::<Vec<_>>()
            .join(" ");
        self.failure.set(Some(if why.is_empty() { error.message } else { why }));
    }

    /// Counts the seconds of a wait, and asks what has happened when it is over.
    pub(super) fn keep_time(self) {
        Effect::new(move || {
            let tick = move || {
                let Some(wait) = self.waiting.try_get_untracked().flatten() else {
                    return;
                };
                if wait.kind == TryWaitKind::Http {
                    self.tick();
                } else if let Some(due) = self.due.get_value() {
                    let left = seconds_until(due);
                    self.left.set(Some(left));
                    if left == 0 {
                        self.tick();
                    }
                }
            };
            if let Ok(clock) = set_interval_with_handle(tick, Duration::from_secs(1)) {
                on_cleanup(move || clock.clear());
            }
        });
    }

    /// Lets the server forget the run.
    pub(super) fn forget(self) {
        if let Some(run) = self.run.try_get_untracked().flatten() {
            spawn_local(async move {
                // It would be forgotten in time.
                _ = stop_try(run).await;
            });
        }
    }
}

/// A moment after the present one, by the browser's clock.
pub(super) fn in_seconds(seconds: u64) -> Timestamp {
    Timestamp(now() + i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1_000))
}

fn seconds_until(due: Timestamp) -> u64 {
    let left = due.0.saturating_sub(now()).max(0);
    u64::try_from(left).unwrap_or_default().div_ceil(1_000)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds since 1970 fit for a long time"
)]
fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The zone of the browser's clock, by which the program's clock goes.
fn time_zone() -> Option<String> {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new());
    js_sys::Reflect::get(&format.resolved_options(), &"timeZone".into())
        .ok()
        .and_then(|zone| zone.as_string())
}
