//! Finds what was sent in a thread and may still get further: some messengers tell only up to when a thread was read.

use crate::column::partial_index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let columns = ["gateway_id", "lane", "at"];
        partial_index(m, "deliveries", "told", &columns, "result IN ('sent', 'delivered')").await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection()
            .execute_unprepared("DROP INDEX deliveries_told")
            .await?;
        Ok(())
    }
}
