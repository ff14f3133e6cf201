//! Declared relatives and matters.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "kinship_relative")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub kinship_id: String,
    pub kin: Option<String>,
    pub kin_name: String,
    pub relation: String,
    pub employer: String,
    pub matter: String,
    pub detail: String,
    pub org_code: Option<String>,
    pub org_name: String,
    pub program_code: Option<String>,
    pub contract_no: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
