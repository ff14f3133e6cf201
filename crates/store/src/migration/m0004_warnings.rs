use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(warning()).await?;
        for columns in INDEXES {
            manager.create_index(index("warning", columns)).await?;
        }
        let one_open =
            "create unique index uq_warning_open on warning (model_id, subject, dedupe) where open";
        manager.get_connection().execute_unprepared(one_open).await?;
        manager.create_table(warning_event()).await?;
        manager.create_index(index("warning_event", &["warning_id", "id"])).await?;
        manager.create_table(recovery()).await?;
        manager.create_index(index("recovery", &["warning_id"])).await?;
        manager.create_table(exception()).await
    }
}

/// The inbox is read in the order level, raised, id under each of these filters.
const INDEXES: &[&[&str]] = &[
    &["open", "level", "raised_at", "id"],
    &["model_id", "open", "level", "raised_at", "id"],
    &["pack", "open", "level", "raised_at", "id"],
    &["assignee", "open", "level", "raised_at", "id"],
    &["state", "level", "raised_at", "id"],
    &["region_code", "open", "level"],
    &["subject"],
    &["subject_tail"],
];

fn warning() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("warning")
        .col(text("id").primary_key())
        .col(text("number").unique_key())
        .col(integer("version"));
    for name in ["model_id", "pack"] {
        table.col(text(name));
    }
    table
        .col(integer("revision"))
        .col(text("run_id"))
        .col(big_integer("finding_id"))
        .col(text("content"))
        .col(text("subject"))
        .col(text("subject_tail"))
        .col(text("dedupe"))
        .col(text_null("subject_name"))
        .col(small_integer("level"))
        .col(big_integer_null("fen"))
        .col(date_null("happened_on"))
        .col(integer_null("happened_month"))
        .col(text_null("region_code"))
        .col(text_null("township"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(date("raised_on"))
        .col(text("state"))
        .col(boolean("open"))
        .col(boolean("vanished"))
        .col(text_null("assignee"))
        .col(text_null("assignee_name"))
        .col(date("due"))
        .col(text_null("verdict"))
        .col(text_null("verified_by"))
        .col(text_null("submitted_by"))
        .col(big_integer_null("to_recover"))
        .col(big_integer("recovered"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(integer_null("days_to_close"))
        .take()
}

fn warning_event() -> TableCreateStatement {
    Table::create()
        .table("warning_event")
        .col(big_pk_auto("id"))
        .col(text("warning_id"))
        .col(text("step"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("by_user"))
        .col(text("by_name"))
        .col(text_null("from_state"))
        .col(text("to_state"))
        .col(text("note"))
        .col(text_null("verdict"))
        .col(big_integer_null("amount"))
        .col(date_null("day"))
        .col(text_null("person"))
        .col(small_integer_null("level"))
        .foreign_key(ForeignKey::create().from("warning_event", "warning_id").to("warning", "id"))
        .take()
}

fn recovery() -> TableCreateStatement {
    Table::create()
        .table("recovery")
        .col(big_pk_auto("id"))
        .col(text("warning_id"))
        .col(big_integer("amount"))
        .col(date("day"))
        .col(text("note"))
        .col(text_null("by_user"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(ForeignKey::create().from("recovery", "warning_id").to("warning", "id"))
        .take()
}

fn exception() -> TableCreateStatement {
    Table::create()
        .table("exception")
        .col(text("model_id"))
        .col(text("subject"))
        .col(text("dedupe"))
        .col(text("warning_id"))
        .col(text("verdict"))
        .col(small_integer("level"))
        .col(text("facts"))
        .col(timestamp_with_time_zone("at"))
        .primary_key(Index::create().col("model_id").col("subject").col("dedupe"))
        .take()
}
