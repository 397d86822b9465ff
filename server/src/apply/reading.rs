//! From a file to what it declares, with the place of everything.
//!
//! Every mistake is noted, and what is right beside it is still read, so that all of them can be told at once.

mod account;
mod gateway;

pub(super) use gateway::path_of;

use super::node::{Kind, Node};
use crate::config::Environment;
use engine::declare::{Declaration, DeclaredFlow};
use model::{Fields, FlowFile, Section};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What was read out of a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The file.
    pub file: PathBuf,
    pub declaration: Declaration,
    pub mistakes: Vec<FileMistake>,
    /// Whether the file has a form that anything could be read from.
    pub is_whole: bool,
    /// Where the objects of the declaration stand, by section and index.
    pub flows: Vec<Source>,
    pub gateways: Vec<Source>,
}

/// Something wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileMistake {
    pub line: u64,
    /// `gateways[0].settings.webhook`; empty for the whole.
    pub path: String,
    pub message: String,
}

/// Where an object of the declaration stands in the file.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// `gateways[0]`
    pub path: String,
    pub line: u64,
    /// The lines of the fields that the file names, by the key of a form.
    pub lines: BTreeMap<String, u64>,
    /// A program that stands in the file itself.
    pub program: Option<Node>,
    /// The file of a program that stands elsewhere.
    pub program_file: Option<PathBuf>,
}

impl Source {
    fn new(path: String, node: &Node) -> Self {
        Self {
            path,
            line: node.line,
            ..Self::default()
        }
    }

    /// The line of a field; of what would hold it if the file doesn't name the field.
    pub fn line_of(&self, field: &str) -> u64 {
        let holder = || field.rsplit_once('.').and_then(|(holder, _)| self.lines.get(holder));
        self.lines.get(field).or_else(holder).copied().unwrap_or(self.line)
    }
}

/// Reads a file with the folder that it is in, and the environment that its secrets come from.
pub(super) fn read(file: &Path, text: &str, environment: &Environment) -> Read {
    let mut reading = Reading {
        folder: file.parent().map(Path::to_owned).unwrap_or_default(),
        environment,
        read: Read {
            file: file.to_owned(),
            ..Read::default()
        },
    };
    match Node::parse(text) {
        Ok(root) => reading.root(&root),
        Err(syntax) => reading.note(syntax.line, "", syntax.message),
    }
    reading.read
}

struct Reading<'r> {
    folder: PathBuf,
    environment: &'r Environment,
    read: Read,
}

impl Reading<'_> {
    fn note(&mut self, line: u64, path: impl Into<String>, message: impl Into<String>) {
        self.read.mistakes.push(FileMistake {
            line,
            path: path.into(),
            message: message.into(),
        });
    }

    fn root(&mut self, root: &Node) {
        if is_null(root) {
            let message = "The file is empty. Name what there shall be under flows: and gateways:.";
            return self.note(root.line, "", message);
        }
        let Some(members) = self.members(root, "", &["flows", "gateways"]) else {
            return;
        };
        self.read.is_whole = true;
        for (key, value) in members {
            let Some(items) = self.items(value, key) else { continue };
            for (index, item) in items.iter().enumerate() {
                let path = format!("{key}[{index}]");
                match key {
                    "flows" => self.flow(item, path),
                    _ => self.gateway(item, path),
                }
            }
        }
    }

    fn flow(&mut self, node: &Node, path: String) {
        const KEYS: &[&str] = &["name", "description", "tags", "program", "program_file"];
        let Some(members) = self.members(node, &path, KEYS) else {
            return;
        };
        let mut source = Source::new(path, node);
        let (mut name, mut fields) = (None, Fields::default());
        for (key, value) in members {
            let at = format!("{}.{key}", source.path);
            source.lines.insert(key.to_owned(), value.line);
            match key {
                "name" => name = self.text(value, &at),
                "tags" => {
                    let tags = self.texts(value, &at);
                    fields.set(key, tags.unwrap_or_default().join(", "));
                }
                "program" => {
                    fields.set(key, program_text(value));
                    source.program = Some(value.clone());
                }
                "program_file" => {
                    source.lines.insert("program".to_owned(), value.line);
                    if let Some((file, program)) = self.program_file(value, &at) {
                        fields.set("program", program);
                        source.program_file = Some(file);
                    }
                }
                _ => fields.set(key, self.text(value, &at).unwrap_or_default()),
            }
        }
        if node.get("program").is_some() && node.get("program_file").is_some() {
            let line = source.line_of("program_file");
            let at = format!("{}.program_file", source.path);
            self.note(line, at, "Give the program either here or in a file of its own.");
        }
        let Some(name) = self.name(name, node, &source) else {
            return;
        };
        self.read.declaration.flows.push(DeclaredFlow { name, fields });
        self.read.flows.push(source);
    }

    /// A name that is there.
    fn name(&mut self, name: Option<String>, node: &Node, source: &Source) -> Option<String> {
        if name.is_none() && node.get("name").is_none_or(is_null) {
            self.note(source.line, format!("{}.name", source.path), "Give it a name.");
        }
        name
    }

    /// The text of a program beside the file: the program alone, or a flow schema as it was exported.
    fn program_file(&mut self, node: &Node, path: &str) -> Option<(PathBuf, String)> {
        let name = self.text(node, path)?;
        let file = self.folder.join(&name);
        let text = match fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) => {
                self.note(node.line, path, format!("{} cannot be read: {error}.", file.display()));
                return None;
            }
        };
        // Alone it is checked as it stands, with the lines of its own file.
        if text.trim_start().starts_with('[') {
            return Some((file, text.trim_end().to_owned()));
        }
        match FlowFile::parse(&text) {
            Ok(flow) => Some((file, flow.program)),
            Err(error) => {
                self.note(node.line, path, format!("{}: {error}", file.display()));
                None
            }
        }
    }

    /// The members of an object that has no others than these.
    fn members<'n>(
        &mut self,
        node: &'n Node,
        path: &str,
        known: &[&'static str],
    ) -> Option<Vec<(&'static str, &'n Node)>> {
        let Kind::Map(members) = &node.kind else {
            let expected = known.join(", ");
            self.note(node.line, path, format!("Write the names and values of: {expected}."));
            return None;
        };
        let mut found = Vec::new();
        for (name, value) in members {
            if let Some(key) = known.iter().find(|key| *key == name) {
                found.push((*key, value));
                continue;
            }
            let at = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}.{name}")
            };
            let near = known
                .iter()
                .map(|key| (strsim::normalized_damerau_levenshtein(name, key), key))
                .filter(|(likeness, _)| *likeness >= 0.5)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let message = match near {
                Some((_, key)) => format!("“{name}” is not known here. Did you mean {key}?"),
                None => format!("“{name}” is not known here. Known are: {}.", known.join(", ")),
            };
            self.note(value.line, at, message);
        }
        Some(found)
    }

    /// The items of a list; nothing is a list without any.
    fn items<'n>(&mut self, node: &'n Node, path: &str) -> Option<&'n [Node]> {
        match &node.kind {
            Kind::List(items) => Some(items),
            Kind::Plain(Value::Null) => Some(&[]),
            _ => {
                self.note(node.line, path, "Write a list: begin each item with “- ”.");
                None
            }
        }
    }

    /// A text; numbers and truth values are texts too, and nothing is an empty one.
    fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        let text = plain(node);
        if text.is_none() {
            self.note(node.line, path, "Write one text.");
        }
        text
    }

    fn texts(&mut self, node: &Node, path: &str) -> Option<Vec<String>> {
        let items = self.items(node, path)?;
        let texts = items.iter().enumerate();
        texts
            .map(|(index, item)| self.text(item, &format!("{path}[{index}]")))
            .collect()
    }
}

fn is_null(node: &Node) -> bool {
    matches!(node.kind, Kind::Plain(Value::Null))
}

fn plain(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Plain(Value::String(text)) => Some(text.clone()),
        Kind::Plain(Value::Null) => Some(String::new()),
        Kind::Plain(value) => Some(value.to_string()),
        Kind::Spelled { spelling, .. } => Some(spelling.clone()),
        Kind::List(_) | Kind::Map(_) => None,
    }
}

/// A program as text: JSON that stands in a text as it is, and everything else as JSON that people like to read.
fn program_text(node: &Node) -> String {
    if let Kind::Plain(Value::String(text)) = &node.kind {
        return text.trim_end().to_owned();
    }
    let text = serde_json::to_string(node).unwrap_or_default();
    flow::format(&text).map_or(text, |text| text.trim_end().to_owned())
}

impl Read {
    /// Where an object of the declaration stands.
    pub fn source(&self, section: Section, index: usize) -> Option<&Source> {
        match section {
            Section::Flows => self.flows.get(index),
            _ => self.gateways.get(index),
        }
    }
}

#[cfg(test)]
mod tests;
