//! Departments asked to share datasets, and what was agreed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: String,
    pub version: i32,
    pub dataset: String,
    pub purpose: String,
    pub basis: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub columns: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub models: Json,
    pub cadence: Option<String>,
    pub from_day: Option<Date>,
    pub until_day: Option<Date>,
    pub state: String,
    pub due: Option<Date>,
    pub link: Option<String>,
    pub asked_by: Option<String>,
    pub asked_by_name: String,
    pub asked_at: DateTimeUtc,
    pub agreed_at: Option<DateTimeUtc>,
    pub agreed_by_name: String,
    pub end_asked_by: Option<String>,
    pub data_end: Option<String>,
    pub cleared_batches: Option<i64>,
    pub cleared_rows: Option<i64>,
    pub cleared_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
