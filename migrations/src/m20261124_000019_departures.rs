//! Gateways that were removed but not yet taken off at their messengers; what that takes is sealed, and goes with the row.

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
            .table("departures")
            .col(number("gateway_id").primary_key().take())
            .col(number("shard"))
            .col(text("provider"))
            .col(text("key_id"))
            .col(bytes("nonce"))
            .col(bytes("sealed"))
            .col(number("removed_at"))
            .col(number("next_at"))
            .col(number("failures"))
            .take();
        m.create_table(table).await?;
        index(m, "departures", &["shard", "next_at"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("departures").take()).await
    }
}
