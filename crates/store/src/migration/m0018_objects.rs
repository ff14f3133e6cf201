use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let opening = Table::create()
            .table("object_opening")
            .col(text("seal").primary_key())
            .col(timestamp_with_time_zone("opened_at"))
            .take();
        manager.create_table(opening).await?;
        manager.create_index(index("object_opening", &["opened_at"])).await?;
        manager.create_index(index("finding", &["subject"])).await
    }
}
