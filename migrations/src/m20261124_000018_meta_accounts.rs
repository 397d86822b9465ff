//! The pages, Instagram accounts and numbers of Messenger gateways; their tokens are among the secrets.

use crate::column::{flag, number, text};
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
            .table("meta_accounts")
            .col(number("gateway_id"))
            .col(text("kind"))
            .col(text("id"))
            .col(text("parent"))
            .col(text("name"))
            .col(text("details"))
            .col(flag("subscribed"))
            .col(number("added_at"))
            .primary_key(Index::create().col("gateway_id").col("kind").col("id"))
            .foreign_key(
                ForeignKey::create()
                    .name("meta_accounts_gateway")
                    .from("meta_accounts", "gateway_id")
                    .to("gateways", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("meta_accounts").take()).await
    }
}
