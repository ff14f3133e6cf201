//! Delivered files.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: i32,
    pub dataset: String,
    pub name: String,
    pub sha256: String,
    pub bytes: i64,
    pub state: String,
    pub by_user: Option<String>,
    pub by_name: String,
    pub received_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    pub rows: i64,
    pub accepted: i64,
    pub rejected: i64,
    pub corrected: i64,
    pub version: i64,
    pub written: i64,
    pub ended: i64,
    pub code: Option<String>,
    pub found: String,
    pub expected: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub measures: Option<Json>,
    pub gathered: bool,
    pub request_id: Option<String>,
    pub origin: String,
    pub note: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
