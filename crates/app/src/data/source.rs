//! The delivered line behind an evidence row.

use gnomon_domain::{Action, Actor};
use gnomon_kernel::{Code, RowRef, WarningId, Words};
use gnomon_library::{
    column::Column,
    dataset::Dataset,
    tie::{KIN, LINKS, POSTS},
};
use gnomon_store::{Batch, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    intake::order_of,
    warning::{
        evidence::row_cells,
        shown::{Places, Shown, mask, mask_numbers},
    },
};

/// One line as it was delivered, beside what it was read as.
#[derive(Debug, Clone)]
pub struct SourceView {
    /// Where it stands.
    pub row: RowRef,
    /// The delivery.
    pub batch: Batch,
    /// Title of the dataset.
    pub title: Words,
    /// Department that delivered it.
    pub owner: Words,
    /// Sheet name; empty for text files.
    pub sheet: String,
    /// The cells in the file's order.
    pub cells: Vec<SourceCell>,
    /// Whether the row still stands in its table; not so when a later delivery corrected it.
    pub is_current: bool,
}

/// A cell of a delivered line.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceCell {
    /// The file's own heading.
    pub header: String,
    /// What the file says, masked.
    pub original: String,
    /// Name of the dataset's column; empty where the file has more than the dataset knows.
    pub column: String,
    /// What it was read as.
    pub stored: Option<Shown>,
}

impl App {
    /// The line behind a row of a warning's evidence. Rows of other warnings do not exist here.
    pub async fn source_line(&self, actor: &Actor, id: &WarningId, row: RowRef) -> Result<SourceView> {
        let tx = self.parts.store.read().await?;
        let warning = self.visible(&tx, actor, Action::ViewSource, id).await?;
        let finding = self.finding_of(&tx, &warning).await?;
        if !finding.rows.contains(&row) {
            return Err(Error::NotFound(Code::NotFound));
        }
        self.line_of(&tx, row).await
    }

    /// The line behind a record that tells a tie, for whoever may see every warning's; that it was looked at is recorded.
    /// Rows of datasets that tell no ties do not exist here.
    pub async fn tie_line(&self, actor: &Actor, row: RowRef) -> Result<SourceView> {
        permit(actor, Action::ViewTies)?;
        permit(actor, Action::ViewSource)?;
        let tx = self.parts.store.read().await?;
        let view = self.line_of(&tx, row).await?;
        drop(tx);
        let views = [KIN, POSTS, LINKS].map(str::to_owned);
        if !self.library().datasets_below(&views).contains(view.batch.dataset.as_str()) {
            return Err(Error::NotFound(Code::NotFound));
        }
        let tx = self.parts.store.write().await?;
        self.audit(&tx, actor, Action::ViewSource, &row.to_string(), &view.batch.dataset).await?;
        tx.commit().await?;
        Ok(view)
    }

    /// A delivered line that the caller may see, beside what it was read as.
    pub(crate) async fn line_of(&self, tx: &Tx, row: RowRef) -> Result<SourceView> {
        let missing = || Error::NotFound(Code::NotFound);
        let batch = tx.batches_numbered(&[row.batch]).await?.into_iter().next().ok_or_else(missing)?;
        let dataset = self.library().datasets.get(&batch.dataset).ok_or_else(missing)?;
        let order = order_of(tx, &batch).await?;
        let line = self.parts.analytics.source_line(&order, row).await?;
        let stored = self.parts.analytics.rows(&[(batch.dataset.clone(), row)]).await?;
        let texts = stored.iter().flat_map(|row| &row.cells).filter_map(|(_, value)| value.as_str());
        let codes: Vec<&str> = texts.filter(|text| text.len() == 12).collect();
        let places = Places::load(tx, codes.into_iter()).await?;
        let read = stored.first().map(|row| row_cells(dataset, row, &places));
        let cells = line.header.iter().zip(&line.cells).enumerate().map(|(at, (header, cell))| {
            let column = line.columns.get(at).cloned().unwrap_or_default();
            let stored =
                read.iter().flatten().find(|cell| cell.name == column).map(|cell| cell.value.clone());
            SourceCell { header: header.clone(), original: original(dataset, &column, cell), column, stored }
        });
        Ok(SourceView {
            row,
            title: dataset.title.clone(),
            owner: dataset.owner.clone(),
            sheet: line.sheet.clone(),
            cells: cells.collect(),
            is_current: read.is_some(),
            batch,
        })
    }
}

fn original(dataset: &Dataset, column: &str, cell: &str) -> String {
    let ty = dataset.column(column).map(|column: &Column| column.ty);
    ty.map_or_else(|| mask_numbers(cell), |ty| mask(ty, cell.trim()))
}
