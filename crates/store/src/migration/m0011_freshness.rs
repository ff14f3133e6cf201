use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let delay = Table::create()
            .table("data_delay")
            .col(text("dataset"))
            .col(date("due_on"))
            .col(timestamp_with_time_zone("reminded_at"))
            .col(timestamp_with_time_zone_null("degraded_at"))
            .col(timestamp_with_time_zone_null("cured_at"))
            .primary_key(Index::create().col("dataset").col("due_on"))
            .take();
        manager.create_table(delay).await?;
        let coverage = Table::create()
            .table("coverage")
            .col(text("dataset"))
            .col(text("region"))
            .col(integer("month"))
            .col(big_integer("rows"))
            .primary_key(Index::create().col("dataset").col("region").col("month"))
            .take();
        manager.create_table(coverage).await?;
        let counted = Table::create()
            .table("coverage_version")
            .col(text("dataset").primary_key())
            .col(big_integer("version"))
            .take();
        manager.create_table(counted).await
    }
}
