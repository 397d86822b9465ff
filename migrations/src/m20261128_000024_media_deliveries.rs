//! Which event a file came with, and as which of its pieces: an event that is processed once more finds its files.

use crate::column::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 2] = ["delivery_id", "part"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, m: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let add = ColumnDef::new(column).big_integer().take();
            m.alter_table(Table::alter().table("media").add_column(add).take())
                .await?;
        }
        index(m, "media", &COLUMNS, true).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::drop();
        index.name("media_delivery_id_part").table("media");
        m.drop_index(index).await?;
        for column in COLUMNS {
            m.alter_table(Table::alter().table("media").drop_column(column).take())
                .await?;
        }
        Ok(())
    }
}
