//! Flow schemas: the interpreter and the check, in this process, on one core, beside floors of the same run.
//!
//! A message is one call of [`flow::step`] with its event; the events are made before the clock runs. The floor of a talk
//! is a state machine written by hand that gives the same effects for the same events, which is looked at first.

pub mod allocations;
mod check;
mod interpreter;
mod machines;
mod programs;
mod stored;
mod talk;
mod turns;

use crate::{failure::Fallible, latencies::Latencies, scale::Scale};
pub use allocations::Allocations;
pub use check::Checked;
use flow::run::Engine;
pub use stored::Stored;
use talk::Talk;

/// Everything that was measured about flows.
#[derive(Clone, Debug)]
pub struct Flows {
    /// Conversations; the first is the echo of the aim.
    pub talks: Vec<Spoken>,
    /// How large stored states are: at the beginning, and with ten variables.
    pub stored: [Stored; 2],
    /// How long the check takes: of a program that is right, and of one full of mistakes.
    pub checked: [Checked; 2],
}

/// What one talk has measured.
#[derive(Clone, Debug)]
pub struct Spoken {
    /// What it is.
    pub title: &'static str,
    /// Nodes of its program.
    pub nodes: usize,
    /// Nodes that run for one message.
    pub nodes_a_message: f64,
    /// Messages of one repetition.
    pub messages: usize,
    /// The state machine.
    pub floor: Latencies,
    /// The interpreter, whose state stays in memory.
    pub interpreter: Latencies,
    /// The interpreter, whose state is read before each message and written behind it.
    pub kept: Latencies,
    /// What the interpreter allocates.
    pub allocations: Allocations,
}

impl Spoken {
    /// Messages in a second, by the median of the repetitions.
    #[must_use]
    pub fn per_second(&self, latencies: &Latencies) -> f64 {
        talk::float(self.messages) / latencies.median().as_secs_f64().max(f64::MIN_POSITIVE)
    }
}

/// Measures everything.
///
/// # Errors
///
/// If a state machine answers otherwise than its program, or a program is refused.
pub fn measure(scale: Scale) -> Fallible<Flows> {
    let scripts = Engine::new();
    let counted = allocations::ask()?;
    let mut talks = Vec::new();
    for (talk, allocations) in talk::all()?.into_iter().zip(counted) {
        talks.push(speak(&talk, allocations, &scripts, scale)?);
    }
    Ok(Flows {
        talks,
        stored: stored::measure()?,
        checked: check::measure(scale)?,
    })
}

fn speak(talk: &Talk, allocations: Allocations, scripts: &Engine, scale: Scale) -> Fallible<Spoken> {
    talk.compare(scripts)?;
    let [floor, interpreter, kept] = turns::take(
        scale,
        [
            &mut || talk.of_machine(),
            &mut || talk.of_interpreter(scripts),
            &mut || talk.of_kept(scripts),
        ],
    );
    Ok(Spoken {
        title: talk.title,
        nodes: talk.nodes(),
        nodes_a_message: talk.nodes_a_message(scripts),
        messages: talk.messages(),
        floor,
        interpreter,
        kept,
        allocations,
    })
}
