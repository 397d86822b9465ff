//! Secrets, sealed; what they belong to is told by `owner` and `owner_id`.

use crate::column::{bytes, index, number, text};
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
            .table("secrets")
            .col(text("owner"))
            .col(number("owner_id"))
            .col(text("field"))
            .col(text("key_id"))
            .col(bytes("nonce"))
            .col(bytes("sealed"))
            .col(number("set_at"))
            .col(text("set_by"))
            .primary_key(Index::create().col("owner").col("owner_id").col("field"))
            .take();
        m.create_table(table).await?;
        index(m, "secrets", &["key_id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("secrets").take()).await
    }
}
