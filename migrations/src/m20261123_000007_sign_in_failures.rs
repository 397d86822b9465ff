//! Failed sign-ins, by account and by address.

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
            .table("sign_in_failures")
            .col(text("key").primary_key().take())
            .col(number("failures"))
            .col(number("last_at"))
            .take();
        m.create_table(table).await?;
        index(m, "sign_in_failures", &["last_at"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("sign_in_failures").take()).await
    }
}
