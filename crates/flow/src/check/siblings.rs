//! The members of a node's object: its name, and what stands beside it.

use super::walk::Here;
use super::{Check, quoted};
use crate::catalogue::{LIMIT, SIBLINGS, Type};
use crate::json::{At, Kind};
use crate::mistake::MistakeKind;
use crate::program::Limit;
use std::collections::HashSet;

/// The names in a node's object.
#[derive(Default)]
pub(super) struct Names {
    /// All that are no sibling's.
    pub(super) nodes: Vec<At>,
    pub(super) breaks: Option<At>,
    pub(super) tag: Option<At>,
    pub(super) limit: Option<At>,
}

impl Check<'_, '_> {
    /// Sorts the members of a node's object. `break` is a node when it stands alone.
    pub(super) fn names(&self, at: At) -> Names {
        let mut names = Names::default();
        let mut seen = HashSet::new();
        for child in self.doc.children(at) {
            match self.doc.key(child) {
                "tag" => names.tag = Some(child),
                "break" => names.breaks = Some(child),
                "limit" => names.limit = Some(child),
                key if SIBLINGS.iter().any(|sibling| sibling.name == key) => {}
                // What stands twice is told as such, and is not two nodes.
                key if !seen.insert(key) => {}
                _ => names.nodes.push(child),
            }
        }
        if names.nodes.is_empty()
            && let Some(breaks) = names.breaks.take()
        {
            names.nodes.push(breaks);
        }
        names
    }

    pub(super) fn not_one(&self, names: &[At]) -> String {
        if names.is_empty() {
            return "There is no node in this object: it needs one, such as \"sendText\".".to_owned();
        }
        let all: Vec<String> = names.iter().take(5).map(|name| self.subject(*name)).collect();
        format!(
            "An object holds one node; this one has {}. Put each into an object of its own.",
            all.join(" and ")
        )
    }

    pub(super) fn tag(&mut self, at: At, here: Here) -> Option<Box<str>> {
        let doc = self.doc;
        let Some(text) = doc.text(at) else {
            if *doc.kind(at) != Kind::Null {
                self.mismatch_type(at, Type::Text);
            }
            return None;
        };
        if text.is_empty() {
            return None;
        }
        if self.names.tags.insert((here.scope.0, text.to_owned()), at).is_some() {
            let message = format!(
                "The tag {} stands at two nodes: a “goto” could not tell them apart.",
                quoted(text)
            );
            self.wrong(at, MistakeKind::Duplicate, message);
        }
        self.program.scopes[here.scope.0 as usize]
            .tags
            .insert(text.into(), here.place);
        Some(text.into())
    }

    /// Whether a flag is set.
    pub(super) fn flag(&mut self, at: At) -> bool {
        match self.doc.kind(at) {
            Kind::Bool(value) => *value,
            Kind::Null => false,
            _ => {
                self.mismatch_type(at, Type::Flag);
                false
            }
        }
    }

    pub(super) fn limit(&mut self, at: At, here: Here) -> Option<Limit> {
        match self.doc.kind(at) {
            Kind::Null => return None,
            Kind::Object => self.members(at, LIMIT, here),
            _ => self.mismatch(at, "an object: {\"max\": 3, \"failover\": \"tag\"}"),
        }
        self.build_limit(at)
    }
}
