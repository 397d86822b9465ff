//! Only messages of which a messenger tells more are found by its id and by their thread: the two indexes take no others, since
//! each message would change a page somewhere in the middle of both.

use crate::column::{number, partial_index};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let connection = m.get_connection();
        for index in ["deliveries_external", "deliveries_told"] {
            connection.execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        // 1 or 0.
        let column = number("awaits_receipt").default(0).take();
        m.alter_table(Table::alter().table("deliveries").add_column(column).take())
            .await?;
        connection
            .execute_unprepared(
                "UPDATE deliveries SET awaits_receipt = 1 WHERE way = 'out' AND result IN \
                 ('queued', 'sending', 'sent', 'delivered', 'ambiguous')",
            )
            .await?;
        let by_id = ["gateway_id", "external_id"];
        let has_id = "external_id IS NOT NULL AND awaits_receipt = 1";
        partial_index(m, "deliveries", "external", &by_id, has_id).await?;
        let by_thread = ["gateway_id", "lane", "at"];
        let goes_on = "result IN ('sent', 'delivered') AND awaits_receipt = 1";
        partial_index(m, "deliveries", "told", &by_thread, goes_on).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let connection = m.get_connection();
        for index in ["deliveries_external", "deliveries_told"] {
            connection.execute_unprepared(&format!("DROP INDEX {index}")).await?;
        }
        m.alter_table(Table::alter().table("deliveries").drop_column("awaits_receipt").take())
            .await?;
        let by_id = ["gateway_id", "external_id"];
        partial_index(m, "deliveries", "external", &by_id, "external_id IS NOT NULL").await?;
        let by_thread = ["gateway_id", "lane", "at"];
        partial_index(m, "deliveries", "told", &by_thread, "result IN ('sent', 'delivered')").await
    }
}
