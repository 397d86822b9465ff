//! What many rows have in common.

use crate::Error;
use model::{Stamps, Timestamp};
use sea_orm::{QueryResult, TryGetable};
use std::{fmt, str::FromStr};

/// Reads a column.
pub(crate) fn get<T: TryGetable>(result: &QueryResult, column: &str) -> Result<T, Error> {
    Ok(result.try_get("", column)?)
}

/// Reads a stored word of the product.
pub(crate) fn parse<T>(what: &'static str, text: &str) -> Result<T, Error>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    text.parse().map_err(|error: T::Err| Error::unreadable(what, error))
}

/// Reads stored JSON.
pub(crate) fn json<'a, T: serde::Deserialize<'a>>(what: &'static str, text: &'a str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::unreadable(what, error))
}

/// Writes what is always JSON: text, lists and structs of text.
pub(crate) fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("text and lists of text are JSON")
}

/// A count, which is never negative.
pub(crate) fn count(result: &QueryResult, column: &str) -> Result<u64, Error> {
    Ok(u64::try_from(get::<i64>(result, column)?).unwrap_or(0))
}

/// When and by whom; the product's own rows were made by nobody.
pub(crate) fn stamps(
    created_at: i64,
    created_by: Option<String>,
    updated_at: i64,
    updated_by: Option<String>,
) -> Stamps {
    Stamps {
        created_at: Timestamp(created_at),
        created_by: created_by.unwrap_or_default(),
        updated_at: Timestamp(updated_at),
        updated_by: updated_by.unwrap_or_default(),
        declared_by: None,
    }
}

/// A stored word that the product doesn't know.
#[derive(Debug)]
pub(crate) struct Unknown(pub String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not known", self.0)
    }
}

impl std::error::Error for Unknown {}
