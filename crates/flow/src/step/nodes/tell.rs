//! `log`, `sleep` and `chatHistory`.

use crate::Template;
use crate::program::Number;
use crate::run::insert::{insert, number};
use crate::step::Effect;
use crate::step::heard::cut;
use crate::step::history::MOST;
use crate::step::limits::LONGEST_WAIT;
use crate::step::state::Waiting;
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};
use serde_json::Value as Json;

/// The longest line that `log` writes, in bytes.
const LONGEST_LINE: usize = 65_536;

impl Walk<'_, '_, '_> {
    pub(super) fn log(&mut self, text: &Template) -> Result<Go, Stop> {
        let text = cut(self.with(|scope| insert(text, scope))?, LONGEST_LINE);
        self.speak(text.len())?;
        self.say(|| short(&text));
        self.effects.push(Effect::Log(text));
        Ok(Go::Next)
    }

    pub(super) fn sleep(&mut self, pause: &Number) -> Result<Go, Stop> {
        let pause = self.with(|scope| number(pause, scope))??;
        if pause <= 0.0 || self.state.is_ending() {
            self.say(|| "does not pause".to_owned());
            return Ok(Go::Next);
        }
        self.say(|| format!("pauses {pause} ms"));
        let until = self.after(pause);
        self.wait(Waiting::Pause { until });
        Ok(Go::Here)
    }

    pub(super) fn history(&mut self, variable: &Template, html: bool, limit: Option<&Number>) -> Result<Go, Stop> {
        let limit = match limit {
            Some(limit) => self.with(|scope| number(limit, scope))??,
            None => 0.0,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast from a float saturates"
        )]
        let last = if limit < 1.0 { MOST } else { limit as usize };
        let variables = &self.state.variables;
        let told = self.state.history.told(
            last,
            html,
            &variables.text("peer_name"),
            &variables.text("gateway_name"),
        );
        self.put(variable, Json::String(told))
    }

    /// The moment so many milliseconds from now.
    pub(super) fn after(&self, milliseconds: f64) -> i64 {
        #[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
        let milliseconds = milliseconds.min(LONGEST_WAIT).ceil() as i64;
        self.world.now.saturating_add(milliseconds)
    }

    /// Waits. Steps are counted anew behind it.
    pub(super) fn wait(&mut self, waiting: Waiting) {
        self.state.steps = 0;
        self.state.work = 0;
        self.state.waiting = waiting;
    }
}
