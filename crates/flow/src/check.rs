//! The check of a program: from its text to its tree, or to everything that is wrong with it.

mod build;
mod links;
mod members;
mod nearest;
mod ring;
mod send;
mod siblings;
mod types;
mod walk;

use crate::catalogue::Type;
use crate::json::{At, Document, Fault, Kind, Why};
use crate::mistake::{Draft, Mistake, MistakeKind};
use crate::positions::Positions;
use crate::program::{Action, ListId, Program, ScopeId};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Most nodes of a program.
pub const MAX_NODES: usize = 10_000;

/// Deepest nesting of lists of nodes, the program itself being the first.
pub const MAX_LISTS_DEEP: usize = 64;

/// Most mistakes that are told.
pub const MAX_MISTAKES: usize = 1_000;

/// What is around the program that is checked.
#[derive(Clone, Copy, Default)]
pub struct Context<'a> {
    /// The id of the flow that is being saved, if it has one already.
    pub id: Option<&'a str>,
    /// The other flows; without them it is not checked which flows a program calls.
    pub flows: Option<&'a dyn Flows>,
}

/// The flows that there are.
pub trait Flows {
    /// The flow of this id.
    fn find(&self, id: &str) -> Option<Called>;
}

impl<F: Fn(&str) -> Option<Called>> Flows for F {
    fn find(&self, id: &str) -> Option<Called> {
        self(id)
    }
}

/// A flow that others can call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Its name.
    pub name: String,
    /// The ids of the flows that it calls, as [`calls`] tells them.
    pub calls: Vec<String>,
}

/// Checks a program.
///
/// # Errors
///
/// Everything that is wrong, in the program's order. A text that is no JSON has one mistake.
pub fn parse(text: &str, context: &Context<'_>) -> Result<Program, Vec<Mistake>> {
    let document = match read(text) {
        Ok(document) => document,
        Err(draft) => return Err(vec![draft.place(&Positions::new(text))]),
    };
    let mut check = Check::new(&document);
    check.program();
    check.links(context);
    check.duplicates();
    check.finish()
}

/// Reads the JSON of a program, whatever it says, without looking at its nodes.
///
/// # Errors
///
/// The text is no JSON, or beyond the limits of a program.
pub fn readable(text: &str) -> Result<(), Mistake> {
    match read(text) {
        Ok(_) => Ok(()),
        Err(draft) => Err(draft.place(&Positions::new(text))),
    }
}

/// Reads the JSON of a program within its limits.
pub(crate) fn read(text: &str) -> Result<Document<'_>, Draft> {
    let limit = model::MAX_PROGRAM_BYTES;
    if text.len() > limit {
        let size = text.len();
        return Err(Draft {
            path: String::new(),
            bytes: 0..0,
            kind: MistakeKind::Limit,
            message: format!("A program has at most {limit} bytes; this one has {size}."),
        });
    }
    Document::read(text).map_err(Draft::from)
}

impl From<Fault> for Draft {
    fn from(fault: Fault) -> Self {
        Self {
            path: String::new(),
            bytes: fault.span,
            kind: match fault.why {
                Why::Syntax => MistakeKind::Syntax,
                Why::Depth | Why::Count => MistakeKind::Limit,
            },
            message: fault.message,
        }
    }
}

/// The ids of the flows that a program calls, each once, as far as they are known before it runs.
#[must_use]
pub fn calls(program: &Program) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for node in program.lists.iter().flat_map(|list| &list.nodes) {
        if let Action::Schema(id) = &node.action
            && let Some(id) = id.literal()
            && !ids.iter().any(|known| known == id)
        {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// A check under way.
struct Check<'d, 't> {
    doc: &'d Document<'t>,
    drafts: Vec<Draft>,
    more: bool,
    nodes: usize,
    program: Program,
    /// The lists of nodes that were looked at.
    lists: HashMap<At, ListId>,
    /// Names that were given, and what gave each first.
    names: Names,
    /// Where a tag is gone to, a function or a flow called, with a name that is known.
    jumps: Vec<(ScopeId, At)>,
    calls: Vec<At>,
    flows: Vec<At>,
    /// What isn't looked into: unknown nodes.
    opaque: HashSet<At>,
    /// What was probably meant instead of names that are not known.
    meant: nearest::Nearest,
}

/// Names that a program gives.
#[derive(Default)]
struct Names {
    tags: HashMap<(u32, String), At>,
    functions: HashMap<String, At>,
    commands: HashMap<String, At>,
    disconnected: Option<At>,
}

impl<'d, 't> Check<'d, 't> {
    fn new(doc: &'d Document<'t>) -> Self {
        Self {
            doc,
            drafts: Vec::new(),
            more: false,
            nodes: 0,
            program: Program::default(),
            lists: HashMap::new(),
            names: Names::default(),
            jumps: Vec::new(),
            calls: Vec::new(),
            flows: Vec::new(),
            opaque: HashSet::new(),
            meant: nearest::Nearest::default(),
        }
    }

    /// A mistake of a value.
    fn wrong(&mut self, at: At, kind: MistakeKind, message: String) {
        let bytes = self.doc.item(at).span.clone();
        let path = self.doc.path(at);
        self.push(path, bytes, kind, message);
    }

    /// A mistake of a name: the name is what is marked.
    fn wrong_name(&mut self, at: At, kind: MistakeKind, message: String) {
        let bytes = self.doc.key_span(at);
        let path = self.doc.path(at);
        self.push(path, bytes, kind, message);
    }

    /// A value that isn't what its place demands.
    fn mismatch(&mut self, at: At, expected: &str) {
        let (subject, found) = (self.subject(at), self.found(at));
        self.wrong(
            at,
            MistakeKind::WrongParameter,
            format!("{subject} must be {expected}; this is {found}."),
        );
    }

    fn mismatch_type(&mut self, at: At, kind: Type) {
        self.mismatch(at, &kind.expected());
    }

    /// Whether enough is wrong; that there is more is remembered.
    fn is_full(&mut self) -> bool {
        self.more |= self.drafts.len() == MAX_MISTAKES;
        self.more
    }

    fn push(&mut self, path: String, bytes: Range<usize>, kind: MistakeKind, message: String) {
        if self.is_full() {
            return;
        }
        self.drafts.push(Draft {
            path,
            bytes,
            kind,
            message,
        });
    }

    /// What a value is called in a sentence.
    fn subject(&self, at: At) -> String {
        let item = self.doc.item(at);
        if at == At::ROOT {
            return "A program".to_owned();
        }
        match &item.key {
            Some(key) => quoted(&key.name),
            None => format!("Element {} of {}", item.index + 1, self.holder(at)),
        }
    }

    fn holder(&self, at: At) -> String {
        let parent = self.doc.item(at).parent;
        match &self.doc.item(parent).key {
            Some(key) => quoted(&key.name),
            None => "the list".to_owned(),
        }
    }

    /// What a value is, in words.
    fn found(&self, at: At) -> String {
        match self.doc.kind(at) {
            Kind::Null => "null".to_owned(),
            Kind::Bool(value) => value.to_string(),
            Kind::Number(_) => format!("the number {}", shortened(self.doc.source(at))),
            Kind::Text(text) if text.is_empty() => "an empty text".to_owned(),
            Kind::Text(text) => format!("the text {}", quoted(text)),
            Kind::List => "a list".to_owned(),
            Kind::Object => "an object".to_owned(),
        }
    }

    /// Names that stand twice in one object, wherever it is.
    fn duplicates(&mut self) {
        let doc = self.doc;
        let mut found = Vec::new();
        let opaque = &self.opaque;
        for at in doc.walk(|at| opaque.contains(&at)) {
            if opaque.contains(&at) || *doc.kind(at) != Kind::Object {
                continue;
            }
            let mut seen = HashSet::new();
            found.extend(doc.children(at).filter(|child| !seen.insert(doc.key(*child))));
        }
        for at in found {
            if self.is_full() {
                return;
            }
            let message = format!("{} stands twice in the same object: remove one.", self.subject(at));
            self.wrong_name(at, MistakeKind::Duplicate, message);
        }
    }

    fn finish(mut self) -> Result<Program, Vec<Mistake>> {
        if self.drafts.is_empty() {
            return Ok(self.program);
        }
        self.drafts
            .sort_by_key(|draft| (draft.bytes.start, draft.kind != MistakeKind::Unreachable));
        if self.more {
            let end = self.doc.text.len();
            let message = format!("There is more that is wrong; these are the first {MAX_MISTAKES} mistakes.");
            self.drafts.push(Draft {
                path: String::new(),
                bytes: end..end,
                kind: MistakeKind::Limit,
                message,
            });
        }
        let positions = Positions::new(self.doc.text);
        Err(self.drafts.into_iter().map(|draft| draft.place(&positions)).collect())
    }
}

/// A text in quotation marks, cut if it is long.
fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
