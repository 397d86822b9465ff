//! A line of the record.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub at: i64,
    pub actor_id: Option<i64>,
    pub actor: String,
    pub section: String,
    pub object_id: i64,
    pub object_name: String,
    pub action: String,
    pub changes: String,
    pub request_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
