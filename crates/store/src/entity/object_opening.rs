//! Persons' pages that are open in a session. Neither the session nor the person can be read from it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "object_opening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seal: String,
    pub opened_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
