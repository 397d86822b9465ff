//! The way through a program: entering and leaving lists, jumping, calling and ending.

mod ends;
mod jumps;
mod memory;

use super::limits::{DEPTH, LIGHT, STEPS, WORK};
use super::state::{Call, CallKind, Pieces, State, Waiting};
use super::{Cause, Effect, Programs, TraceLine, World, path};
use crate::program::{Action, List, ListId, Node, Place, Program};
use crate::run::{Scope, Unwritable, insert::NotANumber};
use std::time::Duration;

/// A step that is being taken.
pub(crate) struct Walk<'p, 'x, 'w> {
    pub programs: &'p Programs,
    pub state: State,
    pub world: &'x mut World<'w>,
    pub effects: Vec<Effect>,
    /// Bytes that were said in this step.
    pub said: usize,
    /// What scripts had taken before this step began.
    pub scripts_before: Duration,
    /// What is being told of the node that runs, if anybody listens.
    pub line: Option<TraceLine>,
}

/// Where it goes behind a node.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Go {
    /// On to the next node.
    Next,
    /// Into a list of the node.
    Enter(ListId),
    /// Where it stands by now, or nowhere while it waits.
    Here,
    /// To the end of the run.
    Break,
    /// To the end of the conversation.
    Close,
}

/// Why a node did not do its work.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// It could not. The program goes on.
    Failed(String),
    /// A limit was reached. The conversation ends.
    Limit(String),
}

impl From<Unwritable> for Stop {
    fn from(error: Unwritable) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<NotANumber> for Stop {
    fn from(error: NotANumber) -> Self {
        Self::Failed(error.to_string())
    }
}

impl<'p, 'x, 'w> Walk<'p, 'x, 'w> {
    pub fn new(programs: &'p Programs, state: State, world: &'x mut World<'w>) -> Self {
        let scripts_before = world.scripts.spent();
        Self {
            programs,
            state,
            world,
            effects: Vec::new(),
            said: 0,
            scripts_before,
            line: None,
        }
    }

    /// Goes on until it waits or is over.
    pub fn run(&mut self) {
        while matches!(self.state.waiting, Waiting::Nothing) {
            let Some((program, place)) = self.here() else {
                return self.abandon("the conversation stands nowhere".to_owned());
            };
            let Some(list) = program.lists.get(place.list.0 as usize) else {
                return self.abandon("the conversation stands in a list that is not there".to_owned());
            };
            match list.nodes.get(place.index as usize) {
                Some(node) => self.arrive(program, node, place),
                None => self.leave(program, list),
            }
        }
    }

    /// The program and the place at which it stands.
    pub fn here(&self) -> Option<(&'p Program, Place)> {
        let call = self.state.calls.last()?;
        Some((self.programs.get(call.flow.as_deref())?, call.place))
    }

    /// The node at which it stands.
    pub fn node(&self) -> Option<&'p Node> {
        let (program, place) = self.here()?;
        node_at(program, place)
    }

    /// The path of the node at which it stands.
    pub fn path(&self) -> String {
        let found = self.state.calls.last().and_then(|call| {
            let flow = call.flow.as_deref();
            path::of(self.programs.get(flow)?, flow, call.place)
        });
        found.unwrap_or_default()
    }

    fn arrive(&mut self, program: &'p Program, node: &'p Node, place: Place) {
        if matches!(node.action, Action::Define) {
            return self.behind();
        }
        if !self.count_step() {
            return;
        }
        self.open_line(node);
        if let Some(limit) = &node.limit
            && !self.within(limit, place)
        {
            return self.failover(program, limit);
        }
        let result = self.perform(program, node, place);
        self.settle(result);
    }

    /// Goes where a node says, or tells why it could not do its work.
    pub fn settle(&mut self, result: Result<Go, Stop>) {
        match result {
            Ok(go) => {
                self.close_line();
                match go {
                    Go::Next => self.behind(),
                    Go::Enter(list) => self.enter(list),
                    Go::Here => {}
                    Go::Break => self.break_off(),
                    Go::Close => self.end(Cause::FlowEnd, None),
                }
            }
            Err(Stop::Failed(why)) => {
                self.fail(&why);
                self.close_line();
                self.behind();
            }
            Err(Stop::Limit(why)) => self.limit(why),
        }
    }

    /// Counts a step. Whether the run may go on.
    fn count_step(&mut self) -> bool {
        self.state.steps = self.state.steps.saturating_add(1);
        let bytes = self.state.variables.bytes();
        if bytes > LIGHT {
            self.state.work = self.state.work.saturating_add(bytes as u64);
        }
        if self.state.steps > STEPS {
            self.limit(format!(
                "more than {STEPS} steps without waiting for a message or a pause"
            ));
            return false;
        }
        if self.state.work > WORK {
            self.limit("too much work on long variables without waiting for a message or a pause".to_owned());
            return false;
        }
        true
    }

    /// Goes to the node behind the one at which it stands, unless the run ends there.
    pub fn behind(&mut self) {
        let breaks = self.node().is_some_and(|node| node.breaks);
        if breaks {
            return self.break_off();
        }
        if let Some(call) = self.state.calls.last_mut() {
            call.place.index = call.place.index.saturating_add(1);
        }
    }

    /// Goes to the beginning of a list of the node at which it stands.
    fn enter(&mut self, list: ListId) {
        if let Some(call) = self.state.calls.last_mut() {
            call.place = Place { list, index: 0 };
        }
        self.check_depth();
    }

    /// Goes into a function, a flow or the list of a command.
    pub fn call(&mut self, kind: CallKind, flow: Option<Box<str>>, list: ListId) {
        let below = self.depth();
        self.state.calls.push(Call::new(kind, flow, list, below));
        self.check_depth();
    }

    /// Lists entered and not left.
    fn depth(&self) -> u32 {
        let Some((program, place)) = self.here() else { return 0 };
        let mut depth = self.state.calls.last().map_or(0, |call| call.below);
        let mut list = program.lists.get(place.list.0 as usize);
        while let Some(inner) = list {
            depth += 1;
            if depth > DEPTH {
                break;
            }
            list = inner
                .holder
                .and_then(|holder| program.lists.get(holder.list.0 as usize));
        }
        depth
    }

    pub fn check_depth(&mut self) {
        if self.depth() > DEPTH {
            self.limit(format!(
                "more than {DEPTH} lists, functions and flows inside each other"
            ));
        }
    }

    /// Goes behind the node that holds a list, or back to where the list was called from.
    fn leave(&mut self, program: &'p Program, list: &'p List) {
        let Some(holder) = list.holder else {
            return self.give_back();
        };
        let Some(node) = node_at(program, holder) else {
            return self.abandon("a list hangs on a node that is not there".to_owned());
        };
        if let Some(call) = self.state.calls.last_mut() {
            call.place = holder;
        }
        match &node.action {
            Action::While { condition, body, .. } => self.next_round(node, holder, condition, *body),
            _ => self.behind(),
        }
    }

    /// Goes back to where the innermost call was made.
    fn give_back(&mut self) {
        let Some(call) = self.state.calls.pop() else {
            return self.end(Cause::FlowEnd, None);
        };
        match call.kind {
            CallKind::Program | CallKind::Disconnected => self.end(Cause::FlowEnd, None),
            CallKind::Function | CallKind::Flow => self.behind(),
            CallKind::Command(pieces) => self.resume(pieces),
        }
    }

    /// Ends the run, or the list of the innermost command.
    fn break_off(&mut self) {
        while let Some(call) = self.state.calls.pop() {
            if let CallKind::Command(pieces) = call.kind {
                return self.resume(pieces);
            }
        }
        self.end(Cause::FlowEnd, None);
    }

    /// Waits anew at the `recvMessage` that a command interrupted.
    fn resume(&mut self, pieces: Pieces) {
        let Some(node) = self.node() else {
            return self.abandon("a command came back to nowhere".to_owned());
        };
        self.open_line(node);
        let result = self.listen(pieces);
        self.settle(result);
    }

    /// Works something out with the variables before it.
    pub fn with<T>(&self, work: impl FnOnce(&Scope<'_>) -> T) -> Result<T, Stop> {
        let scope = Scope::new(&self.state.variables, self.world.globals);
        let result = work(&scope);
        if scope.is_overfull() {
            return Err(Stop::Limit(
                "more text is put together than there is room for".to_owned(),
            ));
        }
        Ok(result)
    }
}

/// The node at a place.
pub(crate) fn node_at(program: &Program, place: Place) -> Option<&Node> {
    program
        .lists
        .get(place.list.0 as usize)?
        .nodes
        .get(place.index as usize)
}
