//! The one table of nodes: what the check demands, the editor offers and the documentation says.

mod call_centre;
mod completion;
mod control;
mod messages;
mod outside;
mod parts;
mod reference;
mod types;
mod values;

pub use call_centre::{CALL_CENTRE, CallCentreNode};
pub use completion::{Completion, Completions, ParameterCompletion, completions};
pub use parts::{BUTTON, FILE, LIMIT, SIBLINGS};
pub use reference::reference;
pub use types::Type;

/// What a node is: its name, its parameters, how it is written.
#[derive(Debug)]
pub struct NodeSpec {
    /// The key of the object.
    pub name: &'static str,
    /// Where a palette shows it.
    pub group: Group,
    /// What it does, one line.
    pub doc: &'static str,
    /// What stands behind the name.
    pub argument: Argument,
    /// A whole node as JSON, to begin with.
    pub example: &'static str,
}

/// What stands behind a node's name.
#[derive(Debug)]
pub enum Argument {
    /// An object with these members.
    Object(&'static [Parameter]),
    /// One value.
    Alone(Type, &'static str),
}

/// A member of a node's object.
#[derive(Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it may be.
    pub kind: Type,
    /// Whether it must be there.
    pub need: Need,
    /// What is taken when it is missing; empty if nothing is.
    pub default: &'static str,
    /// What it is for, one line.
    pub doc: &'static str,
}

/// Whether a parameter must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Unless one of these is there.
    Unless(&'static [&'static str]),
    /// Never.
    Optional,
    /// It is accepted because existing programs have it, and has no effect.
    Ignored,
}

/// The groups of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What is said and heard.
    Messages,
    /// What runs next.
    Control,
    /// Variables.
    Values,
    /// What is beyond the conversation.
    Outside,
}

impl Group {
    /// All, in the order shown.
    pub const ALL: [Self; 4] = [Self::Messages, Self::Control, Self::Values, Self::Outside];

    /// Its heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Messages => "Messages",
            Self::Control => "Control",
            Self::Values => "Values",
            Self::Outside => "Outside",
        }
    }
}

impl Argument {
    /// The members of an object; none for a single value.
    #[must_use]
    pub const fn parameters(&self) -> &'static [Parameter] {
        match self {
            Self::Object(parameters) => parameters,
            Self::Alone(..) => &[],
        }
    }
}

/// Every node, group by group.
pub fn nodes() -> impl Iterator<Item = &'static NodeSpec> + Clone {
    [messages::NODES, control::NODES, values::NODES, outside::NODES]
        .into_iter()
        .flatten()
}

/// The node of this name.
#[must_use]
pub fn node(name: &str) -> Option<&'static NodeSpec> {
    nodes().find(|node| node.name == name)
}

/// The node of the original's call centre of this name.
#[must_use]
pub fn call_centre(name: &str) -> Option<&'static CallCentreNode> {
    CALL_CENTRE.iter().find(|node| node.name == name)
}

/// A parameter that must be there.
const fn need(name: &'static str, kind: Type, doc: &'static str) -> Parameter {
    let need = Need::Required;
    let default = "";
    Parameter {
        name,
        kind,
        need,
        default,
        doc,
    }
}

/// A parameter that may be missing.
const fn may(name: &'static str, kind: Type, default: &'static str, doc: &'static str) -> Parameter {
    let need = Need::Optional;
    Parameter {
        name,
        kind,
        need,
        default,
        doc,
    }
}

/// A parameter that must be there unless one of `others` is.
const fn unless(name: &'static str, kind: Type, others: &'static [&'static str], doc: &'static str) -> Parameter {
    let need = Need::Unless(others);
    let default = "";
    Parameter {
        name,
        kind,
        need,
        default,
        doc,
    }
}

/// A parameter that has no effect.
const fn ignored(name: &'static str) -> Parameter {
    Parameter {
        name,
        kind: Type::Any,
        need: Need::Ignored,
        default: "",
        doc: "Accepted in existing programs; has no effect.",
    }
}
