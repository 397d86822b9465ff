//! What a role grants: for each section a part of `crud`.

use crate::column::{number, text};
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
            .table("grants")
            .col(number("role_id"))
            .col(text("section"))
            .col(text("letters"))
            .primary_key(Index::create().col("role_id").col("section"))
            .foreign_key(
                ForeignKey::create()
                    .name("grants_role")
                    .from("grants", "role_id")
                    .to("roles", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("grants").take()).await
    }
}
