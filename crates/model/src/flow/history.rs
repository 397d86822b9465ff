//! The programs that a flow schema has had, and how they differ.

use crate::{Timestamp, Version};
use serde::{Deserialize, Serialize};

/// A program that a flow schema has or had, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramVersion {
    /// The flow schema's version that it came with. A save that leaves the program as it is makes a version of the
    /// flow schema, but none of the program.
    pub version: Version,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Who saved it, by name; empty when nobody is known.
    pub saved_by: String,
    /// Its length in characters.
    pub chars: u64,
}

/// A program that a flow schema has or had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedProgram {
    /// The flow schema's version that it came with.
    pub version: Version,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// Who saved it, by name; empty when nobody is known.
    pub saved_by: String,
    /// Its text as it was typed.
    pub program: String,
}

/// With what a program is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// With the one before it: what this save has changed.
    Previous,
    /// With the one of today: what was changed since.
    Present,
}

/// How two programs differ; the older one always comes first, whichever was asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramDifference {
    /// The version of the older program; none when nothing older is kept, so that every line counts as added.
    pub older: Option<Version>,
    /// The version of the newer program.
    pub newer: Version,
    /// What differs, with up to [`ProgramDifference::CONTEXT`] unchanged lines around it; none when the programs differ
    /// in nothing but line ends. A step of more than one in the line numbers is where unchanged lines were left out.
    pub lines: Vec<DiffLine>,
    /// Whether there are more lines than [`ProgramDifference::MAX_LINES`]; the rest was left out.
    pub cut: bool,
}

impl ProgramDifference {
    /// How many unchanged lines are shown before and after a changed one.
    pub const CONTEXT: usize = 3;
    /// The most lines of a difference.
    pub const MAX_LINES: usize = 5_000;
}

/// One line of a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiffLine {
    /// Which of the programs has it.
    pub kind: DiffKind,
    /// The line without its end.
    pub text: String,
    /// Its number in the older program, from 1; none when it was added.
    pub old_line: Option<u32>,
    /// Its number in the newer program, from 1; none when it was removed.
    pub new_line: Option<u32>,
}

/// Which of two programs has a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiffKind {
    /// Both.
    Same,
    /// The newer one.
    Added,
    /// The older one.
    Removed,
}
