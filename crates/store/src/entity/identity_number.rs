//! Numbers that the entities of a pair's mentions are known by; open warnings about them are touched by a ruling.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_number")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pair: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
