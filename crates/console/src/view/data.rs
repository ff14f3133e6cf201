use gnomon_app::{Batch, DatasetRow, FreshRow, KeptLayout, LeftOut, SharingView};
use gnomon_domain::BatchState;
use gnomon_kernel::Lang;
use gnomon_library::{Library, column::Column, dataset, dataset::Dataset};
use gnomon_ui::{
    Adding, BatchRow, Cadence, ColumnRow, DatasetPage, Filled, Measured, ModelUse, Sensitivity, Shell,
    column_kind,
};

use super::{delivery, freshness, layout, requests};

/// Deliveries whose quality is drawn.
const MEASURED: usize = 24;

/// What came for a dataset, and what this person may do about it.
pub struct Deliveries<'a> {
    /// Newest first.
    pub batches: &'a [Batch],
    /// What of one of them is not in the table.
    pub left_out: &'a LeftOut,
    /// Layouts in force, the newest first.
    pub layouts: &'a [KeptLayout],
    /// Whether this person may retire them.
    pub can_retire: bool,
    /// Whether this person may take files in.
    pub can_upload: bool,
    /// Whether this person may have the rows that were kept back.
    pub can_download: bool,
    /// Agreements of all datasets.
    pub sharing: &'a SharingView,
    /// Whether this person may ask departments for data.
    pub can_ask: bool,
    /// The upload that was refused.
    pub filled: Filled,
}

/// One dataset: its columns, what was delivered, what was kept back and why.
pub fn dataset(
    shell: Shell,
    (row, fresh): (&DatasetRow<'_>, Option<&FreshRow<'_>>),
    came: Deliveries<'_>,
    library: &Library,
) -> DatasetPage {
    let (lang, dataset) = (shell.lang, row.dataset);
    let title = |name: &String| {
        dataset.column(name).map_or(name.as_str(), |column| column.title.get(lang)).to_owned()
    };
    let model = |id: &&str| {
        let model = library.models.get(*id)?;
        Some(ModelUse { id: model.id.clone(), title: model.title.get(lang).to_owned() })
    };
    DatasetPage {
        shell,
        key: dataset.key.clone(),
        title: dataset.title.get(lang).to_owned(),
        department: dataset.owner.get(lang).to_owned(),
        sensitivity: sensitivity(dataset),
        cadence: dataset.cadence.map(cadence),
        fresh: fresh.map(freshness::fresh),
        delayed: fresh.and_then(|row| freshness::delayed(row, lang)),
        adding: match dataset.delivery {
            dataset::Delivery::Append => Adding::Append,
            dataset::Delivery::Snapshot => Adding::Snapshot(dataset.whole_of.iter().map(title).collect()),
            dataset::Delivery::Change => Adding::Change,
        },
        rows: row.rows,
        natural_key: dataset.natural_key.iter().map(title).collect(),
        columns: dataset.columns.iter().map(|one| column(one, lang)).collect(),
        batches: came.batches.iter().map(batch).collect(),
        measured: measured(came.batches),
        unknown: came.left_out.unknown.clone(),
        not_agreed: came.left_out.not_agreed.clone(),
        agreement: came.sharing.by_dataset.get(&dataset.key).map(requests::note),
        is_held_up: came.sharing.holds_up(&dataset.key),
        can_ask: came.can_ask,
        rejects: came.left_out.reasons.iter().map(delivery::reject).collect(),
        layouts: came.layouts.iter().map(|kept| layout::row(kept, dataset, lang)).collect(),
        can_retire: came.can_retire,
        models: row.models.iter().filter_map(model).collect(),
        can_upload: came.can_upload,
        can_download: came.can_download,
        filled: came.filled,
    }
}

fn column(column: &Column, lang: Lang) -> ColumnRow {
    ColumnRow {
        name: column.name.clone(),
        title: column.title.get(lang).to_owned(),
        kind: kind(column, lang),
        is_required: column.required,
        headers: column.headers.clone(),
    }
}

/// What a column holds. Dataset files write the variant's name in lower case.
pub fn kind(column: &Column, lang: Lang) -> String {
    column_kind(lang, &format!("{:?}", column.ty).to_lowercase()).into_owned()
}

fn batch(batch: &Batch) -> BatchRow {
    BatchRow {
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        bytes: batch.bytes,
        state: delivery::state(batch.state),
        origin: delivery::origin(batch.origin),
        received: batch.received_at,
        rows: batch.counts.rows,
        accepted: batch.counts.accepted,
        rejected: batch.counts.rejected,
        has_gaps: batch.gaps().next().is_some(),
    }
}

/// What the last deliveries that are in measured, the oldest first.
fn measured(batches: &[Batch]) -> Vec<Measured> {
    let is_measured = |batch: &&Batch| batch.state == BatchState::Accepted && !batch.measures.is_empty();
    let one = |batch: &Batch| Measured {
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        received: batch.received_at,
        measures: batch.measures.clone(),
    };
    let mut measured: Vec<Measured> = batches.iter().filter(is_measured).take(MEASURED).map(one).collect();
    measured.reverse();
    measured
}

/// How often, as the pages name it.
pub fn cadence(cadence: dataset::Cadence) -> Cadence {
    use dataset::Cadence as C;
    match cadence {
        C::Realtime => Cadence::Realtime,
        C::Daily => Cadence::Daily,
        C::Weekly => Cadence::Weekly,
        C::Monthly => Cadence::Monthly,
        C::Quarterly => Cadence::Quarterly,
        C::Termly => Cadence::Termly,
        C::Yearly => Cadence::Yearly,
        C::Event => Cadence::Event,
    }
}

/// The sensitivity as the pages name it.
pub fn sensitivity(dataset: &Dataset) -> Sensitivity {
    sensitivity_word(dataset.sensitivity)
}

/// The same of a column.
pub fn sensitivity_word(sensitivity: dataset::Sensitivity) -> Sensitivity {
    use dataset::Sensitivity as S;
    match sensitivity {
        S::Public => Sensitivity::Public,
        S::Internal => Sensitivity::Internal,
        S::Personal => Sensitivity::Personal,
        S::Sensitive => Sensitivity::Sensitive,
    }
}
