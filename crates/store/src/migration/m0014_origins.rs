use sea_orm::DbBackend;
use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// What was written down before does not say how it came; the names of who brought it do.
const ORIGINS: [&str; 2] = [
    "update batch set origin = 'push' where name like 'push-%.json.gz' \
     or by_user is null and by_name in (select label from api_token)",
    "update batch set origin = 'link' where origin = 'file' and by_user is null \
     and by_name in (select name from connection_state)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, name, default) in [
            ("batch", "origin", "file"),
            ("batch", "note", ""),
            ("mended_row", "column_name", ""),
            ("mended_row", "code", ""),
        ] {
            let column = text(name).default(default).take();
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        for update in ORIGINS {
            manager.get_connection().execute_unprepared(update).await?;
        }
        let fault = Table::create()
            .table("batch_fault")
            .col(integer("batch"))
            .col(text("column_name"))
            .col(text("code"))
            .col(big_integer("rows"))
            .primary_key(Index::create().col("batch").col("column_name").col("code"))
            .take();
        manager.create_table(fault).await?;
        let source = Table::create()
            .table("finding_source")
            .col(big_integer("finding_id"))
            .col(integer("batch"))
            .primary_key(Index::create().col("finding_id").col("batch"))
            .take();
        manager.create_table(source).await?;
        manager.create_index(index("finding_source", &["batch"])).await?;
        let rows = match manager.get_database_backend() {
            DbBackend::Sqlite => "json_each(finding.\"rows\") as one",
            _ => "jsonb_array_elements_text(finding.\"rows\") as one(value)",
        };
        let fill = format!(
            "insert into finding_source (finding_id, batch) \
             select distinct finding.id, cast(cast(one.value as bigint) / 4294967296 as integer) from finding, {rows}"
        );
        manager.get_connection().execute_unprepared(&fill).await.map(drop)
    }
}
