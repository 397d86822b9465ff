//! The floor: sqlx alone, with the settings of the store's pool of readers.

use crate::failure::{Failure, Fallible};
use sea_orm::{
    Statement, Value,
    sqlx::{
        AssertSqlSafe, ConnectOptions, Row, query,
        sqlite::{
            SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
        },
    },
};
use std::{path::Path, sync::Arc, time::Duration};

/// A pool of connections that only read.
pub struct Bare {
    pool: SqlitePool,
}

impl Bare {
    /// Opens the database.
    pub async fn open(file: &Path) -> Fallible<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-8000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "MEMORY")
            .pragma("query_only", "ON")
            .disable_statement_logging();
        let pool = SqlitePoolOptions::new()
            .max_connections(10)
            .connect_with(options)
            .await?;
        Ok(Self { pool })
    }

    /// The version of SQLite.
    pub async fn version(&self) -> Fallible<String> {
        Ok(query("SELECT sqlite_version()")
            .fetch_one(&self.pool)
            .await?
            .try_get(0)?)
    }

    /// Runs the statements one after the other and reads every value; says how many rows the last one had.
    pub async fn run(&self, statements: &Statements) -> Fallible<usize> {
        let counted = self.rows(&statements.count).await?;
        let _: i64 = counted.first().ok_or("nothing was counted")?.try_get(0)?;
        let rows = self.rows(&statements.page).await?;
        rows.iter().try_for_each(read)?;
        Ok(rows.len())
    }

    async fn rows(&self, prepared: &Prepared) -> Fallible<Vec<SqliteRow>> {
        let mut query = query(AssertSqlSafe(Arc::clone(&prepared.text)));
        for value in &prepared.values {
            query = match value {
                Bound::Text(text) => query.bind(text.as_str()),
                Bound::Number(number) => query.bind(number),
                Bound::Flag(flag) => query.bind(flag),
            };
        }
        Ok(query.fetch_all(&self.pool).await?)
    }

    /// Closes every connection.
    pub async fn close(self) {
        self.pool.close().await;
    }
}

/// The columns of a row of the registry, behind its sort value and sort id.
type Columns = (
    i64,
    String,
    String,
    String,
    bool,
    i64,
    Option<i64>,
    Option<String>,
    Option<String>,
);

fn read(row: &SqliteRow) -> Fallible<()> {
    let columns: Columns = (
        row.try_get(2)?,
        row.try_get(3)?,
        row.try_get(4)?,
        row.try_get(5)?,
        row.try_get(6)?,
        row.try_get(7)?,
        row.try_get(8)?,
        row.try_get(9)?,
        row.try_get(10)?,
    );
    std::hint::black_box(columns);
    Ok(())
}

/// What the store asks for one page: how many rows there are, then the rows.
pub struct Statements {
    count: Prepared,
    page: Prepared,
}

struct Prepared {
    text: Arc<str>,
    values: Vec<Bound>,
}

enum Bound {
    Text(String),
    Number(i64),
    Flag(bool),
}

impl Statements {
    /// Takes what the store was heard to ask.
    pub fn of(recorded: &[Statement]) -> Fallible<Self> {
        let [count, page] = recorded else {
            return Err(format!("a page took {} statements instead of 2", recorded.len()).into());
        };
        Ok(Self {
            count: count.try_into()?,
            page: page.try_into()?,
        })
    }
}

impl TryFrom<&Statement> for Prepared {
    type Error = Failure;

    fn try_from(statement: &Statement) -> Fallible<Self> {
        let values = statement.values.iter().flat_map(|values| &values.0).map(bound);
        Ok(Self {
            text: statement.sql.as_str().into(),
            values: values.collect::<Fallible<_>>()?,
        })
    }
}

fn bound(value: &Value) -> Fallible<Bound> {
    match value {
        Value::String(Some(text)) => Ok(Bound::Text(text.clone())),
        Value::BigInt(Some(number)) => Ok(Bound::Number(*number)),
        Value::Bool(Some(flag)) => Ok(Bound::Flag(*flag)),
        other => Err(format!("a list binds a value of another kind: {other:?}").into()),
    }
}
