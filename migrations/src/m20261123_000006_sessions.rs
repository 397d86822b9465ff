//! Who is signed in, by the SHA-256 of the token that their browser holds.

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
            .table("sessions")
            .col(bytes("id_hash").primary_key().take())
            .col(number("user_id"))
            .col(number("created_at"))
            .col(number("last_seen_at"))
            .col(number("expires_at"))
            .col(text("address"))
            .col(text("user_agent"))
            .foreign_key(
                ForeignKey::create()
                    .name("sessions_user")
                    .from("sessions", "user_id")
                    .to("users", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await?;
        index(m, "sessions", &["user_id"], false).await?;
        index(m, "sessions", &["expires_at"], false).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("sessions").take()).await
    }
}
