//! What was last observed of each gateway that was ever enabled, and what is registered for it at its messenger.

use crate::column::{flag, index, number, partial_index, text, text_or_none};
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
            .table("gateway_health")
            .col(number("gateway_id").primary_key().take())
            .col(number("shard"))
            .col(text("state"))
            .col(number("since"))
            .col(number("checked_at").null().take())
            .col(text("code"))
            .col(text("sentence"))
            .col(text("remedy"))
            .col(text("identity"))
            .col(text("to_do"))
            .col(number("next_at").null().take())
            .col(number("failures"))
            .col(flag("take_over"))
            .col(text_or_none("registered"))
            .col(text_or_none("polled"))
            .foreign_key(
                ForeignKey::create()
                    .name("gateway_health_gateway")
                    .from("gateway_health", "gateway_id")
                    .to("gateways", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await?;
        index(m, "gateway_health", &["state"], false).await?;
        // Those that were enabled before gateways could connect begin to do so now.
        let enabled = "INSERT INTO gateway_health (gateway_id, shard, state, since, code, sentence, remedy, identity, to_do, \
            next_at, failures, take_over) SELECT id, id % 64, 'connecting', updated_at, '', '', '', '', '', 0, 0, FALSE \
            FROM gateways WHERE enabled";
        m.get_connection().execute_unprepared(enabled).await?;
        partial_index(
            m,
            "gateway_health",
            "next",
            &["shard", "next_at"],
            "next_at IS NOT NULL",
        )
        .await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("gateway_health").take()).await
    }
}
