//! What a program sees of the world: all of it comes from outside.

use super::TraceLine;
use crate::program::{Action, Program};
use crate::run::{Engine, Globals};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// The program of a conversation and the other flows that it can reach.
#[derive(Clone, Debug)]
pub struct Programs {
    own: Arc<Program>,
    flows: HashMap<Box<str>, Arc<Program>>,
    keeps_history: bool,
}

impl Programs {
    /// A conversation's own program.
    #[must_use]
    pub fn new(own: Arc<Program>) -> Self {
        let keeps_history = reads_history(&own);
        Self {
            own,
            flows: HashMap::new(),
            keeps_history,
        }
    }

    /// Adds a flow that the node `schema` can run. Ids compare as text.
    #[must_use]
    pub fn with(mut self, id: impl Into<Box<str>>, program: Arc<Program>) -> Self {
        self.keeps_history |= reads_history(&program);
        self.flows.insert(id.into(), program);
        self
    }

    /// The conversation's own program.
    pub(crate) fn own(&self) -> &Program {
        &self.own
    }

    /// Another flow, or without an id the conversation's own.
    pub(crate) fn get(&self, id: Option<&str>) -> Option<&Program> {
        match id {
            None => Some(&self.own),
            Some(id) => self.flows.get(id).map(Arc::as_ref),
        }
    }

    /// Whether any of them reads what was said; if none does, it isn't remembered.
    pub(crate) fn keeps_history(&self) -> bool {
        self.keeps_history
    }
}

fn reads_history(program: &Program) -> bool {
    let mut nodes = program.lists.iter().flat_map(|list| &list.nodes);
    nodes.any(|node| matches!(node.action, Action::History { .. }))
}

/// The world at the moment of one step.
pub struct World<'w> {
    /// Milliseconds since 1970.
    pub now: i64,
    /// The IANA name of the zone whose clock scripts see.
    pub zone: &'w str,
    /// Where chance comes from.
    pub random: &'w mut dyn FnMut() -> u64,
    /// What `$${name}` reads.
    pub globals: &'w Globals,
    /// What calendars answer now.
    pub calendars: &'w dyn Fn(CalendarKey<'_>) -> CalendarAnswer,
    /// What runs JavaScript.
    pub scripts: &'w Engine,
    /// Who is told of each step. Nothing is worked out for nobody.
    pub trace: Option<&'w mut dyn FnMut(TraceLine)>,
}

impl fmt::Debug for World<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("World")
            .field("now", &self.now)
            .field("zone", &self.zone)
            .finish_non_exhaustive()
    }
}

/// How a program names a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarKey<'k> {
    /// By id.
    Id(&'k str),
    /// By name.
    Name(&'k str),
}

impl fmt::Display for CalendarKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "with the id {id}"),
            Self::Name(name) => write!(f, "“{name}”"),
        }
    }
}

/// What a calendar says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarAnswer {
    /// It is working time.
    Open,
    /// It isn't.
    Closed,
    /// It is the holiday of this name.
    Holiday(String),
    /// The calendar has come to its end.
    Expired,
    /// There is no such calendar.
    None,
}
