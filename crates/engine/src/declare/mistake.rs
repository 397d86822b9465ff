//! What can't be done of a file, and where it stands there.

use model::{FieldErrors, Section};

/// Something in a file that can't be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Whether it is about a flow schema or a gateway.
    pub section: Section,
    /// The number of that in its list of the declaration, from 0.
    pub index: usize,
    /// The key of the field, as forms have it.
    pub field: String,
    /// Where in a program.
    pub program: Option<ProgramPlace>,
    /// A sentence: what is wrong, and what to do.
    pub message: String,
}

/// A place in a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramPlace {
    /// `[3].recvMessage.timeout`; empty for the whole.
    pub path: String,
    /// The line of the program's text, from 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
}

/// Gathers what is wrong with one object.
#[derive(Debug)]
pub(super) struct Mistakes<'m> {
    pub section: Section,
    pub index: usize,
    pub all: &'m mut Vec<Mistake>,
}

impl Mistakes<'_> {
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.all.push(Mistake {
            section: self.section,
            index: self.index,
            field: field.to_owned(),
            program: None,
            message: message.into(),
        });
    }

    pub fn add_all(&mut self, errors: &FieldErrors) {
        for (field, message) in errors.iter() {
            self.add(field, message);
        }
    }

    pub fn add_program(&mut self, mistakes: Vec<flow::Mistake>) {
        self.all.extend(mistakes.into_iter().map(|mistake| Mistake {
            section: self.section,
            index: self.index,
            field: "program".to_owned(),
            program: Some(ProgramPlace {
                path: mistake.path,
                line: mistake.line,
                column: mistake.column,
            }),
            message: mistake.message,
        }));
    }
}
