use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(pair()).await?;
        let mut mentions = index("identity_pair", &["kind", "one", "other"]);
        manager.create_index(mentions.unique().take()).await?;
        manager.create_index(index("identity_pair", &["state", "found"])).await?;
        let numbers = Table::create()
            .table("identity_number")
            .col(integer("pair"))
            .col(text("number"))
            .primary_key(Index::create().col("pair").col("number"))
            .take();
        manager.create_table(numbers).await?;
        manager.create_index(index("identity_number", &["number"])).await?;
        manager.create_table(event()).await?;
        manager.create_index(index("identity_event", &["pair"])).await?;
        let change = Table::create()
            .table("entity_change")
            .col(big_pk_auto("id"))
            .col(text("kind"))
            .col(text("shift"))
            .col(big_integer("from_entity"))
            .col(big_integer("into_entity"))
            .col(timestamp_with_time_zone("at"))
            .take();
        manager.create_table(change).await?;
        manager.create_index(index("entity_change", &["at"])).await
    }
}

fn pair() -> TableCreateStatement {
    Table::create()
        .table("identity_pair")
        .col(integer("number").primary_key())
        .col(integer("version"))
        .col(text("kind"))
        .col(text("one"))
        .col(text("other"))
        .col(text("name_one"))
        .col(text("name_other"))
        .col(json_binary("sides"))
        .col(json_binary("comparisons"))
        .col(double("probability"))
        .col(text("tier"))
        .col(boolean("together"))
        .col(timestamp_with_time_zone("first_seen"))
        .col(timestamp_with_time_zone("last_seen"))
        .col(boolean("found"))
        .col(boolean("ruled"))
        .col(text("state"))
        .col(boolean_null("same"))
        .col(text_null("proposed_by"))
        .take()
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("identity_event")
        .col(big_pk_auto("id"))
        .col(integer("pair"))
        .col(text("step"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("by_user"))
        .col(text("by_name"))
        .col(text("from_state"))
        .col(text("to_state"))
        .col(text("note"))
        .take()
}
