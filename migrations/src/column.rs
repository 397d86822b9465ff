//! Columns and indexes that many tables have.

use sea_orm_migration::{prelude::*, schema::big_pk_auto, sea_orm::DbBackend};

/// The primary key: given by the database and, on both databases, never given twice.
pub(crate) fn id() -> ColumnDef {
    big_pk_auto("id")
}

/// A text by which a registry is sorted or searched.
///
/// SQLite compares bytes by default; PostgreSQL has to be told, or its order would depend on the server's locale and
/// a prefix could not be looked up in an index.
pub(crate) fn sorted_text(m: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = text(name);
    if m.get_database_backend() == DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column
}

/// A text.
pub(crate) fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().take()
}

/// A whole number, a moment in milliseconds or the id of another row.
pub(crate) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// Yes or no.
pub(crate) fn flag(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().take()
}

/// Bytes.
pub(crate) fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().take()
}

/// The version and the stamps of an object that people edit.
pub(crate) fn history(table: &mut TableCreateStatement) -> &mut TableCreateStatement {
    table
        .col(number("version"))
        .col(number("created_at"))
        .col(ColumnDef::new("created_by").text())
        .col(number("updated_at"))
        .col(ColumnDef::new("updated_by").text())
}

/// Indexes `columns` of `table` in their order.
pub(crate) async fn index(
    m: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create()
        .name(format!("{table}_{}", columns.join("_")))
        .table(table)
        .take();
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    m.create_index(index).await
}

/// A text that may be missing.
pub(crate) fn text_or_none(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().take()
}

/// Indexes the rows of `table` for which `condition` holds; both databases understand the same words.
pub(crate) async fn partial_index(
    m: &SchemaManager<'_>,
    table: &str,
    name: &str,
    columns: &[&str],
    condition: &str,
) -> Result<(), DbErr> {
    partial(m, "INDEX", table, name, columns, condition).await
}

/// The same, and no two of these rows have the same values.
pub(crate) async fn partial_unique(
    m: &SchemaManager<'_>,
    table: &str,
    name: &str,
    columns: &[&str],
    condition: &str,
) -> Result<(), DbErr> {
    partial(m, "UNIQUE INDEX", table, name, columns, condition).await
}

async fn partial(
    m: &SchemaManager<'_>,
    what: &str,
    table: &str,
    name: &str,
    columns: &[&str],
    condition: &str,
) -> Result<(), DbErr> {
    let columns = columns.join(", ");
    let sql = format!("CREATE {what} {table}_{name} ON {table} ({columns}) WHERE {condition}");
    m.get_connection().execute_unprepared(&sql).await.map(drop)
}
