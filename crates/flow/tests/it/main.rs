//! The check of programs, from outside.

mod catalogue;
mod format;
mod limits;
mod links;
mod nodes;
mod programs;
mod properties;
mod shapes;
mod starters;
mod tree;

use flow::{Context, Mistake, MistakeKind};

/// The paths of all mistakes of a program, without knowing other flows.
fn paths(text: &str) -> Vec<String> {
    mistakes(text).into_iter().map(|mistake| mistake.path).collect()
}

fn mistakes(text: &str) -> Vec<Mistake> {
    flow::parse(text, &Context::default()).err().unwrap_or_default()
}

/// The only mistake of a program.
fn only(text: &str) -> Mistake {
    let mut all = mistakes(text);
    assert_eq!(all.len(), 1, "{text}\n{all:#?}");
    all.remove(0)
}

/// The paths and sorts of all mistakes.
fn kinds(text: &str) -> Vec<(String, MistakeKind)> {
    mistakes(text)
        .into_iter()
        .map(|mistake| (mistake.path, mistake.kind))
        .collect()
}
