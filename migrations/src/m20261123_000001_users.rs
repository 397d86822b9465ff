//! The people who sign in.

use crate::column::{flag, history, id, index, number, sorted_text, text};
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
            .table("users")
            .col(id())
            .col(text("name"))
            .col(sorted_text(m, "name_folded"))
            .col(text("password_hash"))
            .col(flag("must_change_password"))
            .col(flag("disabled"))
            .col(number("last_seen_at").null().take())
            .take();
        m.create_table(history(&mut table).take()).await?;
        index(m, "users", &["name_folded"], true).await?;
        index(m, "users", &["disabled", "id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("users").take()).await
    }
}
