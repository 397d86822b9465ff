//! Named sets of grants.

use crate::column::{flag, history, id, index, sorted_text, text};
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
            .table("roles")
            .col(id())
            .col(text("name"))
            .col(sorted_text(m, "name_folded"))
            .col(text("description"))
            .col(sorted_text(m, "description_folded"))
            .col(flag("built_in"))
            .take();
        m.create_table(history(&mut table).take()).await?;
        index(m, "roles", &["name_folded"], true).await?;
        index(m, "roles", &["description_folded", "id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("roles").take()).await
    }
}
