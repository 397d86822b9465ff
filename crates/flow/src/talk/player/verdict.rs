//! Whether what came of a talk is what its case tells.

use super::Player;
use crate::step::Cause;
use crate::talk::case::Expected;
use crate::talk::compare::{contains, same};
use crate::talk::item::Item;
use crate::talk::{Difference, stub};

impl Player<'_> {
    /// Compares what was sent with what an `out` tells.
    pub(super) fn told(&mut self, told: &[Item]) -> Result<(), Difference> {
        let sent = std::mem::take(&mut self.sent);
        for (index, told) in told.iter().enumerate() {
            let what = format!("item {} of what was sent", index + 1);
            match sent.get(index) {
                Some(sent) if sent.is_told_by(told) => {}
                Some(sent) => return Err(Difference::of(what).expecting(json(told), json(sent))),
                None => return Err(Difference::of(what).expecting(json(told), self.silence())),
            }
        }
        match sent.get(told.len()) {
            Some(more) => Err(Difference::of("more was sent than told").expecting("nothing more", json(more))),
            None => Ok(()),
        }
    }

    /// Why nothing was sent, in words.
    fn silence(&self) -> String {
        match (self.state.ended(), &self.why, self.failures.last()) {
            (Some(cause), Some(why), _) => format!("nothing; the conversation ended with {cause}: {why}"),
            (Some(cause), None, _) => format!("nothing; the conversation ended with {cause}"),
            (None, _, Some((path, why))) => format!("nothing; the last failure was {path}: {why}"),
            (None, _, None) => "nothing".to_owned(),
        }
    }

    pub(super) fn nothing_left(&self) -> Result<(), Difference> {
        match self.sent.first() {
            Some(item) => {
                Err(Difference::of("something was sent that no `out` tells").expecting("nothing", json(item)))
            }
            None => Ok(()),
        }
    }

    pub(super) fn end(&self) -> Result<(), Difference> {
        let Some(told) = &self.talk.ends else { return Ok(()) };
        let ended = self
            .state
            .ended()
            .map_or_else(|| "waiting".to_owned(), |cause: Cause| cause.to_string());
        if !["flow_end", "flow_err", "peer_left", "waiting"].contains(&told.as_str()) {
            return Err(Difference::of(format!(
                "a talk ends with flow_end, flow_err, peer_left or waiting, not {told}"
            )));
        }
        if *told == ended {
            return Ok(());
        }
        let why = self.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        Err(Difference::of("how the conversation ended").expecting(told.as_str(), format!("{ended}{why}")))
    }

    pub(super) fn variables(&self) -> Result<(), Difference> {
        for (path, expected) in &self.talk.vars {
            let text = self.state.variables().text(path);
            let (fits, told) = match expected {
                Expected::Text(told) => (text == told.as_str(), format!("{told:?}")),
                Expected::Json(told) => {
                    let fits = serde_json::from_str(&text).is_ok_and(|value| same(told, &value));
                    (fits, format!("the JSON {told}"))
                }
                Expected::Contains(pieces) => (contains(&text, pieces), format!("{pieces:?} in this order")),
            };
            if !fits {
                return Err(Difference::of(format!("the variable {path}")).expecting(told, format!("{text:?}")));
            }
        }
        Ok(())
    }

    pub(super) fn lists(&self) -> Result<(), Difference> {
        if let Some(told) = &self.talk.requests {
            for (index, request) in self.requests.iter().enumerate() {
                let what = format!("request {}", index + 1);
                let Some(told) = told.get(index) else {
                    return Err(Difference::of(what).expecting("none", stub::told(request)));
                };
                if let Some(other) = told.difference(request) {
                    let expected = format!("{} {}", told.method, told.url);
                    return Err(Difference::of(format!("{what}: {other}")).expecting(expected, stub::told(request)));
                }
            }
            if let Some(missing) = told.get(self.requests.len()) {
                let expected = format!("{} {}", missing.method, missing.url);
                return Err(Difference::of("a request was not made").expecting(expected, "nothing"));
            }
        }
        if let Some(told) = &self.talk.log
            && *told != self.log
        {
            return Err(Difference::of("the log").expecting(format!("{told:?}"), format!("{:?}", self.log)));
        }
        let paths: Vec<&str> = self.failures.iter().map(|(path, _)| path.as_str()).collect();
        if self.talk.failures != paths {
            let got: Vec<String> = self
                .failures
                .iter()
                .map(|(path, why)| format!("{path} ({why})"))
                .collect();
            return Err(Difference::of("the nodes that failed")
                .expecting(format!("{:?}", self.talk.failures), format!("[{}]", got.join(", "))));
        }
        Ok(())
    }
}

fn json(item: &Item) -> String {
    serde_json::to_string(item).unwrap_or_default()
}
