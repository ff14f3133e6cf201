use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(declaration()).await?;
        manager.create_index(index("kinship", &["year", "unit"])).await?;
        manager.create_index(index("kinship", &["official"])).await?;
        for table in [relative(), difference(), arrangement(), event()] {
            manager.create_table(table).await?;
        }
        for table in ["kinship_relative", "kinship_difference", "kinship_arrangement", "kinship_event"] {
            manager.create_index(index(table, &["kinship_id"])).await?;
        }
        manager.create_index(index("kinship_relative", &["kin"])).await?;
        manager.create_index(index("kinship_difference", &["kin"])).await?;
        manager.create_table(publication()).await?;
        manager.create_index(index("kinship_publication", &["year", "unit"])).await?;
        let account = Table::create()
            .table("unit_account")
            .col(text("user_id").primary_key())
            .col(text("unit"))
            .col(text_null("official"))
            .take();
        manager.create_table(account).await
    }
}

fn declaration() -> TableCreateStatement {
    Table::create()
        .table("kinship")
        .col(text("id").primary_key())
        .col(text("number").unique_key())
        .col(integer("version"))
        .col(text("disclosure_no"))
        .col(integer("year"))
        .col(text("official"))
        .col(text("official_name"))
        .col(text("unit"))
        .col(text("unit_name"))
        .col(text("post"))
        .col(text_null("region_code"))
        .col(date_null("changed_on"))
        .col(text("state"))
        .col(date_null("due"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(text_null("declared_by"))
        .col(text("declared_by_name"))
        .col(timestamp_with_time_zone_null("declared_at"))
        .col(text_null("handler"))
        .col(text("handler_name"))
        .col(text_null("publication_id"))
        .col(text_null("batch_id"))
        .take()
}

fn relative() -> TableCreateStatement {
    Table::create()
        .table("kinship_relative")
        .col(big_pk_auto("id"))
        .col(text("kinship_id"))
        .col(text_null("kin"))
        .col(text("kin_name"))
        .col(text("relation"))
        .col(text("employer"))
        .col(text("matter"))
        .col(text("detail"))
        .col(text_null("org_code"))
        .col(text("org_name"))
        .col(text_null("program_code"))
        .col(text_null("contract_no"))
        .take()
}

fn difference() -> TableCreateStatement {
    Table::create()
        .table("kinship_difference")
        .col(big_pk_auto("id"))
        .col(text("kinship_id"))
        .col(text("kind"))
        .col(text("kin"))
        .col(text("kin_name"))
        .col(text("relation"))
        .col(text("declared_relation"))
        .col(text_null("org_code"))
        .col(text("org_name"))
        .col(text("org_role"))
        .col(text("source"))
        .col(json_binary("rows"))
        .col(timestamp_with_time_zone("found_at"))
        .col(text("answer"))
        .col(text("answered_by_name"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .take()
}

fn arrangement() -> TableCreateStatement {
    Table::create()
        .table("kinship_arrangement")
        .col(big_pk_auto("id"))
        .col(text("kinship_id"))
        .col(text("kind"))
        .col(text("record"))
        .col(date_null("due"))
        .col(text("by_name"))
        .col(timestamp_with_time_zone("at"))
        .col(text("proof"))
        .col(timestamp_with_time_zone_null("proved_at"))
        .take()
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("kinship_event")
        .col(big_pk_auto("id"))
        .col(text("kinship_id"))
        .col(text("step"))
        .col(timestamp_with_time_zone("at"))
        .col(text_null("by_user"))
        .col(text("by_name"))
        .col(text_null("from_state"))
        .col(text("to_state"))
        .col(text("note"))
        .take()
}

fn publication() -> TableCreateStatement {
    Table::create()
        .table("kinship_publication")
        .col(text("id").primary_key())
        .col(text("number").unique_key())
        .col(integer("version"))
        .col(integer("year"))
        .col(text("unit"))
        .col(text("unit_name"))
        .col(text("state"))
        .col(json_binary("lines"))
        .col(text_null("asked_by"))
        .col(text("asked_by_name"))
        .col(timestamp_with_time_zone("asked_at"))
        .col(text("answered_by_name"))
        .col(timestamp_with_time_zone_null("answered_at"))
        .col(text("remark"))
        .col(date_null("shown_until"))
        .take()
}
