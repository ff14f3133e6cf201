//! Pairs of mentions that may be one: what the last linking says of them, and what was ruled.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "identity_pair")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    pub version: i32,
    pub kind: String,
    pub one: String,
    pub other: String,
    pub name_one: String,
    pub name_other: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub sides: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub comparisons: Json,
    pub probability: f64,
    pub tier: String,
    pub together: bool,
    pub first_seen: DateTimeUtc,
    pub last_seen: DateTimeUtc,
    pub found: bool,
    pub ruled: bool,
    pub state: String,
    pub same: Option<bool>,
    pub proposed_by: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
