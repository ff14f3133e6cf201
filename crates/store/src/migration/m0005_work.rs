use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let job = Table::create()
            .table("job")
            .col(text("id").primary_key())
            .col(text("kind"))
            .col(json_binary("payload"))
            .col(text("state"))
            .col(text_null("worker"))
            .col(integer("attempts"))
            .col(text("progress"))
            .col(text("error"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("heartbeat_at"))
            .col(timestamp_with_time_zone_null("finished_at"))
            .take();
        manager.create_table(job).await?;
        manager.create_index(index("job", &["state", "created_at"])).await?;
        let audit = Table::create()
            .table("audit")
            .col(big_pk_auto("id"))
            .col(timestamp_with_time_zone("at"))
            .col(text_null("by_user"))
            .col(text("by_name"))
            .col(text("role"))
            .col(text("action"))
            .col(text("object"))
            .col(text("detail"))
            .take();
        manager.create_table(audit).await?;
        manager.create_index(index("audit", &["object"])).await?;
        manager.create_index(index("audit", &["at"])).await?;
        let meta = Table::create().table("meta").col(text("key").primary_key()).col(text("value")).take();
        manager.create_table(meta).await?;
        let counter =
            Table::create().table("counter").col(text("name").primary_key()).col(big_integer("value")).take();
        manager.create_table(counter).await
    }
}
