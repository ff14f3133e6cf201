//! Refused rows that came back mended.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "mended_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub sheet: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub line: i32,
    pub mended_by: String,
    pub column_name: String,
    pub code: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
