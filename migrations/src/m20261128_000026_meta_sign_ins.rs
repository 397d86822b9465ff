//! Sign-ins with Meta under way, by the SHA-256 of the word that leads back to us; they end with the session they began in.

use crate::column::{bytes, number, text};
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
            .table("meta_sign_ins")
            .col(bytes("state_hash").primary_key().take())
            .col(bytes("session"))
            .col(number("gateway_id"))
            .col(text("kind"))
            .col(number("expires_at"))
            .foreign_key(
                ForeignKey::create()
                    .name("meta_sign_ins_session")
                    .from("meta_sign_ins", "session")
                    .to("sessions", "id_hash")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .foreign_key(
                ForeignKey::create()
                    .name("meta_sign_ins_gateway")
                    .from("meta_sign_ins", "gateway_id")
                    .to("gateways", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        m.create_table(table).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("meta_sign_ins").take()).await
    }
}
