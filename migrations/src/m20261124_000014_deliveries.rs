//! What came in through gateways and went out, one row each; `key` tells repetitions, `lane` keeps the order of one peer.
//!
//! A row belongs to a gateway by its number only: gateways are removed at once, what they leave behind is cleared away later.

use crate::column::{id, index, number, partial_index, text, text_or_none};
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
            .table("deliveries")
            .col(id())
            .col(number("gateway_id"))
            .col(number("shard"))
            .col(text("way"))
            .col(text("key"))
            .col(text("lane"))
            .col(text("peer"))
            .col(text("kind"))
            .col(text("summary"))
            .col(text("body"))
            .col(text("result"))
            .col(number("attempts"))
            .col(number("at"))
            .col(number("due_at"))
            .col(number("expires_at"))
            .col(number("done_at").null().take())
            .col(number("conversation_id").null().take())
            .col(text_or_none("external_id"))
            .col(text_or_none("error"))
            .col(text_or_none("notes"))
            .col(text_or_none("exchange"))
            .take();
        m.create_table(table).await?;
        index(m, "deliveries", &["gateway_id", "key"], true).await?;
        index(m, "deliveries", &["gateway_id", "id"], false).await?;
        // What is still to be done: few rows, however long the log.
        partial_index(
            m,
            "deliveries",
            "open",
            &["shard", "id"],
            "result IN ('received', 'queued', 'sending')",
        )
        .await?;
        // What somebody has to look at.
        partial_index(
            m,
            "deliveries",
            "trouble",
            &["gateway_id", "id"],
            "result IN ('dead', 'failed', 'ambiguous', 'expired')",
        )
        .await?;
        // Receipts name a message by what the messenger calls it.
        partial_index(
            m,
            "deliveries",
            "external",
            &["gateway_id", "external_id"],
            "external_id IS NOT NULL",
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("deliveries").take()).await
    }
}
