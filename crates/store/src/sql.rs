//! Statements put together from pieces, with their values.

use crate::{Connection, Error};
use sea_orm::{DbBackend, ExecResult, QueryResult, Statement, Value};
use std::fmt::Write;

/// A statement in the making; both databases understand `$1`, `$2` ….
#[derive(Clone, Debug, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Begins with `text`.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            values: Vec::new(),
        }
    }

    /// Adds text that holds no value from outside.
    pub(crate) fn push(&mut self, text: impl AsRef<str>) -> &mut Self {
        self.text.push_str(text.as_ref());
        self
    }

    /// Adds a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        // Writing to a String can't fail.
        let _ = write!(self.text, "${}", self.values.len());
        self
    }

    /// Adds values between parentheses, for `IN`.
    pub(crate) fn bind_list<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        for (index, value) in values.into_iter().enumerate() {
            if index > 0 {
                self.push(", ");
            }
            self.bind(value);
        }
        self.push(")")
    }

    /// Puts text before everything else.
    #[cfg(test)]
    pub(crate) fn prefixed(mut self, text: &str) -> Self {
        self.text.insert_str(0, text);
        self
    }

    /// All rows.
    pub(crate) async fn all(self, conn: &impl Connection) -> Result<Vec<QueryResult>, Error> {
        Ok(conn.query_all_raw(self.statement(conn)).await?)
    }

    /// The first row.
    pub(crate) async fn one(self, conn: &impl Connection) -> Result<Option<QueryResult>, Error> {
        Ok(conn.query_one_raw(self.statement(conn)).await?)
    }

    /// Runs it.
    pub(crate) async fn run(self, conn: &impl Connection) -> Result<ExecResult, Error> {
        Ok(conn.execute_raw(self.statement(conn)).await?)
    }

    fn statement(self, conn: &impl Connection) -> Statement {
        Statement::from_sql_and_values(conn.get_database_backend(), self.text, self.values)
    }
}

/// The most values in one statement; both databases take far more, and their statement caches stay small.
pub(crate) const CHUNK: usize = 1_000;

/// Keeps these rows from being changed, removed or newly referred to until the transaction ends.
///
/// Only PostgreSQL needs it: on SQLite there is one writing transaction at a time.
pub(crate) async fn hold(conn: &impl Connection, table: &'static str, ids: &[i64]) -> Result<(), Error> {
    if conn.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    // All in the same order, so that no two wait for each other.
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    for ids in ids.chunks(CHUNK) {
        let mut sql = Sql::new(format!("SELECT id FROM {table} WHERE id IN "));
        sql.bind_list(ids.iter().copied()).push(" ORDER BY id FOR UPDATE");
        sql.all(conn).await?;
    }
    Ok(())
}
