//! Units' masked lists of declared matters.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship_publication")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: String,
    pub version: i32,
    pub year: i32,
    pub unit: String,
    pub unit_name: String,
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: Json,
    pub asked_by: Option<String>,
    pub asked_by_name: String,
    pub asked_at: DateTimeUtc,
    pub answered_by_name: String,
    pub answered_at: Option<DateTimeUtc>,
    pub remark: String,
    pub shown_until: Option<Date>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
