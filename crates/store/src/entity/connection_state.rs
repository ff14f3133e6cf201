//! How far each connection has come.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "connection_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub watermark: Option<String>,
    pub edge: Option<String>,
    pub unmarked: i64,
    pub last_started_at: Option<DateTimeUtc>,
    pub last_success_at: Option<DateTimeUtc>,
    pub last_error: Option<String>,
    pub found: String,
    pub expected: String,
    pub failures: i32,
    pub next_due_at: Option<DateTimeUtc>,
    pub asked_at: Option<DateTimeUtc>,
    pub last_batch: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
