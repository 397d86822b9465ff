//! Which server looks after which gateways: each gateway belongs to a shard, each shard for a while to one server.

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
        let servers = Table::create()
            .table("servers")
            .col(text("id").primary_key().take())
            .col(number("seen_at"))
            .take();
        m.create_table(servers).await?;
        let leases = Table::create()
            .table("leases")
            .col(number("shard").primary_key().take())
            .col(text("owner"))
            .col(number("until"))
            .take();
        m.create_table(leases).await?;
        let mut rows = Query::insert();
        rows.into_table("leases").columns(["shard", "owner", "until"]);
        for shard in 0..64_i64 {
            rows.values_panic([shard.into(), "".into(), 0_i64.into()]);
        }
        m.execute(rows).await
    }

    async fn down(&self, m: &SchemaManager) -> Result<(), DbErr> {
        m.drop_table(Table::drop().table("leases").take()).await?;
        m.drop_table(Table::drop().table("servers").take()).await
    }
}
