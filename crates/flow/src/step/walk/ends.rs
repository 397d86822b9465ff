//! How a conversation ends, and what is told of it on the way.

use super::Walk;
use crate::program::Node;
use crate::step::state::{Call, CallKind, Waiting};
use crate::step::trace::short;
use crate::step::{Cause, Effect, TraceLine};

impl Walk<'_, '_, '_> {
    /// Ends the conversation: from now on only the list `disconnected` runs, once.
    pub fn end(&mut self, cause: Cause, why: Option<String>) {
        let first = self.state.ended.is_none();
        self.close(cause, why);
        if let (true, Some(list)) = (first, self.programs.own().disconnected) {
            self.state.steps = 0;
            self.state.work = 0;
            self.scripts_before = self.world.scripts.spent();
            self.state.calls.push(Call::new(CallKind::Disconnected, None, list, 0));
            self.state.waiting = Waiting::Nothing;
        }
    }

    /// Ends the conversation at once, because its state does not fit.
    pub fn abandon(&mut self, why: String) {
        self.close(Cause::FlowErr, Some(why));
    }

    fn close(&mut self, cause: Cause, why: Option<String>) {
        self.close_line();
        self.state.calls.clear();
        self.state.kept.clear();
        self.state.waiting = Waiting::Over;
        if self.state.ended.is_none() {
            self.state.ended = Some(cause);
            self.effects.push(Effect::Close { cause, why });
        }
    }

    /// Ends the conversation because it goes beyond a limit.
    pub fn limit(&mut self, why: String) {
        if self.world.trace.is_some() {
            let path = self.path();
            let node = self.node().map(|node| node.name).unwrap_or_default();
            let line = self.line.get_or_insert_with(TraceLine::default);
            line.path = path;
            node.clone_into(&mut line.node);
            line.failed = Some(format!("{why}: the conversation ends"));
        }
        self.end(Cause::FlowErr, Some(why));
    }

    /// Tells that the node at which it stands could not do its work.
    pub fn fail(&mut self, why: &str) {
        let why = short(why);
        if let Some(line) = &mut self.line {
            line.failed = Some(why.clone());
        }
        let path = self.path();
        self.effects.push(Effect::Failed { path, why });
    }

    /// Begins to tell of a node, if anybody listens.
    pub fn open_line(&mut self, node: &Node) {
        self.close_line();
        if self.world.trace.is_some() {
            self.line = Some(TraceLine {
                path: self.path(),
                node: node.name.to_owned(),
                ..TraceLine::default()
            });
        }
    }

    /// Says what the node did. Nothing is put together for nobody.
    pub fn say(&mut self, did: impl FnOnce() -> String) {
        if let Some(line) = &mut self.line {
            line.did = short(&did());
        }
    }

    /// Tells what was said of the node.
    pub fn close_line(&mut self) {
        if let Some(line) = self.line.take()
            && let Some(tell) = &mut self.world.trace
        {
            tell(line);
        }
    }
}
