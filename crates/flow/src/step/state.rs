//! Where a conversation stands: all that must be stored between two events.

mod check;

use super::heard::Heard;
use super::history::History;
use super::limits::{KEPT, KEPT_BYTES};
use super::{Cause, Programs};
use crate::program::{ListId, Place};
use crate::run::Variables;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// The form of a stored state that this version writes; it reads all before it, too.
const FORMAT: u32 = 2;

/// Where a conversation stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    format: u32,
    /// What is being run, the innermost last.
    pub(crate) calls: Vec<Call>,
    /// What the program knows.
    pub(crate) variables: Variables,
    /// What is waited for.
    pub(crate) waiting: Waiting,
    /// Messages that came while none was waited for.
    #[serde(default, skip_serializing_if = "VecDeque::is_empty")]
    pub(crate) kept: VecDeque<Heard>,
    /// What was said.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub(crate) history: History,
    /// Since the last wait.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) steps: u32,
    /// Since the last wait: bytes of variables that nodes had before them.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) work: u64,
    /// In the whole conversation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) jumps: u32,
    /// The number of the last HTTP call.
    #[serde(default, skip_serializing_if = "is_default")]
    pub(crate) http: u64,
    /// Why it ended, once it has; the list `disconnected` may still run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) ended: Option<Cause>,
}

/// What is waited for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Waiting {
    /// The first message.
    Start,
    /// Nothing: it runs. No stored state says so.
    #[serde(skip)]
    Nothing,
    /// A message, or the end of the wait.
    Message {
        /// When it ends.
        until: i64,
        /// What was collected so far.
        #[serde(default, skip_serializing_if = "Pieces::is_empty")]
        pieces: Pieces,
    },
    /// The end of a pause.
    Pause {
        /// When it ends.
        until: i64,
    },
    /// The answer to the last HTTP call.
    Http,
    /// Nothing ever: it is over.
    Over,
}

/// Messages that one `recvMessage` collects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Pieces(pub Vec<Heard>);

impl Pieces {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a message, unless there are too many already.
    pub fn add(&mut self, message: Heard) {
        let bytes: usize = self.0.iter().map(Heard::bytes).sum();
        if self.0.len() < KEPT && bytes + message.bytes() <= KEPT_BYTES {
            self.0.push(message);
        }
    }
}

/// A scope that is being run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Call {
    /// What it is.
    #[serde(rename = "k")]
    pub kind: CallKind,
    /// The flow whose program it belongs to, if it isn't the conversation's own.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Box<str>>,
    /// The node that runs or is next.
    #[serde(rename = "p")]
    pub place: Place,
    /// Lists entered and not left by those below it.
    #[serde(rename = "d", default)]
    pub below: u32,
    /// Loops that are being run, and how many more rounds each has.
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<(Place, u32)>,
    /// Nodes with a limit, and how often each ran.
    #[serde(rename = "l", default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<(Place, u32)>,
}

/// What a [`Call`] is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CallKind {
    /// The conversation's own program.
    Program,
    /// The actions of a function.
    Function,
    /// A called flow.
    Flow,
    /// The list of a command; the `recvMessage` below it goes on with these pieces.
    Command(Pieces),
    /// The list `disconnected`.
    Disconnected,
}

/// Why a stored state cannot be gone on with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// It was written by a later version.
    #[error("the stored conversation has the form {0}, and this version reads the forms 1 to {FORMAT}")]
    Format(u32),
    /// It cannot be read.
    #[error("the stored conversation cannot be read: {0}")]
    Unreadable(String),
    /// It names a flow that is no longer there.
    #[error("the stored conversation is inside flow {0}, which is not there")]
    NoFlow(String),
    /// It names a place that its program does not have.
    #[error("the stored conversation does not fit its program: {0}")]
    Misfit(&'static str),
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Default for State {
    fn default() -> Self {
        Self::new()
    }
}

impl State {
    /// A conversation that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self {
            format: FORMAT,
            calls: Vec::new(),
            variables: Variables::new(),
            waiting: Waiting::Start,
            kept: VecDeque::new(),
            history: History::default(),
            steps: 0,
            work: 0,
            jumps: 0,
            http: 0,
            ended: None,
        }
    }

    /// The state as it is stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a stored state. Whether it fits its program is looked at by each step.
    ///
    /// # Errors
    ///
    /// If it is of a later form or cannot be read.
    pub fn from_json(text: &str) -> Result<Self, StateError> {
        #[derive(Deserialize)]
        struct Form {
            format: u32,
        }
        let read = serde_json::from_str(text);
        let form = match &read {
            Ok(Self { format, .. }) => Some(*format),
            // What cannot be read may be of a form that nobody here knows.
            Err(_) => serde_json::from_str(text).ok().map(|Form { format }| format),
        };
        match (form, read) {
            (Some(form), _) if !(1..=FORMAT).contains(&form) => Err(StateError::Format(form)),
            (_, Ok(state)) => Ok(Self {
                format: FORMAT,
                ..state
            }),
            (_, Err(error)) => Err(StateError::Unreadable(error.to_string())),
        }
    }

    /// What the program knows.
    #[must_use]
    pub fn variables(&self) -> &Variables {
        &self.variables
    }

    /// Why the conversation ended for the peer; none while it goes on.
    #[must_use]
    pub fn ended(&self) -> Option<Cause> {
        self.ended
    }

    /// Whether nothing can happen any more, so that the state need not be stored.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.waiting == Waiting::Over
    }

    /// When [`Event::Time`](super::Event::Time) is due, in milliseconds since 1970.
    #[must_use]
    pub fn due(&self) -> Option<i64> {
        match self.waiting {
            Waiting::Message { until, .. } | Waiting::Pause { until } => Some(until),
            Waiting::Start | Waiting::Nothing | Waiting::Http | Waiting::Over => None,
        }
    }

    /// The path of the node at which it waits; none before the start, after the end, or if it doesn't fit its program.
    #[must_use]
    pub fn place(&self, programs: &Programs) -> Option<String> {
        let call = self.calls.last()?;
        let program = programs.get(call.flow.as_deref())?;
        super::path::of(program, call.flow.as_deref(), call.place)
    }

    /// Whether the list `disconnected` runs: nothing is sent and nothing is waited for.
    pub(crate) fn is_ending(&self) -> bool {
        self.ended.is_some()
    }
}

impl Call {
    /// A call at the beginning of its list.
    pub fn new(kind: CallKind, flow: Option<Box<str>>, list: ListId, below: u32) -> Self {
        let place = Place { list, index: 0 };
        Self {
            kind,
            flow,
            place,
            below,
            rounds: Vec::new(),
            limits: Vec::new(),
        }
    }
}
