//! The programs that a flow schema has had, each with the version of the flow schema that it came with.
//!
//! Of what was there before only the present programs are known; each begins the history of its flow schema.

use crate::column::{number, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("flow_programs")
            .col(number("flow_id"))
            .col(number("version"))
            .col(text("program"))
            .col(number("saved_at"))
            .col(ColumnDef::new("saved_by").text())
            .primary_key(Index::create().col("flow_id").col("version"))
            .foreign_key(
                ForeignKey::create()
                    .name("flow_programs_flow")
                    .from("flow_programs", "flow_id")
                    .to("flows", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await?;
        let present = Query::select()
            .columns(["id", "version", "program", "updated_at", "updated_by"])
            .from("flows")
            .take();
        let first = Query::insert()
            .into_table("flow_programs")
            .columns(["flow_id", "version", "program", "saved_at", "saved_by"])
            .select_from(present)
            .map_err(|error| DbErr::Migration(error.to_string()))?
            .take();
        m.execute(first).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("flow_programs").take()).await
    }
}
