//! The table of nodes as the editor takes it: see `NodeInfo` and `ParameterInfo` in `editor/src/options.ts`.

use flow::catalogue::{Argument, BUTTON, FILE, LIMIT, Need, NodeSpec, Parameter, SIBLINGS, Type, nodes};
use serde::Serialize;

/// A node to choose.
#[derive(Debug, Serialize)]
pub(super) struct NodeInfo {
    name: &'static str,
    doc: &'static str,
    /// What is inserted behind the name; `#{…}` is a place to fill in.
    snippet: String,
    parameters: Vec<ParameterInfo>,
}

/// A parameter to choose, named by the way to it from the node's argument.
#[derive(Debug, Serialize)]
pub(super) struct ParameterInfo {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    required: bool,
    doc: String,
    snippet: String,
}

/// Every node.
pub(super) fn all() -> Vec<NodeInfo> {
    nodes().map(node).collect()
}

/// What may stand beside the name of any node.
pub(super) fn siblings() -> Vec<ParameterInfo> {
    let limit = LIMIT
        .iter()
        .map(|parameter| info(&format!("limit.{}", parameter.name), parameter));
    let mut siblings: Vec<_> = shown(SIBLINGS)
        .map(|parameter| info(parameter.name, parameter))
        .chain(limit)
        .collect();
    if let Some(whole) = siblings.iter_mut().find(|sibling| sibling.name == "limit") {
        whole.snippet = object(LIMIT);
        "object".clone_into(&mut whole.kind);
    }
    siblings
}

fn node(spec: &'static NodeSpec) -> NodeInfo {
    let (snippet, parameters) = match spec.argument {
        Argument::Object(all) => (object(all), shown(all).flat_map(with_members).collect()),
        Argument::Alone(kind, doc) => (value(kind), vec![alone(kind, doc)]),
    };
    NodeInfo {
        name: spec.name,
        doc: spec.doc,
        snippet,
        parameters,
    }
}

/// Parameters that have an effect.
fn shown(all: &'static [Parameter]) -> impl Iterator<Item = &'static Parameter> {
    all.iter().filter(|parameter| parameter.need != Need::Ignored)
}

/// A parameter, and what is inside of it.
fn with_members(parameter: &'static Parameter) -> Vec<ParameterInfo> {
    let name = parameter.name;
    let mut infos = vec![info(name, parameter)];
    match parameter.kind {
        Type::Branches => infos.push(ParameterInfo {
            name: format!("{name}.*"),
            kind: "nodes".to_owned(),
            required: false,
            doc: "What runs then.".to_owned(),
            snippet: value(Type::Nodes),
        }),
        Type::Buttons => {
            infos.extend(shown(BUTTON).map(|member| info(&format!("{name}[][].{}", member.name), member)));
        }
        Type::File => infos.extend(shown(FILE).map(|member| info(&format!("{name}.{}", member.name), member))),
        _ => {}
    }
    infos
}

fn info(name: &str, parameter: &Parameter) -> ParameterInfo {
    let Parameter { default, doc, .. } = parameter;
    ParameterInfo {
        name: name.to_owned(),
        kind: kind(parameter.kind),
        required: parameter.need == Need::Required,
        doc: match *default {
            "" => (*doc).to_owned(),
            default => format!("{doc} Without it: {default}."),
        },
        snippet: value(parameter.kind),
    }
}

/// The argument of a node that is no object.
fn alone(of: Type, doc: &str) -> ParameterInfo {
    ParameterInfo {
        name: String::new(),
        kind: kind(of),
        required: true,
        doc: doc.to_owned(),
        snippet: value(of),
    }
}

/// What the editor makes something of, or a few words that it shows.
fn kind(kind: Type) -> String {
    let words = match kind {
        Type::Nodes => "nodes",
        Type::Flag => "boolean",
        Type::Tag => "tag",
        Type::Function => "function",
        Type::Text => "text",
        Type::Variable => "variable",
        Type::Expression | Type::Script => "JavaScript",
        Type::Number | Type::Count | Type::Times => "number",
        Type::Scalar => "text or number",
        Type::Kind => "word",
        Type::Address => "address",
        Type::FunctionName => "name",
        Type::Flow => "id of a flow",
        Type::Branches => "lists of nodes",
        Type::Buttons => "rows of buttons",
        Type::Names => "names",
        Type::Assignments => "variables and values",
        Type::Exports => "variables and paths",
        Type::Texts => "texts",
        Type::Phrases => "lists of phrases",
        Type::File => "object",
        Type::List => "list",
        Type::Any => "value",
        Type::True => "true",
        Type::Word(words) | Type::Choice(words) => return literals(words),
        Type::Method => return literals(Type::METHODS),
    };
    words.to_owned()
}

/// Texts to choose from, as JSON.
fn literals(words: &[&str]) -> String {
    let literals: Vec<_> = words.iter().map(|word| format!("\"{word}\"")).collect();
    literals.join(" | ")
}

/// An object with what must be in it, a line for each when there are several.
fn object(all: &'static [Parameter]) -> String {
    let mut missing: Vec<&str> = Vec::new();
    let mut members = Vec::new();
    for parameter in all {
        let wanted = match parameter.need {
            Need::Required => true,
            // The first of those of which one is needed.
            Need::Unless(others) => !others.iter().any(|other| missing.contains(other)),
            Need::Optional | Need::Ignored => false,
        };
        if wanted {
            missing.push(parameter.name);
            members.push(format!("\"{}\": {}", parameter.name, value(parameter.kind)));
        }
    }
    match members.as_slice() {
        [] => "{ #{} }".to_owned(),
        [one] => format!("{{ {one} }}"),
        several => format!("{{\n\t{}\n}}", several.join(",\n\t")),
    }
}

/// A value to begin with.
fn value(kind: Type) -> String {
    let value = match kind {
        Type::Text | Type::Scalar | Type::Expression | Type::Script => "\"#{}\"",
        Type::Variable => "\"#{answer}\"",
        Type::Kind => "\"#{word}\"",
        Type::Tag => "\"#{tag}\"",
        Type::Function | Type::FunctionName => "\"#{name}\"",
        Type::Flow => "\"#{id}\"",
        Type::Number | Type::Count | Type::Any => "#{0}",
        Type::Times => "#{3}",
        Type::Flag => "#{true}",
        Type::True => "true",
        Type::Address => "\"#{https://}\"",
        Type::Nodes | Type::List => "[#{}]",
        Type::Branches => "{\n\t\t\"default\": [#{}]\n\t}",
        Type::Buttons => "[[{ \"text\": \"#{Yes}\" }, { \"text\": \"#{No}\" }]]",
        Type::File => "{ \"url\": \"#{https://}\" }",
        Type::Names => "[\"#{name}\"]",
        Type::Assignments => "{ \"#{name}\": \"#{value}\" }",
        Type::Exports => "{ \"#{name}\": \"#{path}\" }",
        Type::Texts => "{ \"#{name}\": \"#{text}\" }",
        Type::Phrases => "{ \"#{name}\": [\"#{phrase}\"] }",
        Type::Word(words) | Type::Choice(words) => return first_of(words),
        Type::Method => return first_of(Type::METHODS),
    };
    value.to_owned()
}

fn first_of(words: &[&str]) -> String {
    format!("\"#{{{}}}\"", words.first().unwrap_or(&""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The JSON that stands when every place is left as it is offered.
    fn left(snippet: &str) -> String {
        let mut text = String::new();
        let mut rest = snippet;
        while let Some((before, behind)) = rest.split_once("#{") {
            let (word, after) = behind.split_once('}').unwrap();
            text.push_str(before);
            text.push_str(word);
            rest = after;
        }
        text.push_str(rest);
        text
    }

    #[test]
    fn every_snippet_is_json_when_its_places_are_left() {
        let all = all();
        let parameters = all.iter().flat_map(|node| &node.parameters).map(|it| &it.snippet);
        let siblings = siblings();
        let snippets = all.iter().map(|node| &node.snippet).chain(parameters);
        for snippet in snippets.chain(siblings.iter().map(|it| &it.snippet)) {
            serde_json::from_str::<serde_json::Value>(&left(snippet)).expect(snippet);
        }
    }

    #[test]
    fn a_completed_node_has_all_that_it_needs() {
        for node in all() {
            let program = format!(r#"[{{ "{}": {} }}]"#, node.name, left(&node.snippet));
            let mistakes = super::super::check(&program);
            let lacking = mistakes
                .iter()
                .find(|it| it.kind == flow::MistakeKind::MissingParameter);
            assert_eq!(lacking, None, "{program}");
        }
    }

    #[test]
    fn what_is_inside_a_parameter_is_named_by_the_way_to_it() {
        let all = all();
        let names = |node: &str| -> Vec<&str> {
            let node = all.iter().find(|it| it.name == node).unwrap();
            node.parameters.iter().map(|it| it.name.as_str()).collect()
        };
        assert!(names("menu").contains(&"buttons[][].caption"));
        assert!(names("switch").contains(&"case.*"));
        assert!(names("sendFile").contains(&"file.url"));
        assert_eq!(names("sendText"), [""]);
        let siblings = siblings();
        assert!(
            siblings
                .iter()
                .any(|it| it.name == "limit.failover" && it.kind == "tag")
        );
    }
}
