//! Many rows with one statement that is always the same text, so that the database prepares it once.
//!
//! The rows travel as one parameter: JSON, a list of lists. Numbers are whole; everything else is text or missing.

use crate::{Connection, Error, row};
use sea_orm::{DbBackend, QueryResult, Statement};
use serde::Serialize;
use std::{borrow::Cow, fmt::Write};

/// A column of the rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Col {
    /// A whole number.
    Number(&'static str),
    /// A text.
    Text(&'static str),
}

/// Rows on their way into a statement, written as JSON as they come.
#[derive(Debug)]
pub(crate) struct Rows(Vec<u8>);

impl Rows {
    /// No rows yet.
    pub fn new() -> Self {
        Self(vec![b'['])
    }

    /// One row for each item.
    pub fn of<T>(items: impl IntoIterator<Item = T>, add: impl Fn(&mut Self, T)) -> Self {
        items.into_iter().fold(Self::new(), |mut rows, item| {
            add(&mut rows, item);
            rows
        })
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.0.len() == 1
    }

    /// Adds a row, with a cell for each column.
    pub fn add(&mut self, cells: &[&dyn Cell]) {
        let json = &mut self.0;
        if json.len() > 1 {
            json.push(b',');
        }
        json.push(b'[');
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            cell.write(json);
        }
        json.push(b']');
    }

    fn into_json(self) -> String {
        let Self(mut json) = self;
        json.push(b']');
        String::from_utf8(json).expect("only texts and digits were written")
    }
}

/// What can stand in a row.
pub(crate) trait Cell {
    /// Writes it as JSON.
    fn write(&self, json: &mut Vec<u8>);
}

impl Cell for i64 {
    fn write(&self, json: &mut Vec<u8>) {
        put(json, self);
    }
}

impl Cell for u32 {
    fn write(&self, json: &mut Vec<u8>) {
        put(json, self);
    }
}

impl Cell for &str {
    fn write(&self, json: &mut Vec<u8>) {
        put(json, &clean(self));
    }
}

impl Cell for String {
    fn write(&self, json: &mut Vec<u8>) {
        self.as_str().write(json);
    }
}

impl<T: Cell> Cell for Option<T> {
    fn write(&self, json: &mut Vec<u8>) {
        match self {
            Some(cell) => cell.write(json),
            None => json.extend_from_slice(b"null"),
        }
    }
}

fn put(json: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(json, value).expect("texts and numbers are JSON, and memory takes it");
}

/// A text that both databases take: PostgreSQL has no place for the character 0.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
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
    rows: Rows,
    end: &str,
) -> Result<Vec<QueryResult>, Error> {
    let backend = conn.get_database_backend();
    let sql = format!(
        "INSERT INTO {table} ({}) {} {end}",
        names(columns),
        select(backend, columns)
    );
    run(conn, sql, rows).await
}

/// Changes rows; `set` and `condition` may name the columns of `r`, the rows given, and of `t`, the table. Gives the ids of
/// those that were changed.
pub(crate) async fn update(
    conn: &impl Connection,
    table: &str,
    columns: &[Col],
    rows: Rows,
    set: &str,
    condition: &str,
) -> Result<Vec<i64>, Error> {
    let backend = conn.get_database_backend();
    let from = select(backend, columns);
    // SQLite knows the table's own name here only, PostgreSQL would not know which id is meant.
    let id = if backend == DbBackend::Postgres { "t.id" } else { "id" };
    let sql = format!("UPDATE {table} AS t SET {set} FROM ({from}) AS r WHERE {condition} RETURNING {id}");
    let results = run(conn, sql, rows).await?;
    results.iter().map(|result| row::get(result, "id")).collect()
}

/// Reads rows of the table `t` that go with the rows given, `r`; `end` begins with the condition.
pub(crate) async fn read(
    conn: &impl Connection,
    table: &str,
    wanted: &str,
    columns: &[Col],
    rows: Rows,
    end: &str,
) -> Result<Vec<QueryResult>, Error> {
    let from = select(conn.get_database_backend(), columns);
    let sql = format!("SELECT {wanted} FROM ({from}) AS r JOIN {table} AS t ON {end}");
    run(conn, sql, rows).await
}

async fn run(conn: &impl Connection, sql: String, rows: Rows) -> Result<Vec<QueryResult>, Error> {
    let statement = Statement::from_sql_and_values(conn.get_database_backend(), sql, [rows.into_json().into()]);
    Ok(conn.query_all_raw(statement).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_a_list_of_lists() {
        assert_eq!(Rows::new().into_json(), "[]");
        let rows = Rows::of([(1_i64, Some("a\"\n\0")), (i64::MIN, None)], |rows, (number, text)| {
            rows.add(&[&number, &text, &7_u32]);
        });
        assert!(!rows.is_empty());
        assert_eq!(
            rows.into_json(),
            "[[1,\"a\\\"\\n\u{fffd}\",7],[-9223372036854775808,null,7]]"
        );
    }
}
