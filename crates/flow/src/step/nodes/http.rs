//! `httpRequest`.

use crate::program::{Action, Http};
use crate::run::HttpAnswer;
use crate::run::functions::{answer, request};
use crate::run::insert::insert;
use crate::step::state::Waiting;
use crate::step::walk::{Go, Stop, Walk};
use crate::step::{Effect, HttpFailure};
use serde_json::Value as Json;

impl Walk<'_, '_, '_> {
    pub(super) fn http(&mut self, http: &Http) -> Result<Go, Stop> {
        match self.with(|scope| request::request(http, scope))? {
            Ok(request) => {
                self.state.http += 1;
                self.say(|| format!("calls {} {}", request.method, crate::step::trace::short(&request.url)));
                self.effects.push(Effect::CallHttp {
                    number: self.state.http,
                    request,
                });
                self.state.waiting = Waiting::Http;
                Ok(Go::Here)
            }
            Err(error) => {
                self.write_status(http, String::new())?;
                Err(Stop::Failed(error.to_string()))
            }
        }
    }

    /// The call that was made came to its end.
    pub fn answered(&mut self, result: Result<HttpAnswer, HttpFailure>) {
        let Some(node) = self.node() else { return };
        let Action::Http(http) = &node.action else { return };
        self.state.waiting = Waiting::Nothing;
        self.open_line(node);
        let result = self.take_answer(http, result);
        self.settle(result);
    }

    fn take_answer(&mut self, http: &Http, result: Result<HttpAnswer, HttpFailure>) -> Result<Go, Stop> {
        let answer = match result {
            Ok(answer) => answer,
            Err(failure) => {
                self.write_status(http, String::new())?;
                return Err(Stop::Failed(failure.to_string()));
            }
        };
        self.write_status(http, answer.status.to_string())?;
        self.say(|| format!("the answer is {}", answer.status));
        let exports = self.with(|scope| answer::exports(http, &answer, scope))?;
        let mut values = exports.map_err(|error| Stop::Failed(error.to_string()))?;
        if let (Some(name), Some(cookies)) = (&http.export_cookie, answer::cookies(&answer.cookies)) {
            values.push((self.with(|scope| insert(name, scope))?, Json::String(cookies)));
        }
        self.write_all(values)?;
        Ok(Go::Next)
    }

    fn write_status(&mut self, http: &Http, status: String) -> Result<(), Stop> {
        let Some(name) = &http.response_code else { return Ok(()) };
        let name = self.with(|scope| insert(name, scope))?;
        self.write(&name, Json::String(status))
    }
}
