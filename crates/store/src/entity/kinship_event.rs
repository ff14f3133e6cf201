//! Lines of the declarations' timelines.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kinship_id: String,
    pub step: String,
    pub at: DateTimeUtc,
    pub by_user: Option<String>,
    pub by_name: String,
    pub from_state: Option<String>,
    pub to_state: String,
    pub note: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
