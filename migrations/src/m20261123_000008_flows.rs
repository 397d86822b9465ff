//! The programs that answer conversations.

use crate::column::{history, id, index, sorted_text, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create()
            .table("flows")
            .col(id())
            .col(text("name"))
            .col(sorted_text(m, "name_folded"))
            .col(text("description"))
            .col(sorted_text(m, "kind"))
            .col(text("program"))
            .col(ColumnDef::new("layout").text())
            .col(text("tags"))
            .col(text("tags_folded"))
            .col(text("note"))
            .take();
        m.create_table(history(&mut table).take()).await?;
        index(m, "flows", &["name_folded"], true).await?;
        index(m, "flows", &["kind", "id"], false).await?;
        index(m, "flows", &["updated_at", "id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("flows").take()).await
    }
}
