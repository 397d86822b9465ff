//! Many rows with one statement that is always the same text, so that the database prepares it once.
//!
//! The rows travel as one parameter: JSON, a list of lists. Numbers are whole; everything else is text or missing.

use crate::{Connection, Error, row};
use sea_orm::{DbBackend, QueryResult, Statement};
use serde_json::Value;
use std::fmt::Write;

/// A column of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Col {
    /// A whole number.
    Number(&'static str),
    /// A text.
    Text(&'static str),
}

/// `SELECT … FROM` the rows of the parameter `$1`, in their order.
fn select(backend: DbBackend, columns: &[Col]) -> String {
    let mut sql = String::from("SELECT ");
    for (index, column) in columns.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        // Writing to a String can't fail.
        let _ = match column {
            Col::Number(name) => write!(sql, "{comma}CAST(j.value ->> {index} AS BIGINT) AS {name}"),
            Col::Text(name) => write!(sql, "{comma}j.value ->> {index} AS {name}"),
        };
    }
    sql.push_str(match backend {
        DbBackend::Postgres => {
            " FROM jsonb_array_elements(CAST($1 AS jsonb)) WITH ORDINALITY AS j(value, n) ORDER BY j.n"
        }
        _ => " FROM jsonb_each($1) AS j WHERE true",
    });
    sql
}

fn names(columns: &[Col]) -> String {
    let names: Vec<&str> = columns
        .iter()
        .map(|column| match column {
            Col::Number(name) | Col::Text(name) => *name,
        })
        .collect();
    names.join(", ")
}

/// Inserts rows; `end` is what follows, such as `ON CONFLICT DO NOTHING RETURNING id`.
pub(crate) async fn insert(
    conn: &impl Connection,
    table: &str,
    columns: &[Col],
    rows: Vec<Value>,
    end: &str,
) -> Result<Vec<QueryResult>, Error> {
    let backend = conn.get_database_backend();
    let sql = format!(
        "INSERT INTO {table} ({}) {} {end}",
        names(columns),
        select(backend, columns)
    );
    Ok(conn.query_all_raw(statement(backend, sql, rows)).await?)
}

/// Changes rows; `set` and `condition` may name the columns of `r`, the rows given, and of `t`, the table. Gives the ids of
/// those that were changed.
pub(crate) async fn update(
    conn: &impl Connection,
    table: &str,
    columns: &[Col],
    rows: Vec<Value>,
    set: &str,
    condition: &str,
) -> Result<Vec<i64>, Error> {
    let backend = conn.get_database_backend();
    let from = select(backend, columns);
    // SQLite knows the table's own name here only, PostgreSQL would not know which id is meant.
    let id = if backend == DbBackend::Postgres { "t.id" } else { "id" };
    let sql = format!("UPDATE {table} AS t SET {set} FROM ({from}) AS r WHERE {condition} RETURNING {id}");
    let results = conn.query_all_raw(statement(backend, sql, rows)).await?;
    results.iter().map(|result| row::get(result, "id")).collect()
}

fn statement(backend: DbBackend, sql: String, rows: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql, [Value::Array(rows).to_string().into()])
}

/// A text that both databases take: PostgreSQL has no place for the character 0.
pub(crate) fn clean(text: &str) -> Value {
    if text.contains('\0') {
        Value::from(text.replace('\0', "\u{fffd}"))
    } else {
        Value::from(text)
    }
}

/// The same for a text that may be missing.
pub(crate) fn clean_option(text: Option<&str>) -> Value {
    text.map_or(Value::Null, clean)
}
