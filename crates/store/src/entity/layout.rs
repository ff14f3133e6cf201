//! What headers of departments mean, as persons confirmed it. Never changed; retired when it is good no more.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "layout")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub dataset: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub header: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub columns: Json,
    pub confirmed_by: Option<String>,
    pub confirmed_by_name: String,
    pub confirmed_at: DateTimeUtc,
    pub retired_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
