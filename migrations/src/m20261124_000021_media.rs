//! Files that messengers brought. The bytes are in the data folder under the same id; a row without its file is of no use.

use crate::column::{index, number, text};
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
            .table("media")
            .col(text("id").primary_key().take())
            .col(number("gateway_id"))
            .col(text("name"))
            .col(text("mime"))
            .col(number("size"))
            .col(text("sha256"))
            .col(number("created_at"))
            .col(number("expires_at"))
            .take();
        m.create_table(table).await?;
        index(m, "media", &["expires_at"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("media").take()).await
    }
}
