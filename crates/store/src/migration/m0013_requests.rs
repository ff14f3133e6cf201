use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(request_table()).await?;
        manager.create_index(index("data_request", &["dataset", "state"])).await?;
        let event = Table::create()
            .table("request_event")
            .col(big_pk_auto("id"))
            .col(text("request_id"))
            .col(text("step"))
            .col(timestamp_with_time_zone("at"))
            .col(text_null("by_user"))
            .col(text("by_name"))
            .col(text_null("from_state"))
            .col(text("to_state"))
            .col(text("note"))
            .col(text_null("link"))
            .col(text_null("data_end"))
            .take();
        manager.create_table(event).await?;
        manager.create_index(index("request_event", &["request_id"])).await?;
        let department = text_null("department").take();
        manager.alter_table(Table::alter().table("user").add_column(department).take()).await?;
        let request = text_null("request_id").take();
        manager.alter_table(Table::alter().table("batch").add_column(request).take()).await?;
        manager.create_index(index("batch", &["request_id"])).await
    }
}

fn request_table() -> TableCreateStatement {
    Table::create()
        .table("data_request")
        .col(text("id").primary_key())
        .col(text("number").unique_key())
        .col(integer("version"))
        .col(text("dataset"))
        .col(text("purpose"))
        .col(text("basis"))
        .col(json_binary("columns"))
        .col(json_binary("models"))
        .col(text_null("cadence"))
        .col(date_null("from_day"))
        .col(date_null("until_day"))
        .col(text("state"))
        .col(date_null("due"))
        .col(text_null("link"))
        .col(text_null("asked_by"))
        .col(text("asked_by_name"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(timestamp_with_time_zone_null("agreed_at"))
        .col(text("agreed_by_name"))
        .col(text_null("end_asked_by"))
        .col(text_null("data_end"))
        .col(big_integer_null("cleared_batches"))
        .col(big_integer_null("cleared_rows"))
        .col(timestamp_with_time_zone_null("cleared_at"))
        .take()
}
