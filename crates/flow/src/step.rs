//! The interpreter: takes a conversation on from one event to the next.
//!
//! [`step`] is a function of its arguments. What the program wants done comes back as [`Effect`]s, what is needed to go on
//! later as [`State`]. Nothing that a program or a peer does makes it panic or run without end.

mod effect;
mod event;
mod heard;
mod history;
mod limits;
mod nodes;
mod path;
mod state;
mod trace;
mod walk;
mod world;

pub use effect::{Cause, Effect};
pub use event::{Event, HttpFailure, Message};
pub use state::{State, StateError};
pub use trace::{TraceLine, VariableChange};
pub use world::{CalendarAnswer, CalendarKey, Programs, World};

use heard::Heard;
use history::Side;
use state::{Call, CallKind, Waiting};
use walk::Walk;

/// What came of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Where the conversation stands now.
    pub state: State,
    /// What is to be done, in order.
    pub effects: Vec<Effect>,
}

/// Takes a conversation on by one event.
///
/// An event that means nothing to the state changes nothing. A state that doesn't fit the programs ends with
/// [`Cause::FlowErr`] and a sentence that says so.
#[must_use]
pub fn step(programs: &Programs, state: State, event: Event, world: &mut World<'_>) -> Step {
    let mut walk = Walk::new(programs, state, world);
    if let Err(error) = walk.state.check(programs) {
        walk.abandon(error.to_string());
    } else {
        take(&mut walk, event);
    }
    walk.run();
    if let Some(until) = walk.state.due() {
        let message = matches!(walk.state.waiting, Waiting::Message { .. });
        walk.effects.push(Effect::Wait { message, until });
    }
    Step {
        state: walk.state,
        effects: walk.effects,
    }
}

fn take(walk: &mut Walk<'_, '_, '_>, event: Event) {
    match (event, &walk.state.waiting) {
        (_, Waiting::Over) => {}
        (Event::Start { message, variables }, Waiting::Start) => start(walk, message.into(), variables),
        (Event::PeerLeft, _) if !walk.state.is_ending() => walk.end(Cause::PeerLeft, None),
        (Event::Start { .. } | Event::PeerLeft, _) | (_, Waiting::Start) => {}
        (Event::Message(message), _) => {
            walk.due();
            walk.run();
            hear(walk, message.into());
        }
        (Event::Time, _) => walk.due(),
        (Event::HttpAnswered { number, result }, Waiting::Http) if number == walk.state.http => walk.answered(result),
        (Event::HttpAnswered { .. }, _) => {}
    }
}

fn start(walk: &mut Walk<'_, '_, '_>, message: Heard, variables: Vec<(String, String)>) {
    walk.begin();
    walk.remember(Side::Peer, message.told());
    let (programs, root) = (walk.programs, crate::program::ListId(0));
    walk.state.waiting = Waiting::Nothing;
    if programs.own().lists.is_empty() {
        return walk.end(Cause::FlowEnd, None);
    }
    walk.state.calls.push(Call::new(CallKind::Program, None, root, 0));
    let first = message.origin(&message.text);
    for (name, text) in variables {
        if walk.give(&name, text).is_err() {
            return;
        }
    }
    walk.give_message("start_message", message.text, first);
}

fn hear(walk: &mut Walk<'_, '_, '_>, message: Heard) {
    if walk.state.is_ending() || walk.state.is_over() {
        return;
    }
    walk.remember(Side::Peer, message.told());
    match std::mem::replace(&mut walk.state.waiting, Waiting::Nothing) {
        Waiting::Message { pieces, .. } => walk.received(message, pieces),
        waiting => {
            walk.state.waiting = waiting;
            walk.keep(message);
        }
    }
}
