//! One conversation with the interpreter.

use super::machines::NOW;
use flow::run::{Engine, Globals};
use flow::{CalendarAnswer, Effect, Event, Programs, State, World};
use std::mem;

/// What chance says; no program asks for it.
const RANDOM: u64 = 4;

/// What the server gives every conversation.
pub fn start_variables() -> Vec<(String, String)> {
    let pairs = [
        ("uuid", "0d2f6a52-7b1c-4c55-9a51-3f1c2f6e9b10"),
        ("gateway_id", "7"),
        ("gateway_name", "Support bot"),
        ("provider", "telegram_bot"),
        ("peer_id", "501"),
        ("peer_name", "Olena"),
    ];
    pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).into()
}

/// One conversation with the interpreter.
pub struct Interpreter<'a> {
    programs: &'a Programs,
    scripts: &'a Engine,
    globals: Globals,
    /// Where it stands.
    pub state: State,
}

impl<'a> Interpreter<'a> {
    /// A conversation that has not begun.
    pub fn new(programs: &'a Programs, scripts: &'a Engine) -> Self {
        Self {
            programs,
            scripts,
            globals: Globals::new(),
            state: State::new(),
        }
    }

    /// Takes an event.
    pub fn take(&mut self, event: Event) -> Vec<Effect> {
        let mut random = || RANDOM;
        let mut world = world(self.scripts, &self.globals, &mut random);
        let step = flow::step(self.programs, mem::take(&mut self.state), event, &mut world);
        self.state = step.state;
        step.effects
    }

    /// Takes an event, and says how many lines its trace has.
    pub fn count(&mut self, event: Event) -> usize {
        let mut lines = 0;
        let mut random = || RANDOM;
        let mut count = |_| lines += 1;
        let mut world = world(self.scripts, &self.globals, &mut random);
        world.trace = Some(&mut count);
        self.state = flow::step(self.programs, mem::take(&mut self.state), event, &mut world).state;
        lines
    }
}

/// The same world for everybody, without a trace.
fn world<'w>(scripts: &'w Engine, globals: &'w Globals, random: &'w mut dyn FnMut() -> u64) -> World<'w> {
    World {
        now: NOW,
        zone: "Europe/Kyiv",
        random,
        globals,
        calendars: &|_| CalendarAnswer::None,
        scripts,
        trace: None,
    }
}
