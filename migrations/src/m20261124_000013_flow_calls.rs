//! Which flow schema calls which with its node `schema`; one that is called stays.

use crate::column::{index, number};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend, Statement},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// So many programs are read at a time.
const CHUNK: usize = 100;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("flow_calls")
            .col(number("flow_id"))
            .col(number("called_id"))
            .primary_key(Index::create().col("flow_id").col("called_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("flow_calls_flow")
                    .from("flow_calls", "flow_id")
                    .to("flows", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("flow_calls_called")
                    .from("flow_calls", "called_id")
                    .to("flows", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .take();
        m.create_table(table).await?;
        index(m, "flow_calls", &["called_id"], false).await?;
        fill(m).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("flow_calls").take()).await
    }
}

/// Finds the calls of the programs that there are already.
async fn fill(m: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = m.get_connection();
    let backend = m.get_database_backend();
    let mut last = 0_i64;
    loop {
        let sql = format!("SELECT id, program FROM flows WHERE id > $1 ORDER BY id LIMIT {CHUNK}");
        let rows = conn
            .query_all_raw(Statement::from_sql_and_values(backend, sql, [last.into()]))
            .await?;
        for row in &rows {
            last = row.try_get("", "id")?;
            let program: String = row.try_get("", "program")?;
            for called in called(&program) {
                call(conn, backend, last, called).await?;
            }
        }
        if rows.len() < CHUNK {
            return Ok(());
        }
    }
}

/// Writes one call, if what is called is there.
async fn call(conn: &impl ConnectionTrait, backend: DbBackend, flow: i64, called: i64) -> Result<(), DbErr> {
    let sql = "INSERT INTO flow_calls (flow_id, called_id) SELECT $1, id FROM flows WHERE id = $2";
    let statement = Statement::from_sql_and_values(backend, sql, [flow.into(), called.into()]);
    conn.execute_raw(statement).await?;
    Ok(())
}

/// The ids that the nodes `schema` of a program name. What is no JSON calls nothing.
fn called(program: &str) -> BTreeSet<i64> {
    let mut ids = BTreeSet::new();
    let mut rest = vec![serde_json::from_str::<Value>(program).unwrap_or_default()];
    while let Some(value) = rest.pop() {
        match value {
            Value::Array(values) => rest.extend(values),
            Value::Object(fields) => {
                ids.extend(fields.get("schema").and_then(|schema| id(schema.get("id")?)));
                rest.extend(fields.into_iter().map(|(_, value)| value));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    ids
}

/// An id, written as a number or as the text that the number has.
fn id(value: &Value) -> Option<i64> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.parse::<i64>().ok().filter(|id| id.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn calls_are_found_however_deep_and_however_their_ids_are_written() {
        let program =
            r#"[{"schema":{"id":7}},{"if":{"expression":"1","then":[{"schema":{"id":"60"}}]}},{"schema":{"id":7}}]"#;
        assert_eq!(Vec::from_iter(called(program)), [7, 60]);
    }

    #[test]
    fn what_names_no_flow_is_passed_over() {
        let program =
            r#"[{"schema":{"id":"${x}"}},{"schema":{"id":"07"}},{"schema":{"id":1.5}},{"schema":"7"},{"schema":null}]"#;
        assert!(called(program).is_empty());
        assert!(called("{").is_empty());
    }
}
