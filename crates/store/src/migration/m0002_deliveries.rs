use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut batch = Table::create();
        batch
            .table("batch")
            .col(text("id").primary_key())
            .col(integer("number").unique_key())
            .col(text("dataset"))
            .col(text("name"))
            .col(text("sha256"))
            .col(big_integer("bytes"))
            .col(text("state"))
            .col(text_null("by_user"))
            .col(text("by_name"))
            .col(timestamp_with_time_zone("received_at"))
            .col(timestamp_with_time_zone_null("finished_at"));
        for count in ["rows", "accepted", "rejected", "corrected", "version"] {
            batch.col(big_integer(count));
        }
        batch.col(text_null("code")).col(text("found")).col(text("expected"));
        manager.create_table(batch).await?;
        manager.create_index(index("batch", &["dataset", "sha256"])).await?;
        manager.create_index(index("batch", &["state"])).await?;
        let region = Table::create()
            .table("region")
            .col(text("code").primary_key())
            .col(text("name"))
            .col(text("parent"))
            .take();
        manager.create_table(region).await
    }
}
