use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let layout = Table::create()
            .table("layout")
            .col(text("id").primary_key())
            .col(text("dataset"))
            .col(json_binary("header"))
            .col(json_binary("columns"))
            .col(text_null("confirmed_by"))
            .col(text("confirmed_by_name"))
            .col(timestamp_with_time_zone("confirmed_at"))
            .col(timestamp_with_time_zone_null("retired_at"))
            .take();
        manager.create_table(layout).await?;
        manager.create_index(index("layout", &["dataset"])).await
    }
}
