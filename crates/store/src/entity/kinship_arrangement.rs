//! Recusals and exits.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship_arrangement")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kinship_id: String,
    pub kind: String,
    pub record: String,
    pub due: Option<Date>,
    pub by_name: String,
    pub at: DateTimeUtc,
    pub proof: String,
    pub proved_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
