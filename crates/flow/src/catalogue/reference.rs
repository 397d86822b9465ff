//! The table as a chapter of the documentation.

use super::{Argument, BUTTON, CALL_CENTRE, FILE, Group, LIMIT, Need, NodeSpec, Parameter, SIBLINGS, nodes};
use std::fmt::Write as _;

/// The reference of all nodes, as Markdown.
#[must_use]
pub fn reference() -> String {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = write_all(&mut out);
    out
}

fn write_all(out: &mut String) -> std::fmt::Result {
    for group in Group::ALL {
        writeln!(out, "## {}\n", group.label())?;
        for node in nodes().filter(|node| node.group == group) {
            write_node(out, node)?;
        }
    }
    writeln!(out, "## Inside a node\n")?;
    part(
        out,
        "Beside the name",
        "Each node may have these beside its name.",
        SIBLINGS,
    )?;
    part(out, "A limit", "`limit` of a node.", LIMIT)?;
    part(
        out,
        "A button",
        "`buttons` and `inline` are lists of rows, each a list of these.",
        BUTTON,
    )?;
    part(out, "A file", "`file` of a message.", FILE)?;
    writeln!(out, "## Nodes that are refused\n")?;
    writeln!(out, "These need a call centre, which this product does not have.\n")?;
    for node in CALL_CENTRE {
        writeln!(out, "{}", format!("* `{}`. {}", node.name, node.instead).trim_end())?;
    }
    Ok(())
}

fn write_node(out: &mut String, node: &NodeSpec) -> std::fmt::Result {
    writeln!(out, "### `{}`\n\n{}\n", node.name, node.doc)?;
    match node.argument {
        Argument::Alone(kind, doc) => writeln!(out, "Takes {}. {doc}\n", kind.expected())?,
        Argument::Object(parameters) => table(out, parameters)?,
    }
    let example = crate::format(node.example).unwrap_or_else(|_| node.example.to_owned());
    writeln!(out, "```json\n{}\n```\n", example.trim_end())
}

fn part(out: &mut String, title: &str, doc: &str, parameters: &[Parameter]) -> std::fmt::Result {
    writeln!(out, "### {title}\n\n{doc}\n")?;
    table(out, parameters)
}

fn table(out: &mut String, parameters: &[Parameter]) -> std::fmt::Result {
    writeln!(
        out,
        "| Parameter | What it may be | If it is missing | What it is for |\n|---|---|---|---|"
    )?;
    for parameter in parameters {
        let missing = match (parameter.need, parameter.default) {
            (Need::Required, _) => "required".to_owned(),
            (Need::Unless(others), _) => {
                let others: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
                format!("required, unless {} is there", others.join(" or "))
            }
            (_, default) => default.to_owned(),
        };
        let (name, kind, doc) = (parameter.name, parameter.kind.expected(), parameter.doc);
        writeln!(out, "| `{name}` | {kind} | {missing} | {doc} |")?;
    }
    writeln!(out)
}
