//! The table as the editor takes it.

use super::{Argument, BUTTON, FILE, Group, LIMIT, Need, NodeSpec, Parameter, SIBLINGS, nodes};
use serde::Serialize;

/// All that the editor offers.
#[derive(Clone, Debug, Serialize)]
pub struct Completions {
    /// Nodes, with their parameters.
    pub nodes: Vec<Completion>,
    /// What may stand in a node's object beside its name.
    pub siblings: Vec<ParameterCompletion>,
    /// The members of `limit`.
    pub limit: Vec<ParameterCompletion>,
    /// The members of a button.
    pub button: Vec<ParameterCompletion>,
    /// The members of a file.
    pub file: Vec<ParameterCompletion>,
}

/// A node to choose.
#[derive(Clone, Debug, Serialize)]
pub struct Completion {
    /// Its name.
    pub name: &'static str,
    /// Its group.
    pub group: Group,
    /// What it does.
    pub doc: &'static str,
    /// A whole node as JSON.
    pub snippet: &'static str,
    /// What stands behind the name, in words; empty for an object.
    pub expected: String,
    /// The members of the object.
    pub parameters: Vec<ParameterCompletion>,
}

/// A parameter to choose.
#[derive(Clone, Debug, Serialize)]
pub struct ParameterCompletion {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub doc: &'static str,
    /// What it may be, in words.
    pub expected: String,
    /// Whether it must be there.
    pub required: bool,
    /// What is taken when it is missing; empty if nothing is.
    pub default: &'static str,
    /// Words to choose from.
    pub words: &'static [&'static str],
    /// The name and a value to begin with, as JSON.
    pub snippet: String,
}

/// All that the editor offers, without what has no effect.
#[must_use]
pub fn completions() -> Completions {
    Completions {
        nodes: nodes().map(completion).collect(),
        siblings: parameters(SIBLINGS),
        limit: parameters(LIMIT),
        button: parameters(BUTTON),
        file: parameters(FILE),
    }
}

fn completion(node: &'static NodeSpec) -> Completion {
    Completion {
        name: node.name,
        group: node.group,
        doc: node.doc,
        snippet: node.example,
        expected: match node.argument {
            Argument::Alone(kind, _) => kind.expected(),
            Argument::Object(_) => String::new(),
        },
        parameters: parameters(node.argument.parameters()),
    }
}

fn parameters(all: &'static [Parameter]) -> Vec<ParameterCompletion> {
    all.iter()
        .filter(|parameter| parameter.need != Need::Ignored)
        .map(|parameter| ParameterCompletion {
            name: parameter.name,
            doc: parameter.doc,
            expected: parameter.kind.expected(),
            required: parameter.need == Need::Required,
            default: parameter.default,
            words: parameter.kind.words(),
            snippet: format!("\"{}\": {}", parameter.name, parameter.kind.blank()),
        })
        .collect()
}
