use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};

use crate::Result;

/// One transaction. All of the store's verbs are methods of it; dropping it undoes what it did.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: DatabaseTransaction,
}

impl Tx {
    pub(crate) fn new(db: DatabaseTransaction) -> Self {
        Self { db }
    }

    /// Keeps what was done.
    pub async fn commit(self) -> Result<()> {
        Ok(self.db.commit().await?)
    }

    /// Plain SQL for reports: `$1`-style places, read into structs of this crate.
    pub(crate) async fn select<R: FromQueryResult>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<R>> {
        Ok(R::find_by_statement(self.statement(sql, values)).all(&self.db).await?)
    }

    /// Plain SQL that changes something; the number of rows it changed.
    pub(crate) async fn change(&self, sql: &str, values: Vec<Value>) -> Result<u64> {
        Ok(self.db.execute_raw(self.statement(sql, values)).await?.rows_affected())
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        Statement::from_sql_and_values(self.backend(), sql, values)
    }

    pub(crate) fn backend(&self) -> DbBackend {
        self.db.get_database_backend()
    }
}
