//! JavaScript, shut in: no I/O, no clock, no chance but what is given, a second of time, 16 MiB of memory.
//!
//! A script's result depends on its arguments alone, and nothing remains from one script to the next.

mod context;
mod simple;
mod source;
mod worker;

use crate::program::Script;
use crate::run::{LocalClock, Scope};
use context::Job;
use serde_json::Value as Json;
use source::{Binding, Source};
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};
use worker::Worker;

/// The most time that a script may take.
pub const TIME_LIMIT: Duration = Duration::from_secs(1);

/// The most memory that a script may use.
pub const MEMORY_LIMIT: usize = 16 << 20;

/// Runs scripts, one at a time, on a thread of its own that is started with the first. Keep one for each of your threads.
pub struct Engine {
    worker: RefCell<Option<Worker>>,
    watch: Box<dyn Fn() -> Duration + Send>,
    spent: Cell<Duration>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a script has no result; a sentence for the trace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// It threw something.
    #[error("the script threw {0}")]
    Threw(String),
    /// It took over a second.
    #[error("the script took longer than a second")]
    Slow,
    /// It used more memory than it may.
    #[error("the script used more than 16 MiB of memory")]
    Memory,
    /// It called itself too deeply.
    #[error("the script calls itself too deeply")]
    Stack,
    /// It is no JavaScript.
    #[error("the script cannot be read: {0}")]
    Syntax(String),
    /// A function of the clock cannot do anything with its arguments.
    #[error("{0}")]
    Time(#[from] crate::run::clock::TimeError),
    /// Other scripts that don't come to their end occupy the engine.
    #[error("other scripts that do not end keep the engine busy")]
    Busy,
    /// The engine could not be made.
    #[error("the script engine does not start: {0}")]
    Engine(String),
}

impl Engine {
    /// An engine; its thread is started when it is needed.
    #[must_use]
    pub fn new() -> Self {
        let begun = Instant::now();
        Self::timed_by(move || begun.elapsed())
    }

    /// An engine whose scripts take as long as a stopwatch says; it is read before and after each of them. What a
    /// single script may take is another matter.
    #[must_use]
    pub fn timed_by(watch: impl Fn() -> Duration + Send + 'static) -> Self {
        Self {
            worker: RefCell::default(),
            watch: Box::new(watch),
            spent: Cell::default(),
        }
    }

    /// How long its scripts have taken so far, all together.
    #[must_use]
    pub fn spent(&self) -> Duration {
        self.spent.get()
    }

    /// Whether an expression is true. Plain comparisons are judged without the engine, in far less than a microsecond.
    ///
    /// # Errors
    ///
    /// See [`ScriptError`].
    pub fn condition(
        &self,
        script: &Script,
        scope: &Scope,
        clock: &LocalClock<'_>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<bool, ScriptError> {
        if let Some(truth) = simple::judge(&script.source, scope, clock)? {
            return Ok(truth);
        }
        let source = Source::read(&script.source, true);
        let expression = source.code.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
        let code = function(&source, &format!("return !!({expression}\n)"));
        self.start(job(code, &source, scope, clock, random)?)
            .map(|value| value == Json::Bool(true))
    }

    /// What the body of a function returns. Undefined is the empty text, an object or a list what its JSON says.
    ///
    /// # Errors
    ///
    /// See [`ScriptError`].
    pub fn run(
        &self,
        script: &Script,
        scope: &Scope,
        clock: &LocalClock<'_>,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<Json, ScriptError> {
        let source = Source::read(&script.source, false);
        let code = function(&source, &source.code);
        self.start(job(code, &source, scope, clock, random)?)
    }

    /// Calls a function of ours, written in JavaScript, with a list of values.
    pub(crate) fn call(&self, code: &str, values: Vec<Json>) -> Result<Json, ScriptError> {
        self.start(Job {
            code: code.to_owned(),
            values,
            now: None,
            seed: None,
            calls: true,
        })
    }

    fn start(&self, job: Job) -> Result<Json, ScriptError> {
        let begun = (self.watch)();
        let answer = self.answer(job);
        let took = (self.watch)().saturating_sub(begun);
        self.spent.set(self.spent.get().saturating_add(took));
        answer
    }

    fn answer(&self, job: Job) -> Result<Json, ScriptError> {
        let mut place = self.worker.borrow_mut();
        let mut worker = match place.take() {
            Some(worker) => worker,
            None => Worker::start()?,
        };
        let answer = worker.run(job);
        if worker.is_usable() {
            *place = Some(worker);
        }
        answer
    }
}

/// A function of the list of values that the source names. The body stands in a function of its own, so that its own
/// names and its `return` are those of a function's body.
fn function(source: &Source, body: &str) -> String {
    let names = (0..source.bindings.len()).fold(String::new(), |names, index| {
        names + &format!(",$insertion{index}=$values[{index}]")
    });
    format!("(function($values){{const $none=0{names};return (function(){{{body}\n}}).call(this)}})")
}

fn job(
    code: String,
    source: &Source,
    scope: &Scope,
    clock: &LocalClock<'_>,
    random: &mut dyn FnMut() -> u64,
) -> Result<Job, ScriptError> {
    let mut values = Vec::with_capacity(source.bindings.len());
    for binding in &source.bindings {
        values.push(match binding {
            Binding::Part(part) => Json::String(scope.part(part).into_owned()),
            Binding::Time(name, None) => clock.value(name),
            Binding::Time(name, Some(arguments)) => {
                clock.fits(name, &crate::run::insert::insert(arguments, scope))?.into()
            }
        });
    }
    let now = code.contains("Date").then(|| clock.dates());
    let seed = code.contains("random").then(random);
    // Without one of these no function can be called.
    let calls = source.code.contains(['(', '.', '[', '`']);
    Ok(Job {
        code,
        values,
        now,
        seed,
        calls,
    })
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod tests;
