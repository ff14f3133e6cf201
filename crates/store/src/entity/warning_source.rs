//! Which deliveries the evidence of a warning cites.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "warning_source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub warning_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
