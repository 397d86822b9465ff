//! A chat gateway.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gateways")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub name_folded: String,
    pub uri: String,
    pub flow_id: Option<i64>,
    pub flow_sort: String,
    pub provider: String,
    pub enabled: bool,
    pub settings: String,
    pub templates: String,
    pub version: i64,
    pub created_at: i64,
    pub created_by: Option<String>,
    pub updated_at: i64,
    pub updated_by: Option<String>,
    pub declared_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
