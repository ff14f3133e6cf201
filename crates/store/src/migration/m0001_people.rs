use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let user = Table::create()
            .table("user")
            .col(text("id").primary_key())
            .col(text("login").unique_key())
            .col(text("name"))
            .col(text("role"))
            .col(text("password_hash"))
            .col(timestamp_with_time_zone("created_at"))
            .take();
        manager.create_table(user).await?;
        let session = Table::create()
            .table("session")
            .col(text("token_hash").primary_key())
            .col(text("user_id"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("seen_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("session", "user_id")
                    .to("user", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(session).await?;
        manager.create_index(index("session", &["user_id"])).await?;
        let attempt = Table::create()
            .table("login_attempt")
            .col(big_pk_auto("id"))
            .col(text("name"))
            .col(text("client"))
            .col(timestamp_with_time_zone("at"))
            .col(boolean("ok"))
            .take();
        manager.create_table(attempt).await?;
        manager.create_index(index("login_attempt", &["name", "at"])).await?;
        manager.create_index(index("login_attempt", &["client", "at"])).await
    }
}
