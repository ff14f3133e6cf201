//! What each model said in each run, with all that is needed to repeat it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "run_model")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub run_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: String,
    pub revision: i32,
    pub fingerprint: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub params: Json,
    pub overridden: bool,
    pub raises: bool,
    pub outcome: String,
    pub attempts: i32,
    pub millis: i64,
    pub found: i64,
    pub raised: i64,
    pub refreshed: i64,
    pub unchanged: i64,
    pub suppressed: i64,
    pub withdrawn: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub missing: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub without: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub versions: Json,
    pub code: Option<String>,
    pub detail: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
