//! Why rows of accepted deliveries were kept apart, counted.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "batch_fault")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub column_name: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    pub rows: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
