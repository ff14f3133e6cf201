//! Lines of the warnings' timelines; never changed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "warning_event")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub warning_id: String,
    pub step: String,
    pub at: DateTimeUtc,
    pub by_user: Option<String>,
    pub by_name: String,
    pub from_state: Option<String>,
    pub to_state: String,
    pub note: String,
    pub verdict: Option<String>,
    pub amount: Option<i64>,
    pub day: Option<Date>,
    pub person: Option<String>,
    pub level: Option<i16>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
