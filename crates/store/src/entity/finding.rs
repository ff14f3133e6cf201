//! Findings as the models returned them; never changed.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub run_id: String,
    pub model_id: String,
    pub subject: String,
    pub dedupe: String,
    pub subject_name: Option<String>,
    pub level: i16,
    pub fen: Option<i64>,
    pub happened_on: Option<Date>,
    pub region_code: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub evidence: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub rows: Json,
    pub row_count: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
