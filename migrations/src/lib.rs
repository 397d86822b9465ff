//! The database's schema, one change a file, the same on SQLite and PostgreSQL.
//!
//! Every change is one transaction and can be taken back, and none is edited once it has landed. Nothing here may use the entities of
//! `store`: they describe the schema of today, a migration that of its own day.

use sea_orm_migration::prelude::*;

mod column;
mod m20261123_000001_users;
mod m20261123_000002_roles;
mod m20261123_000003_grants;
mod m20261123_000004_user_roles;
mod m20261123_000005_built_in_roles;
mod m20261123_000006_sessions;
mod m20261123_000007_sign_in_failures;
mod m20261123_000008_flows;
mod m20261123_000009_gateways;
mod m20261123_000010_secrets;
mod m20261123_000011_audit;
mod m20261124_000012_flow_programs;
mod m20261124_000013_flow_calls;
mod m20261124_000014_deliveries;
mod m20261124_000015_conversations;
mod m20261124_000016_gateway_health;
mod m20261124_000017_leases;
mod m20261124_000018_meta_accounts;
mod m20261124_000019_departures;
mod m20261124_000020_declared;
mod m20261124_000021_media;
mod m20261124_000022_health_since;
mod m20261124_000023_delivery_threads;
mod m20261128_000024_media_deliveries;
mod m20261128_000025_meta_account_states;
mod m20261128_000026_meta_sign_ins;
mod m20261128_000027_awaited_receipts;

pub use sea_orm_migration::MigratorTrait;

/// Brings a database to the schema of this version.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_users::Migration),
            Box::new(m20261123_000002_roles::Migration),
            Box::new(m20261123_000003_grants::Migration),
            Box::new(m20261123_000004_user_roles::Migration),
            Box::new(m20261123_000005_built_in_roles::Migration),
            Box::new(m20261123_000006_sessions::Migration),
            Box::new(m20261123_000007_sign_in_failures::Migration),
            Box::new(m20261123_000008_flows::Migration),
            Box::new(m20261123_000009_gateways::Migration),
            Box::new(m20261123_000010_secrets::Migration),
            Box::new(m20261123_000011_audit::Migration),
            Box::new(m20261124_000012_flow_programs::Migration),
            Box::new(m20261124_000013_flow_calls::Migration),
            Box::new(m20261124_000014_deliveries::Migration),
            Box::new(m20261124_000015_conversations::Migration),
            Box::new(m20261124_000016_gateway_health::Migration),
            Box::new(m20261124_000017_leases::Migration),
            Box::new(m20261124_000018_meta_accounts::Migration),
            Box::new(m20261124_000019_departures::Migration),
            Box::new(m20261124_000020_declared::Migration),
            Box::new(m20261124_000021_media::Migration),
            Box::new(m20261124_000022_health_since::Migration),
            Box::new(m20261124_000023_delivery_threads::Migration),
            Box::new(m20261128_000024_media_deliveries::Migration),
            Box::new(m20261128_000025_meta_account_states::Migration),
            Box::new(m20261128_000026_meta_sign_ins::Migration),
            Box::new(m20261128_000027_awaited_receipts::Migration),
        ]
    }
}
