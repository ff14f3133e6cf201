//! Officials' declarations of relatives' matters.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: String,
    pub version: i32,
    pub disclosure_no: String,
    pub year: i32,
    pub official: String,
    pub official_name: String,
    pub unit: String,
    pub unit_name: String,
    pub post: String,
    pub region_code: Option<String>,
    pub changed_on: Option<Date>,
    pub state: String,
    pub due: Option<Date>,
    pub opened_at: DateTimeUtc,
    pub declared_by: Option<String>,
    pub declared_by_name: String,
    pub declared_at: Option<DateTimeUtc>,
    pub handler: Option<String>,
    pub handler_name: String,
    pub publication_id: Option<String>,
    pub batch_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
