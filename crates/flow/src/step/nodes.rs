//! What each node does.

mod branch;
mod call;
mod compute;
mod http;
mod receive;
mod send;
mod tell;
mod values;

use super::state::Waiting;
use super::walk::{Go, Stop, Walk};
use crate::program::{Action, Node, Place, Program};
use crate::run::LocalClock;

impl<'p, 'w> Walk<'p, '_, 'w> {
    /// Does the work of a node.
    pub fn perform(&mut self, program: &'p Program, node: &'p Node, place: Place) -> Result<Go, Stop> {
        match &node.action {
            Action::Receive {
                set,
                timeout,
                message_timeout,
                ..
            } => self.receive(set, timeout.as_ref(), message_timeout.as_ref()),
            Action::Send(send) => self.send(send),
            Action::SendAction(action) => self.send_action(action),
            Action::If {
                expression,
                then,
                otherwise,
            } => self.branch(expression, *then, *otherwise),
            Action::Switch {
                variable,
                cases,
                default,
            } => self.switch(variable, cases, *default),
            Action::Set(values) => self.set(values),
            Action::Unset(names) => self.unset(names),
            Action::While { body, .. } => self.first_round(program, place, *body),
            Action::Goto(tag) => self.goto(program, tag),
            Action::Break => {
                self.say(|| "ends the run".to_owned());
                Ok(Go::Break)
            }
            Action::Define => Ok(Go::Next),
            Action::Execute(name) => self.execute(program, name),
            Action::Schema(id) => self.schema(id),
            Action::Sleep(pause) => self.sleep(pause),
            Action::Js { data, set_var } => self.js(data, set_var.as_ref()),
            Action::Http(http) => self.http(http),
            Action::Text {
                function,
                data,
                arguments,
                set_var,
            } => self.string(function, data, arguments, set_var),
            Action::Math {
                function,
                data,
                set_var,
            } => self.math(function.as_ref(), data, set_var),
            Action::Calendar {
                calendar,
                set_var,
                extended,
            } => self.calendar(calendar, set_var, *extended),
            Action::Classify(classifier) => self.classify(classifier),
            Action::History { variable, html, limit } => self.history(variable, *html, limit.as_ref()),
            Action::Log(text) => self.log(text),
            Action::Close => {
                self.say(|| "ends the conversation".to_owned());
                Ok(Go::Close)
            }
        }
    }

    /// The clock that scripts see.
    pub fn clock(&self) -> LocalClock<'w> {
        LocalClock::new(self.world.now, self.world.zone)
    }

    /// What is due by now happens: a pause or a wait for a message comes to its end.
    pub fn due(&mut self) {
        if self.state.due().is_none_or(|until| until > self.world.now) {
            return;
        }
        if let Some(node) = self.node() {
            self.open_line(node);
        }
        match std::mem::replace(&mut self.state.waiting, Waiting::Nothing) {
            Waiting::Message { pieces, .. } => {
                let result = self.complete(&pieces);
                self.settle(result);
            }
            Waiting::Pause { .. } => {
                self.say(|| "the pause is over".to_owned());
                self.settle(Ok(Go::Next));
            }
            waiting => self.state.waiting = waiting,
        }
    }
}
