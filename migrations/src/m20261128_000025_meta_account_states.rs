//! What was observed of Messenger's accounts beside what is wished of them: whether Meta was asked to tell of them, whether
//! Meta still names them, and which were removed and are not yet taken off.

use crate::column::flag;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const MOMENTS: [&str; 2] = ["gone_at", "removed_at"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let announced = flag("announced").default(false).take();
        m.alter_table(Table::alter().table("meta_accounts").add_column(announced).take())
            .await?;
        for moment in MOMENTS {
            let column = ColumnDef::new(moment).big_integer().take();
            m.alter_table(Table::alter().table("meta_accounts").add_column(column).take())
                .await?;
        }
        m.get_connection()
            .execute_unprepared("UPDATE meta_accounts SET announced = subscribed")
            .await?;
        Ok(())
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.get_connection()
            .execute_unprepared("DELETE FROM meta_accounts WHERE removed_at IS NOT NULL")
            .await?;
        for column in ["announced", "gone_at", "removed_at"] {
            m.alter_table(Table::alter().table("meta_accounts").drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}
