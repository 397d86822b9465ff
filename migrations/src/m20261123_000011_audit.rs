//! Who did what; no foreign keys, because a line outlives what it tells about.

use crate::column::{id, index, number, text};
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
            .table("audit")
            .col(id())
            .col(number("at"))
            .col(number("actor_id").null().take())
            .col(text("actor"))
            .col(text("section"))
            .col(number("object_id"))
            .col(text("object_name"))
            .col(text("action"))
            .col(text("changes"))
            .col(ColumnDef::new("request_id").text())
            .take();
        m.create_table(table).await?;
        index(m, "audit", &["section", "object_id", "id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("audit").take()).await
    }
}
