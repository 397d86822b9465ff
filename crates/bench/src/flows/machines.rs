//! The floor: what the programs do, written by hand in Rust.

pub mod echo;
pub mod shop;

use flow::{Effect, Event, Message};
use model::message::{Outbound, Part};

/// The moment at which everything happens, in milliseconds since 1970.
pub const NOW: i64 = 1_795_420_800_000;

/// A state machine that takes events and says what is to be done.
pub trait Machine {
    /// Takes an event.
    fn take(&mut self, event: Event) -> Vec<Effect>;
}

/// The words of a message, if the event is one.
fn words(event: Event) -> Option<String> {
    let (Event::Message(Message::Inbound(inbound))
    | Event::Start {
        message: Message::Inbound(inbound),
        ..
    }) = event
    else {
        return None;
    };
    inbound.parts.into_iter().next().and_then(|part| match part {
        Part::Text { text } => Some(text),
        _ => None,
    })
}

fn say(text: String) -> Effect {
    Effect::Send(Outbound {
        parts: vec![Part::Text { text }],
        ..Outbound::default()
    })
}

fn wait(seconds: i64) -> Effect {
    Effect::Wait {
        message: true,
        until: NOW + seconds * 1_000,
    }
}
