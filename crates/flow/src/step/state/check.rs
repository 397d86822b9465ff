//! Whether a stored state fits its program. What is stored may have been damaged, or belong to another program.

use super::{Call, CallKind, State, StateError, Waiting};
use crate::program::{Action, Place, Program};
use crate::step::Programs;
use crate::step::limits::{DEPTH, KEPT};

impl State {
    /// Refuses a state whose places its program doesn't have, or in which things stand where they cannot.
    pub(crate) fn check(&self, programs: &Programs) -> Result<(), StateError> {
        let misfit = |what| Err(StateError::Misfit(what));
        if matches!(self.waiting, Waiting::Start | Waiting::Over) {
            return if self.calls.is_empty() {
                Ok(())
            } else {
                misfit("it runs before its start or after its end")
            };
        }
        let Some((top, below)) = self.calls.split_last() else {
            return misfit("it waits nowhere");
        };
        if self.calls.len() > DEPTH as usize || self.kept.len() > KEPT {
            return misfit("it holds more than it may");
        }
        for (index, call) in self.calls.iter().enumerate() {
            let first = matches!(call.kind, CallKind::Program | CallKind::Disconnected);
            if (index == 0) != first || matches!(call.kind, CallKind::Disconnected) != (self.is_ending() && first) {
                return misfit("its calls are out of order");
            }
            fits(call, programs)?;
        }
        for (call, above) in below.iter().zip(&self.calls[1..]) {
            let action = action(call, programs);
            let right = match above.kind {
                CallKind::Function => matches!(action, Some(Action::Execute(_))) && above.flow == call.flow,
                CallKind::Flow => matches!(action, Some(Action::Schema(_))) && above.flow.is_some(),
                CallKind::Command(_) => matches!(action, Some(Action::Receive { .. })) && above.flow.is_none(),
                CallKind::Program | CallKind::Disconnected => false,
            };
            if !right {
                return misfit("a call stands behind another node than the one that makes it");
            }
        }
        let right = match self.waiting {
            Waiting::Message { .. } => matches!(action(top, programs), Some(Action::Receive { .. })),
            Waiting::Pause { .. } => matches!(action(top, programs), Some(Action::Sleep(_))),
            Waiting::Http => matches!(action(top, programs), Some(Action::Http(_))),
            Waiting::Start | Waiting::Nothing | Waiting::Over => false,
        };
        if right {
            Ok(())
        } else {
            misfit("it waits at a node that does not wait")
        }
    }
}

fn fits(call: &Call, programs: &Programs) -> Result<(), StateError> {
    let flow = call.flow.as_deref();
    let program = programs
        .get(flow)
        .ok_or_else(|| StateError::NoFlow(flow.unwrap_or_default().to_owned()))?;
    let places = call.rounds.iter().chain(&call.limits).map(|(place, _)| *place);
    let looped = call
        .rounds
        .iter()
        .all(|(place, _)| matches!(node_action(program, *place), Some(Action::While { .. })));
    if !looped
        || std::iter::once(call.place)
            .chain(places)
            .any(|place| node_action(program, place).is_none())
    {
        return Err(StateError::Misfit("it names a place that is not there"));
    }
    if call.below > DEPTH {
        return Err(StateError::Misfit("it is deeper than it may be"));
    }
    Ok(())
}

fn action<'p>(call: &Call, programs: &'p Programs) -> Option<&'p Action> {
    node_action(programs.get(call.flow.as_deref())?, call.place)
}

fn node_action(program: &Program, place: Place) -> Option<&Action> {
    let list = program.lists.get(place.list.0 as usize)?;
    list.nodes.get(place.index as usize).map(|node| &node.action)
}
