//! Runs of flow schemas with peers; of each peer at most one that has not ended.

use crate::column::{id, index, number, partial_index, partial_unique, text, text_or_none};
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
            .table("conversations")
            .col(id())
            .col(number("gateway_id"))
            .col(number("shard"))
            .col(text("lane"))
            .col(text("thread"))
            .col(text("peer"))
            .col(text("peer_name"))
            .col(number("flow_id"))
            .col(text("programs"))
            .col(text("state"))
            .col(number("due_at").null().take())
            .col(text_or_none("call"))
            .col(text_or_none("choices"))
            .col(number("steps"))
            .col(number("heard"))
            .col(number("said"))
            .col(number("started_at"))
            .col(number("updated_at"))
            .col(number("ended_at").null().take())
            .col(text_or_none("cause"))
            .col(text_or_none("why"))
            .take();
        m.create_table(table).await?;
        index(m, "conversations", &["gateway_id", "id"], false).await?;
        index(m, "conversations", &["flow_id"], false).await?;
        partial_unique(
            m,
            "conversations",
            "running",
            &["gateway_id", "lane"],
            "ended_at IS NULL",
        )
        .await?;
        partial_index(m, "conversations", "due", &["shard", "due_at"], "due_at IS NOT NULL").await?;
        partial_index(m, "conversations", "calling", &["shard", "id"], "call IS NOT NULL").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("conversations").take()).await
    }
}
