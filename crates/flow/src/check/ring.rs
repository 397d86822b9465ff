//! Flows that call each other: whether a call ever comes back to where it began.

use super::{Called, Context};
use std::collections::{HashMap, HashSet};

/// What a call leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It ends.
    Fine,
    /// There is no such flow.
    Nothing,
    /// It never ends: the flows of the ring by name, the first again at the end.
    Ring(Vec<String>),
}

/// Follows calls; no flow is looked up twice.
pub(super) struct Rings<'a> {
    context: Context<'a>,
    known: HashMap<String, Option<Called>>,
    /// Flows that lead to no ring.
    fine: HashSet<String>,
}

impl<'a> Rings<'a> {
    pub(super) fn new(context: &Context<'a>) -> Self {
        Self {
            context: *context,
            known: HashMap::new(),
            fine: HashSet::new(),
        }
    }

    /// Follows the call of a flow by the program that is checked.
    pub(super) fn follow(&mut self, id: &str) -> Found {
        if self.context.id == Some(id) {
            let name = self.name(id);
            return Found::Ring(vec![name.clone(), name]);
        }
        if self.context.flows.is_none() {
            return Found::Fine;
        }
        if self.find(id).is_none() {
            return Found::Nothing;
        }
        // Each flow on the way, and how many of its calls were followed.
        let mut way: Vec<(String, usize)> = vec![(id.to_owned(), 0)];
        while let Some((current, followed)) = way.last_mut() {
            let (current, index) = (current.clone(), *followed);
            *followed += 1;
            let next = self.find(&current).and_then(|flow| flow.calls.get(index).cloned());
            let Some(next) = next else {
                way.pop();
                self.fine.insert(current);
                continue;
            };
            if let Some(ring) = self.ring(&way, &next) {
                return Found::Ring(ring);
            }
            if !self.fine.contains(&next) && self.find(&next).is_some() {
                way.push((next, 0));
            }
        }
        Found::Fine
    }

    /// The ring that a further call closes, if it does.
    fn ring(&mut self, way: &[(String, usize)], next: &str) -> Option<Vec<String>> {
        let own = self.context.id == Some(next);
        let from = way.iter().position(|(id, _)| id == next);
        let start = if own { 0 } else { from? };
        let mut names: Vec<String> = way[start..].iter().map(|(id, _)| self.name(id)).collect();
        let closing = self.name(next);
        if own {
            names.insert(0, closing.clone());
        }
        names.push(closing);
        Some(names)
    }

    fn find(&mut self, id: &str) -> Option<&Called> {
        if !self.known.contains_key(id) {
            let found = self.context.flows.and_then(|flows| flows.find(id));
            self.known.insert(id.to_owned(), found);
        }
        self.known.get(id).and_then(Option::as_ref)
    }

    fn name(&mut self, id: &str) -> String {
        let own = self.context.id == Some(id);
        match self.find(id) {
            Some(flow) => flow.name.clone(),
            None if own => "this flow".to_owned(),
            None => id.to_owned(),
        }
    }
}
