//! Refused rows that came back mended, and by which delivery.

use std::collections::BTreeSet;

use gnomon_domain::BatchState;
use gnomon_kernel::{BatchId, Code, RowRef};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

use crate::{
    Batch, Result, Tx,
    bulk::insert_all,
    entity::{batch, mended_row},
    error::readable,
};

/// A delivery that mends refused rows of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mender {
    /// The delivery.
    pub id: BatchId,
    /// Its number.
    pub number: u32,
    /// Name of its file.
    pub name: String,
    /// How many rows of the other it mends.
    pub rows: u64,
}

/// A refused row that came back mended, and what had been wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mend {
    /// The refused row.
    pub row: RowRef,
    /// Name of the dataset's column at fault; empty for the whole row.
    pub column: String,
    /// What was wrong.
    pub code: Code,
}

impl Tx {
    /// Numbers of the accepted deliveries of a dataset before a number that have refused rows, ascending.
    pub async fn mendable(&self, dataset: &str, before: u32) -> Result<Vec<u32>> {
        let numbers: Vec<i32> = batch::Entity::find()
            .select_only()
            .column(batch::Column::Number)
            .filter(batch::Column::Dataset.eq(dataset))
            .filter(batch::Column::State.eq(BatchState::Accepted.as_str()))
            .filter(batch::Column::Rejected.gt(0))
            .filter(batch::Column::Number.lt(i64::from(before)))
            .order_by_asc(batch::Column::Number)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(numbers.into_iter().map(|number| number as u32).collect())
    }

    /// Says which refused rows a delivery mends now. Rows of deliveries that are not accepted or of another dataset are left
    /// out, and so is a row that another delivery has mended before.
    pub async fn set_mends(&self, by: &Batch, rows: &[Mend]) -> Result<()> {
        self.forget_mends(&by.id).await?;
        let mendable: BTreeSet<u32> = match rows {
            [] => return Ok(()),
            _ => self.mendable(&by.dataset, by.number).await?.into_iter().collect(),
        };
        let taken = self.mended_among(rows).await?;
        let is_open = |mend: &&Mend| mendable.contains(&mend.row.batch) && !taken.contains(&mend.row);
        let open: Vec<(&Mend, &BatchId)> = rows.iter().filter(is_open).map(|mend| (mend, &by.id)).collect();
        insert_all(&self.db, &open, |(mend, by)| mended_row::ActiveModel {
            batch: Set(mend.row.batch as i32),
            sheet: Set(i32::from(mend.row.sheet)),
            line: Set(mend.row.line as i32),
            mended_by: Set(by.to_string()),
            column_name: Set(mend.column.clone()),
            code: Set(mend.code.word().to_owned()),
        })
        .await
    }

    /// Says what had been wrong with rows of a delivery that were mended before anybody wrote it down.
    pub async fn set_mended_faults(&self, mends: &[Mend]) -> Result<()> {
        use mended_row::Column as C;
        for mend in mends {
            mended_row::Entity::update_many()
                .col_expr(C::ColumnName, Expr::value(mend.column.as_str()))
                .col_expr(C::Code, Expr::value(mend.code.word()))
                .filter(C::Batch.eq(mend.row.batch as i32))
                .filter(C::Sheet.eq(i32::from(mend.row.sheet)))
                .filter(C::Line.eq(mend.row.line as i32))
                .exec(&self.db)
                .await?;
        }
        Ok(())
    }

    /// A delivery mends nothing any more.
    pub async fn forget_mends(&self, by: &BatchId) -> Result<()> {
        let by = mended_row::Column::MendedBy.eq(by.as_str());
        mended_row::Entity::delete_many().filter(by).exec(&self.db).await?;
        Ok(())
    }

    /// The refused rows of a delivery that came back mended.
    pub async fn mended_rows(&self, batch: u32) -> Result<BTreeSet<RowRef>> {
        let of_batch = mended_row::Column::Batch.eq(batch as i32);
        let rows = mended_row::Entity::find().filter(of_batch).all(&self.db).await?;
        Ok(rows.iter().map(row_ref).collect())
    }

    /// The deliveries that mend refused rows of a delivery, in the order they came.
    pub async fn menders(&self, batch: u32) -> Result<Vec<Mender>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: String,
            number: i32,
            name: String,
            rows: i64,
        }
        let sql = "select batch.id, batch.number, batch.name, count(*) as rows from mended_row \
                   join batch on batch.id = mended_row.mended_by where mended_row.batch = $1 \
                   group by batch.id, batch.number, batch.name order by batch.number";
        let rows: Vec<Row> = self.select(sql, vec![(batch as i32).into()]).await?;
        let mender = |row: Row| {
            Ok(Mender {
                id: readable(BatchId::parse(&row.id), "batch id")?,
                number: row.number as u32,
                name: row.name,
                rows: row.rows as u64,
            })
        };
        rows.into_iter().map(mender).collect()
    }

    async fn mended_among(&self, rows: &[Mend]) -> Result<BTreeSet<RowRef>> {
        let batches: BTreeSet<u32> = rows.iter().map(|mend| mend.row.batch).collect();
        let mut mended = BTreeSet::new();
        for batch in batches {
            mended.extend(self.mended_rows(batch).await?);
        }
        Ok(mended)
    }
}

fn row_ref(row: &mended_row::Model) -> RowRef {
    RowRef { batch: row.batch as u32, sheet: row.sheet as u8, line: row.line as u32 }
}
