//! Why nothing came of an action on a run.

use crate::access::Denied;
use model::FieldErrors;

/// Why a flow schema could not be tried.
#[derive(Debug, thiserror::Error)]
pub enum TryError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such run, it was forgotten, or it is somebody else's.
    #[error(
        "This run is no longer there: it is forgotten after 30 minutes, or when too many others are begun. Begin again."
    )]
    NoSuchRun,
    /// The conversation is over.
    #[error("The conversation has ended. Begin again.")]
    Ended,
    /// What was typed makes no sense; a sentence for each field.
    #[error("{}", first(.0))]
    Invalid(FieldErrors),
    /// Too many programs run at the moment, or the last step of this one is not done yet.
    #[error("The server is busy with other steps. Try again in a moment.")]
    Busy,
    /// The run broke down; this is a mistake of the product.
    #[error("Something went wrong on the server, and the run has ended. Begin again.")]
    Broken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl TryError {
    /// One wrong field.
    pub(super) fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message.into()))
    }
}

fn first(errors: &FieldErrors) -> String {
    let first = errors.iter().next();
    first.map(|(_, message)| message.to_owned()).unwrap_or_default()
}
