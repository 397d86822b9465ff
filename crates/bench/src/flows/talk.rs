//! Conversations with the interpreter and with the state machine of the same program.

use super::interpreter::{Interpreter, start_variables};
use super::machines::{
    Machine,
    echo::Echo,
    shop::{Place, Shop},
};
use super::programs;
use crate::failure::Fallible;
use flow::run::Engine;
use flow::{Context, Effect, Event, Message, Program, Programs, State};
use model::message::{Inbound, Part};
use serde_json::Value;
use std::{
    fmt,
    hint::black_box,
    sync::Arc,
    time::{Duration, Instant},
};

/// Messages of a conversation that is short enough for any limit of jumps.
const MESSAGES: usize = 500;
/// Messages of a conversation with scripts, each of which takes far longer.
const MESSAGES_WITH_SCRIPTS: usize = 50;
/// Sections of the shop, which make 300 nodes.
const SECTIONS: usize = 13;

/// A conversation.
pub struct Talk {
    /// What it is.
    pub title: &'static str,
    programs: Programs,
    nodes: usize,
    said: Vec<String>,
    machine: fn() -> Box<dyn Machine>,
}

impl fmt::Debug for Talk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Talk")
            .field("title", &self.title)
            .finish_non_exhaustive()
    }
}

/// All talks; the first is the echo.
///
/// # Errors
///
/// If a program is refused.
pub fn all() -> Fallible<Vec<Talk>> {
    let echo = || Box::new(Echo::default()) as Box<dyn Machine>;
    let shop = || {
        let place = Place::default();
        Box::new(Shop {
            sections: SECTIONS,
            place,
            peer: String::new(),
        }) as Box<dyn Machine>
    };
    Ok(vec![
        Talk::new("echo", &programs::echo(), chatter(MESSAGES), echo)?,
        Talk::new(
            "echo behind three plain `if`",
            &programs::echo_with_conditions(),
            chatter(MESSAGES),
            echo,
        )?,
        Talk::new("shop", &programs::shop(SECTIONS), choices(MESSAGES), shop)?,
        Talk::new(
            "echo behind an `if` that calls JavaScript",
            &programs::echo_with_script(),
            chatter(MESSAGES_WITH_SCRIPTS),
            echo,
        )?,
    ])
}

/// Checks a program as it is checked before it is saved.
///
/// # Errors
///
/// If it has mistakes.
pub fn parse(text: &str) -> Fallible<Program> {
    flow::parse(text, &Context::default()).map_err(|mistakes| format!("a program is refused: {mistakes:?}").into())
}

/// Short messages.
fn chatter(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("Where is my order {number}?"))
        .collect()
}

/// Ways through the shop, one in ten of them astray.
fn choices(count: usize) -> Vec<String> {
    let start = std::iter::once("Hello".to_owned());
    let rounds = (0..count).flat_map(|round| {
        let section = format!("s{}", 1 + round * 5 % SECTIONS);
        let item = if round % 10 == 9 {
            "a teapot".to_owned()
        } else {
            format!("i{}", 1 + round * 3 % 4)
        };
        [section, item]
    });
    start.chain(rounds).take(count).collect()
}

impl Talk {
    fn new(
        title: &'static str,
        program: &Value,
        said: Vec<String>,
        machine: fn() -> Box<dyn Machine>,
    ) -> Fallible<Self> {
        let program = parse(&program.to_string())?;
        let nodes = program.lists.iter().map(|list| list.nodes.len()).sum();
        Ok(Self {
            title,
            programs: Programs::new(Arc::new(program)),
            nodes,
            said,
            machine,
        })
    }

    /// Nodes of the program.
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// Messages of the conversation.
    pub fn messages(&self) -> usize {
        self.said.len()
    }

    /// The events, the first with the variables that every conversation starts with.
    pub fn events(&self) -> Vec<Event> {
        let message = |text: &String| Message::Inbound(Inbound::of(Part::text(text.clone())));
        let mut events: Vec<Event> = self.said.iter().map(|text| Event::Message(message(text))).collect();
        if let Some(first) = events.first_mut()
            && let Some(text) = self.said.first()
        {
            *first = Event::Start {
                message: message(text),
                variables: start_variables(),
            };
        }
        events
    }

    /// How long the state machine takes.
    pub fn of_machine(&self) -> Duration {
        let mut machine = (self.machine)();
        timed(self.events(), |event| machine.take(event))
    }

    /// How long the interpreter takes.
    pub fn of_interpreter(&self, scripts: &Engine) -> Duration {
        let mut interpreter = Interpreter::new(&self.programs, scripts);
        timed(self.events(), |event| interpreter.take(event))
    }

    /// How long the interpreter takes with a state that is stored as JSON in between.
    pub fn of_kept(&self, scripts: &Engine) -> Duration {
        let mut interpreter = Interpreter::new(&self.programs, scripts);
        let mut stored = State::new().to_json();
        timed(self.events(), |event| {
            interpreter.state = State::from_json(&stored).unwrap_or_default();
            let effects = interpreter.take(event);
            stored = interpreter.state.to_json();
            effects
        })
    }

    /// Sees that both say the same, to the last effect, and that a stored state makes no difference.
    ///
    /// # Errors
    ///
    /// If they don't.
    pub fn compare(&self, scripts: &Engine) -> Fallible<()> {
        let mut machine = (self.machine)();
        let mut interpreter = Interpreter::new(&self.programs, scripts);
        for (event, said) in self.events().into_iter().zip(&self.said) {
            interpreter.state = State::from_json(&interpreter.state.to_json())?;
            let (wanted, effects) = (machine.take(event.clone()), interpreter.take(event));
            if effects != wanted {
                return Err(format!(
                    "{}: “{said}” is answered with {effects:?} instead of {wanted:?}",
                    self.title
                )
                .into());
            }
        }
        Ok(())
    }

    /// Nodes that run for one message.
    pub fn nodes_a_message(&self, scripts: &Engine) -> f64 {
        let mut interpreter = Interpreter::new(&self.programs, scripts);
        let mut lines = 0;
        for event in self.events() {
            lines += interpreter.count(event);
        }
        // A message that comes has a line of its own at the node that waited for it.
        float(lines - (self.messages() - 1)) / float(self.messages())
    }

    /// The interpreter with this program.
    pub fn interpreter<'a>(&'a self, scripts: &'a Engine) -> Interpreter<'a> {
        Interpreter::new(&self.programs, scripts)
    }
}

/// A number that is no count of anything large.
pub fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn timed(events: Vec<Event>, mut take: impl FnMut(Event) -> Vec<Effect>) -> Duration {
    let started = Instant::now();
    for event in events {
        black_box(take(event));
    }
    started.elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_state_machine_says_what_its_program_says() {
        let scripts = Engine::new();
        for talk in all().unwrap() {
            talk.compare(&scripts).unwrap();
        }
    }

    #[test]
    fn another_answer_is_noticed() {
        let machine = || Box::new(Echo::default()) as Box<dyn Machine>;
        let deaf = serde_json::json!([{ "recvMessage": { "set": "said" } }, { "sendText": "What?" }]);
        let talk = Talk::new("deaf", &deaf, chatter(2), machine).unwrap();
        assert!(talk.compare(&Engine::new()).is_err());
    }

    #[test]
    fn the_shop_has_300_nodes_and_an_echo_runs_three_a_message() {
        let talks = all().unwrap();
        assert_eq!(talks[2].nodes(), 300);
        let nodes = talks[0].nodes_a_message(&Engine::new());
        assert!((nodes - 3.0).abs() < 0.01, "{nodes}");
    }
}
