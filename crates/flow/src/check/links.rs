//! Jumps and calls: whether what is meant exists.

use super::{Check, Context, quoted};
use crate::json::{At, Kind};
use crate::mistake::MistakeKind;
use crate::program::ScopeId;

impl Check<'_, '_> {
    /// Looks at every jump and every call, once all names are known.
    pub(super) fn links(&mut self, context: &Context<'_>) {
        for (scope, at) in std::mem::take(&mut self.jumps) {
            self.jump(scope, at);
        }
        for at in std::mem::take(&mut self.calls) {
            self.call(at);
        }
        self.flows_called(context);
    }

    fn jump(&mut self, scope: ScopeId, at: At) {
        let doc = self.doc;
        let Some(tag) = doc.text(at) else { return };
        if self.program.scopes[scope.0 as usize].tags.contains_key(tag) || self.is_full() {
            return;
        }
        let here = &self.program.scopes[scope.0 as usize].tags;
        let by = self.subject(at);
        let elsewhere = self.program.scopes.iter().any(|scope| scope.tags.contains_key(tag));
        let message = if elsewhere {
            format!(
                "The tag {} is outside: {by} finds a tag of the same program, the same function or the same list of a trigger only.",
                quoted(tag)
            )
        } else {
            let near = self.meant.of_unordered(tag, here.keys().map(AsRef::as_ref));
            let near = near.filter(|name| self.meant.is_close(tag, name));
            let hint = near.map_or_else(
                || format!("Give the node that is meant a \"tag\": {}.", quoted(tag)),
                |near| format!("Did you mean {}?", quoted(near)),
            );
            format!("No node has the tag {} that {by} goes to. {hint}", quoted(tag))
        };
        self.wrong(at, MistakeKind::MissingTag, message);
    }

    fn call(&mut self, at: At) {
        let doc = self.doc;
        let Some(name) = doc.text(at) else { return };
        if self.names.functions.contains_key(name) || self.is_full() {
            return;
        }
        let known = self.names.functions.keys().map(String::as_str);
        let hint = match self.meant.of_unordered(name, known) {
            Some(near) => format!(" The nearest name is {}.", quoted(near)),
            None if self.names.functions.is_empty() => " This program defines none.".to_owned(),
            None => String::new(),
        };
        let message = format!("There is no function {} in this program.{hint}", quoted(name));
        self.wrong(at, MistakeKind::MissingFunction, message);
    }

    fn flows_called(&mut self, context: &Context<'_>) {
        let mut rings = super::ring::Rings::new(context);
        for at in std::mem::take(&mut self.flows) {
            let id = self.scalar(at);
            match rings.follow(&id) {
                super::ring::Found::Fine => {}
                super::ring::Found::Nothing => {
                    let message = format!("There is no flow with the id {}.", quoted(&id));
                    self.wrong(at, MistakeKind::MissingFlow, message);
                }
                super::ring::Found::Ring(names) => {
                    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
                    let names = names.join(" → ");
                    let message = format!("These flows would call each other without end: {names}.");
                    let node = self.doc.item(at).parent;
                    self.wrong_name(node, MistakeKind::Ring, message);
                }
            }
        }
    }

    /// A text, or a number's text.
    pub(super) fn scalar(&self, at: At) -> String {
        match self.doc.kind(at) {
            Kind::Text(text) => text.as_ref().to_owned(),
            // `0.0 + …` makes a plain zero of the negative one.
            Kind::Number(number) => (0.0 + number).to_string(),
            _ => String::new(),
        }
    }
}
