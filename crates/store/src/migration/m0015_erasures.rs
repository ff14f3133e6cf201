use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let erasure = Table::create()
            .table("erasure")
            .col(integer("number").primary_key())
            .col(text("state"))
            .col(text_null("subject"))
            .col(text("ground"))
            .col(text("remark"))
            .col(json_binary_null("counts"))
            .col(json_binary_null("traces"))
            .col(text_null("asked_by"))
            .col(text("asked_name"))
            .col(timestamp_with_time_zone("asked_at"))
            .col(text_null("answered_by"))
            .col(text("answered_name"))
            .col(timestamp_with_time_zone_null("answered_at"))
            .col(timestamp_with_time_zone_null("done_at"))
            .take();
        manager.create_table(erasure).await?;
        let batch = Table::create()
            .table("erased_batch")
            .col(integer("erasure"))
            .col(integer("batch"))
            .col(big_integer("lines"))
            .primary_key(Index::create().col("erasure").col("batch"))
            .take();
        manager.create_table(batch).await?;
        manager.create_index(index("erased_batch", &["batch"])).await
    }
}
