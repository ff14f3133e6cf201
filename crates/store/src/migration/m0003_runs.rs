use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let run = Table::create()
            .table("run")
            .col(text("id").primary_key())
            .col(text("state"))
            .col(date("as_of"))
            .col(text_null("by_user"))
            .col(text("by_name"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("started_at"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        manager.create_table(run).await?;
        manager.create_index(index("run", &["asked_at"])).await?;
        manager.create_table(run_model()).await?;
        manager.create_index(index("run_model", &["model_id"])).await?;
        manager.create_table(finding()).await?;
        manager.create_index(index("finding", &["run_id", "model_id", "id"])).await
    }
}

fn run_model() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("run_model")
        .col(text("run_id"))
        .col(text("model_id"))
        .col(integer("revision"))
        .col(text("fingerprint"))
        .col(json_binary("params"))
        .col(boolean("overridden"))
        .col(boolean("raises"))
        .col(text("outcome"))
        .col(integer("attempts"));
    for count in ["millis", "found", "raised", "refreshed", "unchanged", "suppressed", "withdrawn"] {
        table.col(big_integer(count));
    }
    table
        .col(json_binary("missing"))
        .col(json_binary("without"))
        .col(json_binary("versions"))
        .col(text_null("code"))
        .col(text("detail"))
        .primary_key(Index::create().col("run_id").col("model_id"))
        .foreign_key(ForeignKey::create().from("run_model", "run_id").to("run", "id"))
        .take()
}

fn finding() -> TableCreateStatement {
    Table::create()
        .table("finding")
        .col(big_integer("id").primary_key())
        .col(text("run_id"))
        .col(text("model_id"))
        .col(text("subject"))
        .col(text("dedupe"))
        .col(text_null("subject_name"))
        .col(small_integer("level"))
        .col(big_integer_null("fen"))
        .col(date_null("happened_on"))
        .col(text_null("region_code"))
        .col(json_binary("evidence"))
        .col(json_binary("rows"))
        .col(big_integer("row_count"))
        .take()
}
