//! What registers say and a declaration does not.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship_difference")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kinship_id: String,
    pub kind: String,
    pub kin: String,
    pub kin_name: String,
    pub relation: String,
    pub declared_relation: String,
    pub org_code: Option<String>,
    pub org_name: String,
    pub org_role: String,
    pub source: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub rows: Json,
    pub found_at: DateTimeUtc,
    pub answer: String,
    pub answered_by_name: String,
    pub answered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
