//! Goes through lists and nodes, in the program's order.

use super::{Check, MAX_LISTS_DEEP, MAX_NODES, quoted};
use crate::catalogue::{self, Argument, NodeSpec, Type};
use crate::json::{At, Kind};
use crate::mistake::MistakeKind;
use crate::program::{Action, List, ListId, Node, Place, Scope, ScopeId};

/// Where a value is looked at.
#[derive(Clone, Copy)]
pub(super) struct Here {
    /// The node whose argument it is in.
    pub(super) place: Place,
    pub(super) scope: ScopeId,
    /// How many lists are around it.
    pub(super) depth: usize,
    /// Whether lists begin a scope of their own.
    pub(super) definition: bool,
}

/// What a list has to know about a node.
struct Seen {
    node: Option<Node>,
    /// Its name, if it is a node.
    name: Option<At>,
    definition: bool,
    tagged: bool,
    /// Whether what follows is never reached.
    ends: bool,
}

impl Check<'_, '_> {
    /// Looks at the whole program.
    pub(super) fn program(&mut self) {
        if *self.doc.kind(At::ROOT) == Kind::List {
            let scope = self.scope();
            self.list(At::ROOT, scope, None, 0);
        } else {
            let found = self.found(At::ROOT);
            let message = format!("A program is a list of nodes: [ … ]; this is {found}.");
            self.wrong(At::ROOT, MistakeKind::Shape, message);
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "there are at most as many scopes as nodes"
    )]
    pub(super) fn scope(&mut self) -> ScopeId {
        let id = ScopeId(self.program.scopes.len() as u32);
        self.program.scopes.push(Scope::default());
        id
    }

    /// Looks at a list of nodes.
    pub(super) fn list(&mut self, at: At, scope: ScopeId, holder: Option<Place>, depth: usize) {
        if *self.doc.kind(at) != Kind::List {
            return self.mismatch_type(at, Type::Nodes);
        }
        if depth == MAX_LISTS_DEEP {
            let message = format!("Lists of nodes may be nested {MAX_LISTS_DEEP} deep; this one is deeper.");
            return self.wrong(at, MistakeKind::Limit, message);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "there are fewer lists than values of a text"
        )]
        let list = ListId(self.program.lists.len() as u32);
        self.lists.insert(at, list);
        self.program.lists.push(List {
            nodes: Vec::new(),
            scope,
            holder,
            path: self.doc.path(at).into(),
        });
        let doc = self.doc;
        let mut stretch = Stretch::Reached;
        for (index, child) in (0..).zip(doc.children(at)) {
            self.nodes += 1;
            if self.nodes > MAX_NODES {
                if self.nodes == MAX_NODES + 1 {
                    let message = format!("A program has at most {MAX_NODES} nodes; from here on there are more.");
                    self.wrong(child, MistakeKind::Limit, message);
                }
                return;
            }
            let here = Here {
                place: Place { list, index },
                scope,
                depth: depth + 1,
                definition: false,
            };
            let seen = self.node(child, here);
            stretch = self.reach(stretch, &seen);
            self.program.lists[list.0 as usize].nodes.extend(seen.node);
        }
    }

    /// Follows whether nodes are reached; the first that isn't is told.
    fn reach(&mut self, before: Stretch, seen: &Seen) -> Stretch {
        let now = if seen.tagged { Stretch::Reached } else { before };
        if seen.definition {
            return now;
        }
        match (now, seen.name) {
            (Stretch::Reached, _) if seen.ends => Stretch::Lost,
            (Stretch::Lost, Some(name)) => {
                let message = format!(
                    "{} is never reached: the run ends before it. Remove it, or give it a “tag” that a “goto” goes to.",
                    self.subject(name)
                );
                self.wrong_name(name, MistakeKind::Unreachable, message);
                Stretch::Told
            }
            _ => now,
        }
    }

    fn node(&mut self, at: At, here: Here) -> Seen {
        let mut seen = Seen {
            node: None,
            name: None,
            definition: false,
            tagged: false,
            ends: false,
        };
        if *self.doc.kind(at) != Kind::Object {
            let found = self.found(at);
            let message = format!("A node is an object such as {{\"sendText\": \"Hello\"}}; this is {found}.");
            self.wrong(at, MistakeKind::Shape, message);
            return seen;
        }
        let names = self.names(at);
        let tag = names.tag.and_then(|tag| self.tag(tag, here));
        seen.tagged = tag.is_some();
        let breaks = names.breaks.is_some_and(|breaks| self.flag(breaks));
        let limit = names.limit.and_then(|limit| self.limit(limit, here));
        let name = match names.nodes.as_slice() {
            [name] => *name,
            other => {
                let message = self.not_one(other);
                self.wrong(at, MistakeKind::Shape, message);
                seen.ends = breaks;
                return seen;
            }
        };
        let word = self.doc.key(name);
        seen.ends = breaks || matches!(word, "break" | "close");
        let Some(spec) = catalogue::node(word) else {
            self.unknown_node(name);
            return seen;
        };
        seen.name = Some(name);
        seen.definition = matches!(word, "function" | "trigger");
        let action = self.argument(
            spec,
            name,
            Here {
                definition: seen.definition,
                ..here
            },
        );
        seen.node = action.map(|action| Node {
            name: spec.name,
            action,
            tag,
            breaks,
            limit,
        });
        seen
    }

    fn unknown_node(&mut self, name: At) {
        self.opaque.insert(name);
        if self.is_full() {
            return;
        }
        let word = self.doc.key(name);
        if let Some(node) = catalogue::call_centre(word) {
            let message = format!(
                "{} needs a call centre, which this product does not have. {}",
                quoted(word),
                if node.instead.is_empty() {
                    "Remove it."
                } else {
                    node.instead
                }
            );
            return self.wrong_name(name, MistakeKind::CallCentre, message);
        }
        let message = match self.meant.node(word) {
            Some(nearest) => format!(
                "There is no node {}. The nearest name is {}.",
                quoted(word),
                quoted(nearest)
            ),
            None => format!("There is no node {}.", quoted(word)),
        };
        self.wrong_name(name, MistakeKind::UnknownNode, message);
    }

    /// Looks at what stands behind a node's name.
    fn argument(&mut self, spec: &'static NodeSpec, name: At, here: Here) -> Option<Action> {
        let before = self.drafts.len();
        match spec.argument {
            Argument::Alone(kind, _) => self.value(name, kind, here),
            Argument::Object(parameters) if *self.doc.kind(name) == Kind::Object => {
                self.members(name, parameters, here);
            }
            Argument::Object(parameters) => {
                let known: Vec<String> = parameters.iter().take(4).map(|p| quoted(p.name)).collect();
                self.mismatch(name, &format!("an object with {}", known.join(", ")));
            }
        }
        let action = self.build(spec.name, name);
        if action.is_none() && self.drafts.len() == before && !self.more {
            let message = format!(
                "{} is not complete: it lacks something that it needs.",
                self.subject(name)
            );
            self.wrong_name(name, MistakeKind::WrongParameter, message);
        }
        action
    }
}

/// Whether the nodes of a list are reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stretch {
    Reached,
    /// Not reached; nothing was told yet.
    Lost,
    /// Not reached, and told.
    Told,
}
