//! What is wrong with a file.

use super::MAX_FLOW_FILE_BYTES;
use crate::flow::place;

/// Why a file is not the file of a flow schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlowFileError {
    /// There is nothing in it.
    #[error("The file is empty.")]
    Empty,
    /// It is longer than a file may be; so many bytes.
    #[error("A flow schema's file has at most {MAX_FLOW_FILE_BYTES} bytes; this one has {0}.")]
    TooLarge(usize),
    /// It is no JSON.
    #[error("The file is no JSON. {0}")]
    Syntax(String),
    /// It is some other JSON.
    #[error(
        "This is not the file of a flow schema: such a file is an object with “chat_gateways_flow” or “schema” in it, or a \
         list of nodes."
    )]
    NoFlow,
    /// It was written by a later version of the product; its format.
    #[error(
        "The file has format {0}; this version of Chat Gateways reads format 1. Export it with format 1, or upgrade."
    )]
    Newer(u64),
    /// Something that it must have is not there.
    #[error("The file has no “{0}”.")]
    Missing(&'static str),
    /// Something in it is not what it must be.
    #[error("Line {line}, column {column}: {what}.")]
    Wrong {
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong there.
        what: String,
    },
}

impl FlowFileError {
    /// Something is wrong with a part of a file.
    pub(super) fn at(file: &str, part: &str, what: String) -> Self {
        let (line, column) = place::of_part(file, part);
        Self::Wrong { line, column, what }
    }
}
