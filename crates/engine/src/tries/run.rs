//! One run: the interpreter with its clock, and what has come of it.

use super::{
    call::Calling,
    journal::{Journal, cut},
    load::Loaded,
};
use crate::Context;
use flow::{
    CalendarAnswer, Cause, Effect, Event, HttpFailure, Programs, State, Step, World,
    run::{Engine, Globals, HttpRequest},
    step,
};
use model::{
    Timestamp,
    trying::{TryCall, TryCame, TryDone, TryEnd, TryReport, TryRun, TrySaid, TryVariable, TryWait, TryWaitKind},
};
use std::{sync::Arc, time::Duration};
use tokio::sync::Notify;

/// So many waits come to their end in one action; the rest follows with the next one.
const MOST_DUE: usize = 500;
/// So long one action goes on; the rest follows with the next one. A single event has limits of its own.
const LONGEST_ACTION: Duration = Duration::from_secs(3);
/// So many calls over HTTP a run makes.
const MOST_CALLS: u32 = 200;
/// So many variables are told, and so much of each.
const MOST_VARIABLES: usize = 500;
const LONGEST_VARIABLE: usize = 2_000;
/// So much of a name, an address or a header is told, and of a body.
const LONGEST: usize = 4_000;
const LONGEST_BODY: usize = 16_000;

/// A run.
pub(super) struct Run {
    pub id: TryRun,
    pub journal: Journal,
    /// Whether calls are really made.
    pub http: bool,
    /// A call that is to be made now.
    pub to_call: Option<(u64, HttpRequest)>,
    /// What the program is still to hear of a call that was not made.
    answer: Option<Event>,
    /// The call that is under way.
    pub calling: Option<Calling>,
    /// Tells those who wait for a call that it came to its end.
    pub called: Arc<Notify>,
    programs: Programs,
    programs_bytes: usize,
    state: State,
    zone: String,
    /// Milliseconds by which the run's clock is ahead.
    ahead: i64,
    /// When it took its last step.
    at: i64,
    wait: Option<(TryWaitKind, Option<i64>)>,
    end: Option<TryEnd>,
    calls: u32,
}

impl Run {
    pub fn new(id: TryRun, loaded: Loaded, zone: String, http: bool) -> Self {
        Self {
            id,
            journal: Journal::default(),
            http,
            to_call: None,
            answer: None,
            calling: None,
            called: Arc::default(),
            programs: loaded.programs,
            programs_bytes: loaded.bytes,
            state: State::new(),
            zone,
            ahead: 0,
            at: i64::MIN,
            wait: None,
            end: None,
            calls: 0,
        }
    }

    /// What the run's clock shows.
    pub fn now(&self, cx: &Context) -> i64 {
        cx.now().0.saturating_add(self.ahead).max(self.at)
    }

    /// Whether the peer is no longer heard.
    pub fn is_over(&self) -> bool {
        self.end.is_some()
    }

    /// Whether a call is waited for that is under way.
    pub fn waits_for_call(&self) -> bool {
        self.answer.is_none() && matches!(self.wait, Some((TryWaitKind::Http, _)))
    }

    /// About how much of the memory it takes.
    pub fn bytes(&self) -> usize {
        const REST: usize = 512 << 10;
        self.programs_bytes + self.journal.bytes() + self.state.variables().bytes() + REST
    }

    /// Lets everything happen that is due by now, each at its own time, and then the event, if there is one.
    pub fn go_on(&mut self, cx: &Context, event: Option<Event>) {
        let now = self.now(cx);
        let until = cx.now().after(LONGEST_ACTION);
        for _ in 0..MOST_DUE {
            if cx.now() > until {
                break;
            }
            if let Some(answer) = self.answer.take() {
                self.happen(cx, until, self.at, answer);
                continue;
            }
            let Some(due) = self.state.due().filter(|due| *due <= now) else {
                break;
            };
            self.happen(cx, until, due.max(self.at), Event::Time);
        }
        if let Some(event) = event {
            self.happen(cx, until, now.max(self.at), event);
        }
    }

    /// Puts the clock forward to the end of what is waited for.
    pub fn skip(&mut self, cx: &Context) {
        let now = self.now(cx);
        if let Some(due) = self.state.due().filter(|due| *due > now) {
            let skipped = due.saturating_sub(now);
            self.ahead = self.ahead.saturating_add(skipped);
            let seconds = u64::try_from(skipped).unwrap_or_default().div_ceil(1_000);
            self.journal.done(due, TryDone::Skipped { seconds });
        }
        self.go_on(cx, None);
    }

    /// Lets an event happen, with the calls that are not made because they are switched off, as long as there is time.
    fn happen(&mut self, cx: &Context, until: Timestamp, at: i64, event: Event) {
        self.at = at;
        let mut next = Some(event);
        while let Some(event) = next.take() {
            let effects = self.step(cx, event);
            let mut wait = None;
            for effect in effects {
                match effect {
                    Effect::Send(message) => self.journal.said(at, TrySaid::Sent(message)),
                    Effect::Action(action) => self.journal.said(at, TrySaid::Action(action)),
                    Effect::CallHttp { number, request } => {
                        wait = Some((TryWaitKind::Http, None));
                        next = self.call(at, number, request);
                    }
                    Effect::Wait { message, until } => {
                        let kind = if message {
                            TryWaitKind::Message
                        } else {
                            TryWaitKind::Pause
                        };
                        wait = Some((kind, Some(until)));
                    }
                    Effect::Close { cause, why } => self.close(at, cause, why),
                    // The trace tells of these.
                    Effect::Log(_) | Effect::Failed { .. } => {}
                }
            }
            self.wait = match wait {
                Some(wait) => Some(wait),
                None if self.state.is_over() => None,
                // An event that means nothing to it.
                None => self.wait,
            };
            if cx.now() > until {
                self.answer = next.take().or_else(|| self.answer.take());
            }
        }
    }

    fn step(&mut self, cx: &Context, event: Event) -> Vec<Effect> {
        let (at, journal) = (self.at, &mut self.journal);
        let mut trace = |line| journal.step(at, line);
        let mut random = || u64::from_ne_bytes(cx.rng.bytes());
        // A thread of scripts begins with the first of them and ends with the step.
        let scripts = Engine::new();
        let mut world = World {
            now: at,
            zone: &self.zone,
            random: &mut random,
            globals: &Globals::new(),
            calendars: &|_| CalendarAnswer::None,
            scripts: &scripts,
            trace: Some(&mut trace),
        };
        let Step { state, effects } = step(&self.programs, std::mem::take(&mut self.state), event, &mut world);
        self.state = state;
        effects
    }

    /// Notes a call to be made; if it is not made, gives what the program hears instead.
    fn call(&mut self, at: i64, number: u64, request: HttpRequest) -> Option<Event> {
        let refused = if !self.http {
            Some((
                TryCame::Off,
                "calls over HTTP are switched off, so this one was not made".to_owned(),
            ))
        } else if self.calls >= MOST_CALLS {
            let why = format!("a run makes at most {MOST_CALLS} calls over HTTP, so this one was not made");
            Some((TryCame::Failed(why.clone()), why))
        } else {
            None
        };
        let came = refused.as_ref().map_or(TryCame::Pending, |(came, _)| came.clone());
        self.tell_call(at, &request, came);
        if let Some((_, why)) = refused {
            let result = Err(HttpFailure::Other(why));
            return Some(Event::HttpAnswered { number, result });
        }
        self.calls += 1;
        self.to_call = Some((number, request));
        None
    }

    /// Tells of a call.
    pub fn tell_call(&mut self, at: i64, request: &HttpRequest, came: TryCame) {
        let headers = request
            .headers
            .iter()
            .map(|(name, value)| (cut(name, LONGEST), cut(value, LONGEST)));
        let call = TryCall {
            path: self.state.place(&self.programs).unwrap_or_default(),
            method: request.method.clone(),
            url: cut(&request.url, LONGEST),
            headers: headers.collect(),
            body: request.body.as_deref().map(|body| cut(body, LONGEST_BODY)),
            came,
        };
        self.journal.done(at, TryDone::Call(call));
    }

    fn close(&mut self, at: i64, cause: Cause, why: Option<String>) {
        let sentence = match (cause, why) {
            (Cause::FlowEnd, _) => "The program came to its end.".to_owned(),
            (Cause::PeerLeft, _) => "The peer left.".to_owned(),
            (Cause::FlowErr, Some(why)) => format!("The conversation was ended: {why}."),
            (Cause::FlowErr, None) => "The conversation was ended because of an error.".to_owned(),
        };
        let end = TryEnd {
            cause: cause.to_string(),
            sentence,
        };
        self.journal.done(at, TryDone::End(end.clone()));
        self.end = Some(end);
    }

    /// How the run stands, and what has happened since.
    pub fn report(&self, cx: &Context, since: u64) -> TryReport {
        let now = self.now(cx);
        let variables = self.state.variables().iter().take(MOST_VARIABLES);
        let mut variables: Vec<TryVariable> = variables
            .map(|(name, text)| TryVariable {
                name: cut(name, LONGEST_VARIABLE),
                text: cut(text, LONGEST_VARIABLE),
            })
            .collect();
        variables.sort_by(|a, b| a.name.cmp(&b.name));
        let waiting = self.wait.map(|(kind, until)| TryWait {
            kind,
            until: until.map(Timestamp),
            seconds: until.map(|until| {
                u64::try_from(until.saturating_sub(now))
                    .unwrap_or_default()
                    .div_ceil(1_000)
            }),
        });
        let mut report = TryReport {
            run: self.id.clone(),
            last: self.journal.last(),
            variables,
            waiting,
            ended: self.end.clone(),
            path: self.state.place(&self.programs),
            now: Timestamp(now),
            http: self.http,
            ..TryReport::default()
        };
        self.journal.tell(since, &mut report);
        report
    }
}
