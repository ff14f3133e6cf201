//! Why rows of deliveries were kept apart, counted once when a delivery is in, so that nobody has to read the rows to know.

use std::collections::BTreeMap;

use gnomon_kernel::{Code, RowRef};
use gnomon_library::{
    analytics::{FaultCount, IngestReport, RejectedRow},
    dataset::Dataset,
    quality::{FaultTally, column_of},
};
use gnomon_store::{Batch, Mend, RowFault, Tx};

use crate::{App, Result};

impl App {
    /// Writes down why rows of a delivery were kept apart, and which refused rows it mends.
    pub(crate) async fn write_faults(&self, tx: &Tx, batch: &Batch, report: &IngestReport) -> Result<()> {
        tx.set_faults(batch.number, &row_faults(&report.faults)).await?;
        let mends = self.mends(&batch.dataset, &report.mends).await?;
        Ok(tx.set_mends(batch, &mends).await?)
    }

    /// Counts what versions of this program took in that did not count yet.
    pub(crate) async fn count_faults(&self) -> Result<()> {
        let uncounted = self.parts.store.read().await?.uncounted_refusals().await?;
        for batch in uncounted {
            let Some(dataset) = self.library().datasets.get(&batch.dataset) else { continue };
            let (mut rejected, mut tally) = (Vec::new(), FaultTally::default());
            let mut count = |refused: RejectedRow| {
                tally.add(&refused.column, &refused.code);
                rejected.push(refused);
            };
            self.parts.analytics.rejected(batch.number, &mut count).await?;
            let mut faults = row_faults(&tally.counts(dataset));
            if faults.is_empty() {
                let rows = batch.counts.rejected;
                faults.push(RowFault { column: String::new(), code: Code::Invalid, rows });
            }
            let tx = self.parts.store.write().await?;
            let mended = tx.mended_rows(batch.number).await?;
            let of = rejected.iter().filter(|refused| mended.contains(&refused.row));
            let mends: Vec<Mend> = of.map(|refused| mend(dataset, refused)).collect();
            tx.set_faults(batch.number, &faults).await?;
            tx.set_mended_faults(&mends).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// What had been wrong with rows that are mended.
    async fn mends(&self, dataset: &str, rows: &[RowRef]) -> Result<Vec<Mend>> {
        let Some(dataset) = self.library().datasets.get(dataset) else { return Ok(Vec::new()) };
        let mut by_batch: BTreeMap<u32, Vec<RowRef>> = BTreeMap::new();
        for row in rows {
            by_batch.entry(row.batch).or_default().push(*row);
        }
        let mut mends = Vec::with_capacity(rows.len());
        for (number, rows) in by_batch {
            let unknown = |row| Mend { row, column: String::new(), code: Code::Invalid };
            let mut named: BTreeMap<RowRef, Mend> = rows.into_iter().map(|row| (row, unknown(row))).collect();
            let mut find = |refused: RejectedRow| {
                if let Some(found) = named.get_mut(&refused.row) {
                    *found = mend(dataset, &refused);
                }
            };
            self.parts.analytics.rejected(number, &mut find).await?;
            mends.extend(named.into_values());
        }
        Ok(mends)
    }
}

fn mend(dataset: &Dataset, refused: &RejectedRow) -> Mend {
    let column = column_of(dataset, &refused.column).to_owned();
    Mend { row: refused.row, column, code: Code::parse(&refused.code).unwrap_or(Code::Invalid) }
}

/// Each column and reason once.
fn row_faults(counts: &[FaultCount]) -> Vec<RowFault> {
    let mut faults: BTreeMap<(&str, Code), u64> = BTreeMap::new();
    for count in counts {
        let code = Code::parse(&count.code).unwrap_or(Code::Invalid);
        *faults.entry((&count.column, code)).or_default() += count.rows;
    }
    let fault =
        |((column, code), rows): ((&str, Code), u64)| RowFault { column: column.to_owned(), code, rows };
    faults.into_iter().map(fault).collect()
}
