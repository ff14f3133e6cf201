use sea_orm_migration::{prelude::*, schema::*};

use super::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What came before was not measured.
        let measures = json_binary_null("measures").take();
        manager.alter_table(Table::alter().table("batch").add_column(measures).take()).await?;
        let gathered = boolean("gathered").default(false).take();
        manager.alter_table(Table::alter().table("batch").add_column(gathered).take()).await?;
        manager
            .get_connection()
            .execute_unprepared("update batch set gathered = true where name like 'push-%.json.gz'")
            .await?;
        manager.create_index(index("batch", &["dataset", "number"])).await?;
        let mended = Table::create()
            .table("mended_row")
            .col(integer("batch"))
            .col(integer("sheet"))
            .col(integer("line"))
            .col(text("mended_by"))
            .primary_key(Index::create().col("batch").col("sheet").col("line"))
            .foreign_key(ForeignKey::create().from("mended_row", "mended_by").to("batch", "id"))
            .take();
        manager.create_table(mended).await?;
        manager.create_index(index("mended_row", &["mended_by"])).await
    }
}
