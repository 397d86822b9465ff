//! Chat gateways; `flow_sort` is the folded name of the flow schema, empty without one.

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
            .table("gateways")
            .col(id())
            .col(text("name"))
            .col(sorted_text(m, "name_folded"))
            .col(sorted_text(m, "uri"))
            .col(number("flow_id").null().take())
            .col(sorted_text(m, "flow_sort"))
            .col(sorted_text(m, "provider"))
            .col(flag("enabled"))
            .col(text("settings"))
            .col(text("templates"))
            .foreign_key(
                ForeignKey::create()
                    .name("gateways_flow")
                    .from("gateways", "flow_id")
                    .to("flows", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .take();
        m.create_table(history(&mut table).take()).await?;
        index(m, "gateways", &["name_folded", "id"], false).await?;
        index(m, "gateways", &["uri"], true).await?;
        index(m, "gateways", &["flow_sort", "id"], false).await?;
        index(m, "gateways", &["provider", "id"], false).await?;
        index(m, "gateways", &["enabled", "id"], false).await?;
        index(m, "gateways", &["flow_id", "name_folded", "id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("gateways").take()).await
    }
}
