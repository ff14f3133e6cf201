//! Many rows at once, in chunks that both engines take.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, Iterable};

use crate::Result;

/// Both engines take more places in one statement than this.
const MAX_PLACES: usize = 30_000;

/// The most rows in one statement; beyond it nothing gets faster.
const MAX_ROWS: usize = 500;

/// Inserts all rows.
pub(crate) async fn insert_all<A>(db: &DatabaseTransaction, rows: impl Iterator<Item = A>) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    let chunk = (MAX_PLACES / columns).min(MAX_ROWS);
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        let some: Vec<A> = rows.by_ref().take(chunk).collect();
        <A::Entity as EntityTrait>::insert_many(some).exec_without_returning(db).await?;
    }
    Ok(())
}
