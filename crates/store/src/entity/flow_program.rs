//! A program that a flow schema has had.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flow_programs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub flow_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    pub program: String,
    pub saved_at: i64,
    pub saved_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
