use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let token = Table::create()
            .table("api_token")
            .col(text("id").primary_key())
            .col(text("label"))
            .col(json_binary("datasets"))
            .col(text("hash"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("expires_at"))
            .col(timestamp_with_time_zone_null("revoked_at"))
            .col(timestamp_with_time_zone_null("last_used_at"))
            .take();
        manager.create_table(token).await?;
        let push = Table::create()
            .table("push")
            .col(text("token_id"))
            .col(text("key"))
            .col(text("target"))
            .col(text("sha256"))
            .col(text("receipt"))
            .col(integer_null("status"))
            .col(json_binary_null("answer"))
            .col(timestamp_with_time_zone("created_at"))
            .primary_key(Index::create().col("token_id").col("key"))
            .foreign_key(ForeignKey::create().from("push", "token_id").to("api_token", "id"))
            .take();
        manager.create_table(push).await?;
        manager.create_index(index("push", &["created_at"])).await?;
        let receipt = Table::create()
            .table("receipt")
            .col(text("id").primary_key())
            .col(text("token_id"))
            .col(text("dataset"))
            .col(text_null("batch_id"))
            .col(text_null("code"))
            .col(text("found"))
            .col(text("expected"))
            .col(timestamp_with_time_zone("settled_at"))
            .foreign_key(ForeignKey::create().from("receipt", "token_id").to("api_token", "id"))
            .take();
        manager.create_table(receipt).await?;
        manager.create_index(index("receipt", &["settled_at"])).await
    }
}
