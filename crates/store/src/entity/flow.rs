//! A flow schema.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flows")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub name: String,
    pub name_folded: String,
    pub description: String,
    pub kind: String,
    pub program: String,
    pub layout: Option<String>,
    pub tags: String,
    pub tags_folded: String,
    pub note: String,
    pub version: i64,
    pub created_at: i64,
    pub created_by: Option<String>,
    pub updated_at: i64,
    pub updated_by: Option<String>,
    pub declared_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
