//! How many lines of a delivery were erased, by which erasure.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erased_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub erasure: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch: i32,
    pub lines: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
