use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for count in ["written", "ended"] {
            let column = big_integer(count).default(0).take();
            manager.alter_table(Table::alter().table("batch").add_column(column).take()).await?;
        }
        // Until now every row that was accepted was written.
        manager.get_connection().execute_unprepared("update batch set written = accepted").await?;
        let rebuild = Table::create()
            .table("rebuild")
            .col(text("id").primary_key())
            .col(text("dataset"))
            .col(integer("from_number"))
            .col(text_null("without_batch"))
            .col(text_null("with_batch"))
            .col(text("reason"))
            .col(text("state"))
            .col(text_null("by_user"))
            .col(text("by_name"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        manager.create_table(rebuild).await?;
        manager.create_index(index("rebuild", &["dataset"])).await?;
        let source = Table::create()
            .table("warning_source")
            .col(text("warning_id"))
            .col(integer("batch"))
            .primary_key(Index::create().col("warning_id").col("batch"))
            .take();
        manager.create_table(source).await?;
        manager.create_index(index("warning_source", &["batch"])).await
    }
}
