//! What is wrong with a program, and where.

use crate::positions::Positions;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// One thing that is wrong with a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mistake {
    /// The innermost thing that is wrong: `[3].if.then[0].sendText`; empty for the text as a whole.
    pub path: String,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
    /// Where it stands, in UTF-16 code units, as browsers count.
    pub utf16: Range<usize>,
    /// What sort of mistake it is.
    pub kind: MistakeKind,
    /// A sentence: what is wrong and what is expected.
    pub message: String,
}

/// The sorts of mistakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MistakeKind {
    /// The text is no JSON.
    Syntax,
    /// More or deeper than a program may be.
    Limit,
    /// No list of nodes, no node, or two nodes in one object.
    Shape,
    /// A node that does not exist.
    UnknownNode,
    /// A node of the original's call centre.
    CallCentre,
    /// A parameter that the node does not have.
    UnknownParameter,
    /// A parameter that the node needs.
    MissingParameter,
    /// A parameter with an unusable value.
    WrongParameter,
    /// The same name twice.
    Duplicate,
    /// What never runs.
    Unreachable,
    /// A jump to nowhere.
    MissingTag,
    /// A call of a function that is not defined.
    MissingFunction,
    /// A call of a flow that does not exist.
    MissingFlow,
    /// Flows that call each other without end.
    Ring,
}

impl std::fmt::Display for Mistake {
    /// `[3].sendText (line 5, column 7): …`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            path,
            line,
            column,
            message,
            ..
        } = self;
        if path.is_empty() {
            write!(f, "line {line}, column {column}: {message}")
        } else {
            write!(f, "{path} (line {line}, column {column}): {message}")
        }
    }
}

impl std::error::Error for Mistake {}

/// A mistake whose line is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) path: String,
    pub(crate) bytes: Range<usize>,
    pub(crate) kind: MistakeKind,
    pub(crate) message: String,
}

impl Draft {
    /// Finds the line.
    pub(crate) fn place(self, positions: &Positions<'_>) -> Mistake {
        let start = positions.of(self.bytes.start);
        let end = positions.of(self.bytes.end);
        Mistake {
            path: self.path,
            line: start.line,
            column: start.column,
            bytes: self.bytes,
            utf16: start.utf16..end.utf16,
            kind: self.kind,
            message: self.message,
        }
    }
}
