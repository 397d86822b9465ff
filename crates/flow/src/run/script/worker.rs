//! The thread beside which scripts run.
//!
//! The engine looks at the time only now and then. A script that is busy inside one function of the engine is left behind
//! with its thread, so that whoever waits for it is free after a little over a second.

use super::context::{self, Job};
use super::{ScriptError, TIME_LIMIT};
use serde_json::Value as Json;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// How long a script that does not look at the time is waited for.
const GRACE: Duration = Duration::from_millis(200);

/// Threads that may be left behind in a process before scripts are refused.
const MOST_LEFT_BEHIND: usize = 4;

/// The stack of the thread; scripts may use a part of it, see [`context`].
const STACK: usize = 4 << 20;

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

/// What the thread of a [`Worker`] does.
const IDLE: u8 = 0;
const BUSY: u8 = 1;
const LEFT: u8 = 2;

type Answer = Result<Json, ScriptError>;

/// A thread that runs one script after the other.
pub(super) struct Worker {
    jobs: Sender<Job>,
    answers: Receiver<Answer>,
    state: Arc<AtomicU8>,
}

impl Worker {
    /// Starts a thread.
    pub(super) fn start() -> Result<Self, ScriptError> {
        if LEFT_BEHIND.load(Ordering::Relaxed) >= MOST_LEFT_BEHIND {
            return Err(ScriptError::Busy);
        }
        let (jobs, todo) = channel::<Job>();
        let (done, answers) = channel();
        let state = Arc::new(AtomicU8::new(IDLE));
        let seen = Arc::clone(&state);
        std::thread::Builder::new()
            .name("flow-script".to_owned())
            .stack_size(STACK)
            .spawn(move || {
                for job in todo {
                    let answer = context::run(&job);
                    if seen.swap(IDLE, Ordering::AcqRel) == LEFT {
                        LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
                        return;
                    }
                    if done.send(answer).is_err() {
                        return;
                    }
                }
            })
            .map_err(|error| ScriptError::Engine(error.to_string()))?;
        Ok(Self { jobs, answers, state })
    }

    /// Runs a script; ask [`Worker::is_usable`] after it.
    pub(super) fn run(&mut self, job: Job) -> Answer {
        self.state.store(BUSY, Ordering::Release);
        self.jobs.send(job).map_err(|_| gone())?;
        match self.answers.recv_timeout(TIME_LIMIT + GRACE) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Disconnected) => Err(gone()),
            Err(RecvTimeoutError::Timeout) => {
                LEFT_BEHIND.fetch_add(1, Ordering::Relaxed);
                if self.state.swap(LEFT, Ordering::AcqRel) == IDLE {
                    LEFT_BEHIND.fetch_sub(1, Ordering::Relaxed);
                }
                Err(ScriptError::Slow)
            }
        }
    }

    /// Whether the thread waits for another script.
    pub(super) fn is_usable(&self) -> bool {
        self.state.load(Ordering::Acquire) == IDLE
    }
}

fn gone() -> ScriptError {
    ScriptError::Engine("its thread has ended".to_owned())
}
