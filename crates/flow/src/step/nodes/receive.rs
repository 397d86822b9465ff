//! `recvMessage`.

use crate::Template;
use crate::program::{Action, Number};
use crate::run::insert::{insert, number};
use crate::step::heard::Heard;
use crate::step::state::{CallKind, Pieces, Waiting};
use crate::step::trace::short;
use crate::step::walk::{Go, Stop, Walk};
use serde_json::Value as Json;

/// Seconds that are waited if the program names none.
const TIMEOUT: f64 = 600.0;

impl Walk<'_, '_, '_> {
    pub(super) fn receive(
        &mut self,
        set: &Template,
        timeout: Option<&Number>,
        message_timeout: Option<&Number>,
    ) -> Result<Go, Stop> {
        if self.state.is_ending() {
            return self.take_nothing(set);
        }
        // Both numbers must be some before anything is taken.
        for wait in [timeout, message_timeout].into_iter().flatten() {
            self.with(|scope| number(wait, scope))??;
        }
        self.listen(Pieces::default())
    }

    /// Takes kept messages, then waits, at the `recvMessage` at which it stands.
    pub fn listen(&mut self, mut pieces: Pieces) -> Result<Go, Stop> {
        while let Some(message) = self.state.kept.pop_front() {
            if self.command(&message, &mut pieces) {
                return Ok(Go::Here);
            }
            pieces.add(message);
            if !self.collects()? {
                return self.complete(&pieces);
            }
        }
        self.await_message(pieces)
    }

    /// A message came to the `recvMessage` at which it stands.
    pub fn received(&mut self, message: Heard, mut pieces: Pieces) {
        if let Some(node) = self.node() {
            self.open_line(node);
        }
        if self.command(&message, &mut pieces) {
            return;
        }
        pieces.add(message);
        let result = match self.collects() {
            Ok(true) => self.await_message(pieces),
            Ok(false) => self.complete(&pieces),
            Err(stop) => Err(stop),
        };
        self.settle(result);
    }

    /// Writes what was collected; the empty text if nothing was.
    pub fn complete(&mut self, pieces: &Pieces) -> Result<Go, Stop> {
        let Some(Action::Receive { set, delimiter, .. }) = self.node().map(|node| &node.action) else {
            return Ok(Go::Next);
        };
        let Some(first) = pieces.0.first() else {
            return self.take_nothing(set);
        };
        let (name, delimiter) = self.with(|scope| {
            let delimiter = delimiter
                .as_ref()
                .map(|delimiter| insert(delimiter, scope))
                .unwrap_or_default();
            (insert(set, scope), delimiter)
        })?;
        let text = if let [only] = pieces.0.as_slice() {
            only.text.clone()
        } else {
            let delimiter = if delimiter.is_empty() { " " } else { delimiter.as_str() };
            let texts: Vec<&str> = pieces.0.iter().map(|piece| piece.text.as_str()).collect();
            texts.join(delimiter)
        };
        self.say(|| format!("took “{}”", short(&text)));
        let origin = first.origin(&text);
        self.write_message(&name, text, origin)?;
        Ok(Go::Next)
    }

    fn take_nothing(&mut self, set: &Template) -> Result<Go, Stop> {
        let name = self.with(|scope| insert(set, scope))?;
        self.say(|| "no message came".to_owned());
        self.write(&name, Json::String(String::new()))?;
        Ok(Go::Next)
    }

    /// Runs the list of a command, if the message is one.
    fn command(&mut self, message: &Heard, pieces: &mut Pieces) -> bool {
        let Some(list) = self.programs.own().commands.get(message.text.as_str()) else {
            return false;
        };
        self.say(|| format!("took the command “{}”", short(&message.text)));
        self.close_line();
        self.call(CallKind::Command(std::mem::take(pieces)), None, *list);
        true
    }

    /// Whether it goes on collecting behind a message.
    fn collects(&self) -> Result<bool, Stop> {
        Ok(self.seconds(false)?.is_some_and(|seconds| seconds > 0.0))
    }

    fn await_message(&mut self, pieces: Pieces) -> Result<Go, Stop> {
        let seconds = if pieces.is_empty() {
            self.seconds(true)?.filter(|seconds| *seconds > 0.0).unwrap_or(TIMEOUT)
        } else {
            self.seconds(false)?.unwrap_or_default()
        };
        self.say(|| match pieces.0.len() {
            0 => format!("waits {seconds} s for a message"),
            count => format!("has {count} in hand and waits {seconds} s for more"),
        });
        let until = self.after(seconds * 1_000.0);
        self.wait(Waiting::Message { until, pieces });
        Ok(Go::Here)
    }

    /// Seconds that the node at which it stands waits for a first or for a further message.
    fn seconds(&self, first: bool) -> Result<Option<f64>, Stop> {
        let Some(Action::Receive {
            timeout,
            message_timeout,
            ..
        }) = self.node().map(|node| &node.action)
        else {
            return Ok(None);
        };
        let wait = if first { timeout } else { message_timeout };
        match wait {
            Some(wait) => Ok(Some(self.with(|scope| number(wait, scope))??)),
            None => Ok(None),
        }
    }
}
