//! Erasures: that they happened, and on what ground. Whom they were about is known only until they begin.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub state: String,
    pub subject: Option<String>,
    pub ground: String,
    pub remark: String,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub counts: Option<Json>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub traces: Option<Json>,
    pub asked_by: Option<String>,
    pub asked_name: String,
    pub asked_at: DateTimeUtc,
    pub answered_by: Option<String>,
    pub answered_name: String,
    pub answered_at: Option<DateTimeUtc>,
    pub done_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
