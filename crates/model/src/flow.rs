//! Flow schemas: the programs that answer conversations.

use crate::{FieldErrors, Fields, FlowId, Stamps, Timestamp, Version, name::check_text, page::Column, parse_name};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

mod file;
mod history;
mod place;

pub use file::{FlowFile, FlowFileError, MAX_FLOW_FILE_BYTES};
pub use history::{Against, DiffKind, DiffLine, ProgramDifference, ProgramVersion, SavedProgram};

/// The largest program in bytes of JSON.
pub const MAX_PROGRAM_BYTES: usize = 1 << 20;

/// How a flow schema is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// As text.
    Code,
    /// As a drawing.
    Diagram,
}

impl FlowKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Diagram, Self::Code];

    /// The name in the database and in URLs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Diagram => "diagram",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Code => "Code",
            Self::Diagram => "Diagram",
        }
    }
}

/// What was written is no kind of flow schema.
#[derive(Debug, thiserror::Error)]
#[error("“{0}” is no kind of flow schema")]
pub struct UnknownFlowKind(String);

impl FromStr for FlowKind {
    type Err = UnknownFlowKind;

    fn from_str(text: &str) -> Result<Self, UnknownFlowKind> {
        let found = Self::ALL.into_iter().find(|kind| kind.code() == text);
        found.ok_or_else(|| UnknownFlowKind(text.to_owned()))
    }
}

/// A flow schema by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowRef {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// How it is edited.
    pub kind: FlowKind,
}

/// A flow schema in the registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowRow {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// How it is edited.
    pub kind: FlowKind,
    /// Its tags.
    pub tags: Vec<String>,
    /// How many gateways use it.
    pub used_by: u64,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Its version.
    pub version: Version,
}

/// A whole flow schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Its id.
    pub id: FlowId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// How it is edited.
    pub kind: FlowKind,
    /// The program as it was typed: a JSON array.
    pub program: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its version.
    pub version: Version,
    /// When and by whom it was created and changed.
    pub stamps: Stamps,
}

/// The columns of the registry of flow schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowColumn {
    /// Name.
    Name,
    /// Kind.
    Kind,
    /// When it was last changed.
    Changed,
}

impl Column for FlowColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::Kind, Self::Changed];

    fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Changed => "changed",
        }
    }
}

/// What a form says about a flow schema, checked but for its program: only the check of flows knows what a program is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowInput {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The program as it was typed.
    pub program: String,
    /// Its tags, without doubles.
    pub tags: Vec<String>,
}

impl FlowInput {
    /// The longest description in characters.
    pub const MAX_DESCRIPTION_CHARS: usize = 1_000;
    /// The most tags.
    pub const MAX_TAGS: usize = 20;
    /// The longest tag in characters.
    pub const MAX_TAG_CHARS: usize = 50;

    /// Checks a form: `name`, `description`, `tags` (separated by commas), and takes its `program` as it is.
    ///
    /// # Errors
    ///
    /// A sentence for each field that is wrong.
    pub fn parse(fields: &Fields) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", parse_name(fields.get("name")));
        let description = fields.get("description").trim().to_owned();
        errors.take("description", check_text(&description, Self::MAX_DESCRIPTION_CHARS));
        let tags = errors.take("tags", parse_tags(fields.get("tags")));
        errors.into_result(Self {
            name,
            description,
            program: Self::program_of(fields).to_owned(),
            tags,
        })
    }

    /// The program of a form; an empty text stands for an empty program.
    #[must_use]
    pub fn program_of(fields: &Fields) -> &str {
        match fields.get("program") {
            "" => "[]",
            program => program,
        }
    }

    /// The form's fields of a flow schema as it stands.
    #[must_use]
    pub fn fields(flow: &Flow) -> Fields {
        let mut fields = Fields::default();
        fields.set("name", &flow.name);
        fields.set("description", &flow.description);
        fields.set("program", &flow.program);
        fields.set("tags", flow.tags.join(", "));
        fields
    }
}

fn parse_tags(text: &str) -> Result<Vec<String>, String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', '\n']).map(str::trim).filter(|tag| !tag.is_empty()) {
        if tag.chars().count() > FlowInput::MAX_TAG_CHARS {
            let max = FlowInput::MAX_TAG_CHARS;
            return Err(format!("A tag has at most {max} characters."));
        }
        if tag.chars().any(char::is_control) {
            return Err("Remove the control character from the tags.".to_owned());
        }
        if !tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase()) {
            tags.push(tag.to_owned());
        }
        // At once: every further tag would be compared with all before it.
        if tags.len() > FlowInput::MAX_TAGS {
            return Err(format!("Use at most {} tags.", FlowInput::MAX_TAGS));
        }
    }
    Ok(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_text_is_an_empty_program_and_any_other_is_left_to_the_check_of_flows() {
        for (typed, program) in [
            ("", "[]"),
            (" ", " "),
            ("[{\"sendTxt\": }", "[{\"sendTxt\": }"),
            ("{}", "{}"),
        ] {
            let mut fields = Fields::default();
            fields.set("name", "Echo");
            fields.set("program", typed);
            assert_eq!(FlowInput::parse(&fields).unwrap().program, program);
        }
    }

    #[test]
    fn a_control_character_is_refused_where_it_is() {
        let mut fields = Fields::default();
        fields.set("name", "Echo");
        fields.set("description", "a\0b");
        fields.set("tags", "a\0b");
        let errors = FlowInput::parse(&fields).unwrap_err();
        assert!(errors.get("description").is_some() && errors.get("tags").is_some());
    }

    #[test]
    fn a_megabyte_of_tags_is_refused_at_once() {
        let many: Vec<String> = (0..400_000).map(|n: u32| n.to_string()).collect();
        assert!(parse_tags(&many.join(",")).unwrap_err().contains("20"));
    }

    #[test]
    fn tags_are_trimmed_and_doubles_dropped() {
        assert_eq!(parse_tags(" shop, Shop ,, new").unwrap(), ["shop", "new"]);
    }
}
