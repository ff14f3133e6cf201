use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let state = Table::create()
            .table("connection_state")
            .col(text("name").primary_key())
            .col(text_null("watermark"))
            .col(text_null("edge"))
            .col(big_integer("unmarked"))
            .col(timestamp_with_time_zone_null("last_started_at"))
            .col(timestamp_with_time_zone_null("last_success_at"))
            .col(text_null("last_error"))
            .col(text("found"))
            .col(text("expected"))
            .col(integer("failures"))
            .col(timestamp_with_time_zone_null("next_due_at"))
            .col(timestamp_with_time_zone_null("asked_at"))
            .col(text_null("last_batch"))
            .take();
        manager.create_table(state).await?;
        let seen = Table::create()
            .table("connection_seen")
            .col(text("name"))
            .col(text("object"))
            .col(text("tag"))
            .col(text_null("batch_id"))
            .primary_key(Index::create().col("name").col("object"))
            .take();
        manager.create_table(seen).await
    }
}
