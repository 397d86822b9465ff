//! The members of an object: what is missing, what does not exist, what each may be.

use super::walk::Here;
use super::{Check, nearest, quoted};
use crate::catalogue::{Need, Parameter, Type};
use crate::json::{At, Kind};
use crate::mistake::MistakeKind;

impl Check<'_, '_> {
    /// Looks at the members of an object.
    pub(super) fn members(&mut self, at: At, parameters: &'static [Parameter], here: Here) {
        let doc = self.doc;
        let mut unknown: Vec<At> = doc
            .children(at)
            .filter(|child| !parameters.iter().any(|parameter| parameter.name == doc.key(*child)))
            .collect();
        for parameter in parameters {
            if self.lacks(at, parameter, parameters) {
                self.missing(at, parameter, &mut unknown);
            }
        }
        for child in unknown {
            self.unknown_parameter(at, child, parameters);
        }
        for child in doc.children(at) {
            let parameter = parameters.iter().find(|parameter| parameter.name == doc.key(child));
            // `null` is how some programs write that a parameter is missing.
            if let Some(parameter) = parameter
                && *doc.kind(child) != Kind::Null
                && !self.left_empty(child, parameter)
            {
                self.value(child, parameter.kind, here);
            }
        }
    }

    /// Whether a variable that may be missing is an empty text, which is the same.
    fn left_empty(&self, at: At, parameter: &Parameter) -> bool {
        let optional = matches!(parameter.need, Need::Optional) && parameter.kind == Type::Variable;
        optional && self.doc.text(at) == Some("")
    }

    fn lacks(&self, at: At, parameter: &Parameter, parameters: &[Parameter]) -> bool {
        let there = |name: &str| self.argument_of(at, name).is_some();
        // An empty id is none.
        let takes_its_place = |other: &Parameter| {
            let found = self.argument_of(at, other.name);
            found.is_some_and(|found| other.kind != Type::Scalar || self.doc.text(found) != Some(""))
        };
        match parameter.need {
            Need::Required => !there(parameter.name),
            Need::Unless(others) => {
                let mut others = parameters.iter().filter(|other| others.contains(&other.name));
                !there(parameter.name) && !others.any(takes_its_place)
            }
            Need::Optional | Need::Ignored => false,
        }
    }

    /// A member that is there and not null.
    pub(super) fn argument_of(&self, at: At, name: &str) -> Option<At> {
        self.doc
            .get(at, name)
            .filter(|found| *self.doc.kind(*found) != Kind::Null)
    }

    /// A parameter that is missing; one whose name is nearly right is told as the same mistake.
    fn missing(&mut self, at: At, parameter: &Parameter, unknown: &mut Vec<At>) {
        if self.is_full() {
            return;
        }
        let doc = self.doc;
        let misspelt = unknown
            .iter()
            .take(nearest::MOST)
            .position(|child| self.meant.is_close(doc.key(*child), parameter.name))
            .map(|index| unknown.remove(index));
        let mut path = doc.path(at);
        crate::json::path::push_key(&mut path, parameter.name);
        let (name, expected) = (quoted(parameter.name), parameter.kind.expected());
        let of = self.subject(at);
        let mut message = format!("{of} needs {name}: {expected}. {}", parameter.doc);
        let mut bytes = doc.key_span(at);
        if doc.item(at).key.is_none() {
            bytes.end = bytes.start + 1;
        }
        if let Some(null) = doc.get(at, parameter.name) {
            bytes = doc.full_span(null);
        }
        if let Some(child) = misspelt {
            message = format!(
                "{of} has no {}; did you mean {name}? Expected: {expected}.",
                self.subject(child)
            );
            bytes = doc.key_span(child);
        }
        self.push(path, bytes, MistakeKind::MissingParameter, message);
    }

    fn unknown_parameter(&mut self, at: At, child: At, parameters: &'static [Parameter]) {
        if self.is_full() {
            return;
        }
        let known = || {
            parameters
                .iter()
                .filter(|parameter| parameter.need != Need::Ignored)
                .map(|p| p.name)
        };
        let word = self.doc.key(child);
        let near = self.meant.of(word, known());
        let behind = if let Some(near) = near.filter(|near| self.meant.is_close(word, near)) {
            format!("Did you mean {}?", quoted(near))
        } else {
            let all: Vec<String> = known().map(quoted).collect();
            format!("It has {}.", all.join(", "))
        };
        let message = format!("{} has no parameter {}. {behind}", self.subject(at), quoted(word));
        self.wrong_name(child, MistakeKind::UnknownParameter, message);
    }
}
