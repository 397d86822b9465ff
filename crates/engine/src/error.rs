//! Why an action failed, by what was asked for.

use crate::access::Denied;
use model::{FieldErrors, Section, Timestamp};

/// Why a page of a registry could not be given.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What was asked for makes no sense; a sentence for each parameter.
    #[error("{}", first(.0))]
    Invalid(FieldErrors),
    /// The database failed.
    #[error(transparent)]
    Store(store::Error),
}

impl From<FieldErrors> for ListError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<store::Error> for ListError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::BadCursor => {
                let message = "The address of this page was changed or is out of date. Start from the first page.";
                Self::Invalid(FieldErrors::one("page", message))
            }
            error => Self::Store(error),
        }
    }
}

/// Why an object could not be given.
#[derive(Debug, thiserror::Error)]
pub enum GetError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such object, or no longer.
    #[error("This {} does not exist, or it was removed.", .0.object())]
    NotFound(Section),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Why an object could not be saved; nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// There is no such object, or no longer.
    #[error("This {} does not exist, or it was removed.", .0.object())]
    NotFound(Section),
    /// Fields are wrong; a sentence for each.
    #[error("{}", count(.0))]
    Invalid(FieldErrors),
    /// Somebody else has saved since.
    #[error(transparent)]
    Conflict(Box<Conflict>),
    /// A rule protects it.
    #[error("{0}")]
    Protected(String),
    /// The database failed.
    #[error(transparent)]
    Store(store::Error),
}

impl From<FieldErrors> for SaveError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<store::Error> for SaveError {
    fn from(error: store::Error) -> Self {
        let taken = |field, message: &str| Self::Invalid(FieldErrors::one(field, message));
        match error {
            store::Error::Conflict(store::Unique::GatewayUri) => {
                taken("uri", "Another gateway has this URI. Choose another one.")
            }
            store::Error::Conflict(store::Unique::FlowName | store::Unique::UserName | store::Unique::RoleName) => {
                taken("name", "This name is taken. Choose another one.")
            }
            store::Error::Missing => {
                let message = "Something that was chosen here has just been removed. Reload the page and choose again.";
                Self::Protected(message.to_owned())
            }
            error => Self::Store(error),
        }
    }
}

impl From<GetError> for SaveError {
    fn from(error: GetError) -> Self {
        match error {
            GetError::Denied(denied) => Self::Denied(denied),
            GetError::NotFound(section) => Self::NotFound(section),
            GetError::Store(error) => error.into(),
        }
    }
}

/// Somebody else has saved an object since it was read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{by} has changed this {} in the meantime.", .section.object())]
pub struct Conflict {
    /// Where.
    pub section: Section,
    /// Who saved last, by name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// A sentence for each field that was changed since.
    pub fields: FieldErrors,
}

/// Why nothing of a removal was tried; what became of each object otherwise is in its result.
#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Too many at once.
    #[error("Remove at most {MAX_REMOVED} at once; you asked for {0}.")]
    TooMany(usize),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// The most objects that one request removes.
pub(crate) const MAX_REMOVED: usize = 10_000;

fn first(errors: &FieldErrors) -> String {
    errors
        .iter()
        .next()
        .map(|(_, message)| message.to_owned())
        .unwrap_or_default()
}

fn count(errors: &FieldErrors) -> String {
    match errors.iter().count() {
        1 => "One field needs attention; nothing was saved.".to_owned(),
        count => format!("{count} fields need attention; nothing was saved."),
    }
}
