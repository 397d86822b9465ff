//! The small part of `XPath` that answers are read with: `/a/b`, `//b`, `*`, `[2]`, and at the end `@attribute` or
//! `text()`. Prefixes of namespaces are not compared.

use super::AnswerError;
use roxmltree::{Document, Node, ParsingOptions};
use std::collections::BTreeSet;

/// Elements, texts and so on of an answer that are looked into.
const MOST_NODES: u32 = 200_000;

/// Nodes that a path may look at.
const MOST_LOOKS: usize = 1_000_000;

/// Reads a document. One with a DTD is refused, so no entity can blow it up.
pub(super) fn read(text: &str) -> Result<Document<'_>, AnswerError> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| AnswerError::Unreadable("XML", error.to_string()))
}

/// One step of a path.
struct Step<'a> {
    /// Whether it looks at all depths.
    deep: bool,
    /// `*` for any.
    name: &'a str,
    /// From 1, among the elements of one parent that fit.
    number: Option<usize>,
}

/// The text of the first match, the empty text if there is none.
pub(super) fn find(document: &Document, path: &str) -> Result<String, AnswerError> {
    let wrong = || AnswerError::Path(path.to_owned());
    let (path_to, attribute) = match path.rsplit_once('/') {
        Some((before, last)) if last.starts_with('@') => (before, Some(local(&last[1..]))),
        Some((before, "text()")) => (before, None),
        _ => (path, None),
    };
    // `//@a`: an attribute of any element.
    let any = if attribute.is_some() && path_to.ends_with('/') {
        "/*"
    } else {
        ""
    };
    let path_to = format!("{path_to}{any}");
    let steps = steps(&path_to).ok_or_else(wrong)?;
    let mut nodes = vec![document.root()];
    let mut looks = 0;
    for step in &steps {
        let mut found = BTreeSet::new();
        for node in nodes {
            looks += take(node, step, &mut found);
            if looks > MOST_LOOKS {
                return Err(AnswerError::Costly(path.to_owned()));
            }
        }
        nodes = found.into_iter().collect();
    }
    Ok(match attribute {
        Some(name) => nodes
            .iter()
            .find_map(|node| attribute_of(*node, name))
            .unwrap_or_default()
            .to_owned(),
        None => nodes.first().map(|node| text(*node)).unwrap_or_default(),
    })
}

fn steps(path: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut deep = false;
    let path = path.strip_prefix('/').unwrap_or(path);
    for part in path.split('/') {
        if part.is_empty() && !deep {
            deep = true;
            continue;
        }
        let (name, number) = match part.split_once('[') {
            Some((name, number)) => (name, Some(number.strip_suffix(']')?.trim().parse().ok()?)),
            None => (part, None),
        };
        let name = local(name);
        let is_name =
            name == "*" || (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)));
        if !is_name || number == Some(0) {
            return None;
        }
        steps.push(Step { deep, name, number });
        deep = false;
    }
    (!deep).then_some(steps)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Adds what a step leads to, and says how many nodes it looked at.
fn take<'a, 'input>(node: Node<'a, 'input>, step: &Step, found: &mut BTreeSet<Node<'a, 'input>>) -> usize {
    let parents: Box<dyn Iterator<Item = Node<'a, 'input>>> = if step.deep {
        Box::new(node.descendants())
    } else {
        Box::new(std::iter::once(node))
    };
    let mut looks = 0;
    for parent in parents {
        looks += 1;
        let children = parent.children().inspect(|_| looks += 1).filter(Node::is_element);
        let mut fitting = children.filter(|child| step.name == "*" || child.tag_name().name() == step.name);
        match step.number {
            Some(number) => found.extend(fitting.nth(number - 1)),
            None => found.extend(fitting),
        }
    }
    looks
}

fn attribute_of<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes()
        .find(|attribute| attribute.name() == name)
        .map(|attribute| attribute.value())
}

/// All the text inside a node.
fn text(node: Node) -> String {
    node.descendants()
        .filter(Node::is_text)
        .filter_map(|text| text.text())
        .collect()
}
