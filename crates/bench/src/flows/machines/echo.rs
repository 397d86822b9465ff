//! Repeats what is said.

use super::{Machine, say, wait, words};
use flow::{Effect, Event};

/// Knows only whether it was started.
#[derive(Debug, Default)]
pub struct Echo {
    started: bool,
}

impl Machine for Echo {
    fn take(&mut self, event: Event) -> Vec<Effect> {
        match words(event) {
            Some(said) if self.started => vec![say(said), wait(600)],
            _ => {
                self.started = true;
                vec![wait(600)]
            }
        }
    }
}
