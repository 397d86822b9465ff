//! Who has which role; a role that somebody has stays.

use crate::column::{index, number};
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
            .table("user_roles")
            .col(number("user_id"))
            .col(number("role_id"))
            .primary_key(Index::create().col("user_id").col("role_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("user_roles_user")
                    .from("user_roles", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("user_roles_role")
                    .from("user_roles", "role_id")
                    .to("roles", "id")
                    .on_delete(ForeignKeyAction::Restrict),
            )
            .take();
        m.create_table(table).await?;
        index(m, "user_roles", &["role_id"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("user_roles").take()).await
    }
}
