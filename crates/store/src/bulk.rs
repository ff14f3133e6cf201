//! Many rows at once, in chunks that both engines take.

use sea_orm::{ActiveModelTrait, DatabaseTransaction, EntityTrait, Iterable};

use crate::Result;

/// Both engines take more places in one statement than this.
const MAX_PLACES: usize = 30_000;

/// The most rows in one statement; beyond it nothing gets faster.
const MAX_ROWS: usize = 500;

/// Inserts a row for each thing.
pub(crate) async fn insert_all<T, A>(db: &DatabaseTransaction, things: &[T], row: fn(&T) -> A) -> Result<()>
where
    A: ActiveModelTrait + Send,
{
    let columns = <A::Entity as EntityTrait>::Column::iter().count();
    for chunk in things.chunks((MAX_PLACES / columns).min(MAX_ROWS)) {
        let rows: Vec<A> = chunk.iter().map(row).collect();
        <A::Entity as EntityTrait>::insert_many(rows).exec_without_returning(db).await?;
    }
    Ok(())
}
