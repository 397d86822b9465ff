//! A flow schema as a file: one JSON object, to be kept, compared and taken elsewhere.
//!
//! The program stands in it as JSON, exactly as it was typed: neither the order of its keys, nor a number, nor a space is
//! touched on the way out or in.

mod error;
mod members;
#[cfg(test)]
mod tests;

pub use error::FlowFileError;

use super::{Flow, FlowKind, MAX_PROGRAM_BYTES, place};
use crate::{Fields, MAX_NAME_CHARS};
use members::Members;
use serde::Serialize;
use serde_json::value::RawValue;

/// The largest file in bytes: a program, what stands beside it, and the drawing that a file of the original carries.
pub const MAX_FLOW_FILE_BYTES: usize = 4 << 20;

/// By this key a file says that it is one, and in which format.
const MARKER: &str = "chat_gateways_flow";
/// The format that is written and read.
const FORMAT: u64 = 1;
/// The byte order mark that some editors put in front.
const MARK: char = '\u{feff}';

/// What a file says about a flow schema. Only its form is known to be right; the form of a flow schema checks the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowFile {
    /// Its name; empty when the file has none.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How it is edited.
    pub kind: FlowKind,
    /// Its tags.
    pub tags: Vec<String>,
    /// The program as it was typed: a JSON array.
    pub program: String,
}

/// What stands before the program.
#[derive(Serialize)]
struct Head<'a> {
    chat_gateways_flow: u64,
    name: &'a str,
    description: &'a str,
    kind: FlowKind,
    tags: &'a [String],
}

impl FlowFile {
    /// The file of a flow schema.
    #[must_use]
    pub fn of(flow: &Flow) -> Self {
        Self {
            name: flow.name.clone(),
            description: flow.description.clone(),
            kind: flow.kind,
            tags: flow.tags.clone(),
            program: flow.program.clone(),
        }
    }

    /// Reads a file: one that [`FlowFile::to_json`] has made, a flow schema as the original product exports it
    /// (`schema`), or a bare program. The original's drawing is left out: what it draws is the program.
    ///
    /// # Errors
    ///
    /// What is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, FlowFileError> {
        if text.len() > MAX_FLOW_FILE_BYTES {
            return Err(FlowFileError::TooLarge(text.len()));
        }
        let text = text.strip_prefix(MARK).unwrap_or(text);
        if text.trim().is_empty() {
            return Err(FlowFileError::Empty);
        }
        let whole: &RawValue =
            serde_json::from_str(text).map_err(|error| FlowFileError::Syntax(place::in_words(text, &error)))?;
        match whole.get().as_bytes().first() {
            Some(b'[') => Ok(Self {
                name: String::new(),
                description: String::new(),
                kind: FlowKind::Code,
                tags: Vec::new(),
                program: program(text, whole.get())?,
            }),
            Some(b'{') => Self::object(&Members::parse(text)?),
            _ => Err(FlowFileError::NoFlow),
        }
    }

    fn object(members: &Members<'_>) -> Result<Self, FlowFileError> {
        let (kind, program_key) = if members.format(MARKER)? {
            (members.kind("kind")?, "program")
        } else if members.get("schema")?.is_some() {
            (FlowKind::Code, "schema")
        } else {
            return Err(FlowFileError::NoFlow);
        };
        let found = members.get(program_key)?;
        let found = found.ok_or(FlowFileError::Missing(program_key))?;
        Ok(Self {
            name: members.text("name")?,
            description: members.text("description")?,
            kind,
            tags: members.texts("tags")?,
            program: program(members.file(), found)?,
        })
    }

    /// The file's text.
    ///
    /// # Panics
    ///
    /// Never: texts and lists of text are JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let head = Head {
            chat_gateways_flow: FORMAT,
            name: &self.name,
            description: &self.description,
            kind: self.kind,
            tags: &self.tags,
        };
        let head = serde_json::to_string_pretty(&head).expect("texts and lists of text are JSON");
        let open = head.trim_end_matches(['}', '\n']);
        format!("{open},\n  \"program\": {}\n}}\n", self.program.trim())
    }

    /// The same with a name: that of the file on the disk, if it has none of its own.
    #[must_use]
    pub fn named_after(mut self, file_name: &str) -> Self {
        if self.name.trim().is_empty() {
            let end = file_name.len().saturating_sub(".json".len());
            let stem = match file_name.get(end..) {
                Some(extension) if extension.eq_ignore_ascii_case(".json") => &file_name[..end],
                _ => file_name,
            };
            let readable = stem.chars().filter(|c| !c.is_control());
            let name: String = readable.take(MAX_NAME_CHARS).collect();
            name.trim().clone_into(&mut self.name);
        }
        self
    }

    /// The fields of a new flow schema's form.
    #[must_use]
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", &self.name);
        fields.set("description", &self.description);
        fields.set("program", &self.program);
        fields.set("tags", self.tags.join(", "));
        fields
    }
}

/// Takes a program out of a file, as it stands there.
fn program(file: &str, program: &str) -> Result<String, FlowFileError> {
    let wrong = |what: String| Err(FlowFileError::at(file, program, what));
    if !program.starts_with('[') {
        return wrong("the program must be a list of nodes: it begins with “[” and ends with “]”".to_owned());
    }
    if program.len() > MAX_PROGRAM_BYTES {
        let size = program.len();
        return wrong(format!(
            "a program has at most {MAX_PROGRAM_BYTES} bytes; this one has {size}"
        ));
    }
    Ok(program.to_owned())
}
