//! Findings carried through the loop.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "warning")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub number: String,
    pub version: i32,
    pub model_id: String,
    pub pack: String,
    pub revision: i32,
    pub run_id: String,
    pub finding_id: i64,
    pub content: String,
    pub subject: String,
    pub subject_tail: String,
    pub dedupe: String,
    pub subject_name: Option<String>,
    pub level: i16,
    pub fen: Option<i64>,
    pub happened_on: Option<Date>,
    pub happened_month: Option<i32>,
    pub region_code: Option<String>,
    pub township: Option<String>,
    pub raised_at: DateTimeUtc,
    pub raised_on: Date,
    pub state: String,
    pub open: bool,
    pub vanished: bool,
    pub assignee: Option<String>,
    pub assignee_name: Option<String>,
    pub due: Date,
    pub verdict: Option<String>,
    pub verified_by: Option<String>,
    pub submitted_by: Option<String>,
    pub to_recover: Option<i64>,
    pub recovered: i64,
    pub closed_at: Option<DateTimeUtc>,
    pub days_to_close: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
