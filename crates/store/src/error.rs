//! What can go wrong between the product and its database.

use crate::key_ring::SealError;
use sea_orm::{DbErr, SqlErr};

/// A value that only one row may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unique {
    /// The URI of a gateway.
    GatewayUri,
    /// The name of a flow schema.
    FlowName,
    /// The name of a user.
    UserName,
    /// The name of a role.
    RoleName,
}

/// Why the store could not do what it was asked.
///
/// The sentences are fit for people; what the database itself said is in the source, for the log only.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another row has the value already.
    #[error("this value is taken already")]
    Conflict(Unique),
    /// Something else still refers to the row.
    #[error("this is still in use")]
    InUse,
    /// What the row would refer to doesn't exist (any more).
    #[error("what this refers to doesn't exist any more")]
    Missing,
    /// A cursor was made for another list or was changed on its way.
    #[error("this page address is not valid; start from the first page")]
    BadCursor,
    /// A secret could not be sealed or opened.
    #[error(transparent)]
    Sealed(#[from] SealError),
    /// The database holds something that this version can't read.
    #[error("the database holds a {what} that can't be read")]
    Unreadable {
        /// What it should have been.
        what: &'static str,
        /// Why it isn't.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The database can't be used this way.
    #[error("this database URL can't be used: {0}")]
    Url(&'static str),
    /// The database failed or could not be reached.
    #[error("the database could not do this")]
    Database(#[source] DbErr),
}

impl Error {
    /// Wraps why a stored value is not what it should be.
    pub(crate) fn unreadable(what: &'static str, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Unreadable {
            what,
            source: source.into(),
        }
    }
}

/// What the databases call a broken uniqueness: SQLite names the column, PostgreSQL the index.
const UNIQUE: [(&str, &str, Unique); 4] = [
    ("gateways.uri", "gateways_uri", Unique::GatewayUri),
    ("flows.name_folded", "flows_name_folded", Unique::FlowName),
    ("users.name_folded", "users_name_folded", Unique::UserName),
    ("roles.name_folded", "roles_name_folded", Unique::RoleName),
];

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(message)) = error.sql_err() {
            let known = UNIQUE
                .iter()
                .find(|(column, index, _)| message.contains(column) || message.contains(index));
            if let Some((_, _, unique)) = known {
                return Self::Conflict(*unique);
            }
        }
        // Both databases say it in these words; their codes differ between a refused removal and a missing parent.
        if error.to_string().to_lowercase().contains("foreign key constraint") {
            return Self::InUse;
        }
        Self::Database(error)
    }
}
