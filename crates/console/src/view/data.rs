use std::collections::BTreeMap;

use gnomon_app::{Batch, DatasetRow, RejectedReason};
use gnomon_domain::BatchState;
use gnomon_kernel::{Code, Lang};
use gnomon_library::{Library, column::Column, dataset::Dataset};
use gnomon_ui::{
    BatchRow, ColumnRow, DataPage, DatasetPage, Department, Filled, ModelUse, RefusedFile, RejectRow,
    Sensitivity, Shell, error_text,
};

/// Refused files on the catalogue's page.
const REFUSED: usize = 20;

/// All datasets by department, and the files that were refused as a whole.
pub fn catalogue(shell: Shell, datasets: &[DatasetRow<'_>], batches: &[Batch]) -> DataPage {
    let lang = shell.lang;
    let mut departments: BTreeMap<&str, Department> = BTreeMap::new();
    for row in datasets {
        let owner = &row.dataset.owner;
        let name = owner.get(lang).to_owned();
        let department =
            departments.entry(&owner.zh).or_insert_with(|| Department { name, datasets: Vec::new() });
        department.datasets.push(dataset_row(row, batches, lang));
    }
    let refused = batches.iter().filter_map(refused).take(REFUSED);
    DataPage { shell, refused: refused.collect(), departments: departments.into_values().collect() }
}

fn dataset_row(row: &DatasetRow<'_>, batches: &[Batch], lang: Lang) -> gnomon_ui::DatasetRow {
    let key = &row.dataset.key;
    let of = || batches.iter().filter(|batch| batch.dataset == *key && batch.state == BatchState::Accepted);
    gnomon_ui::DatasetRow {
        key: key.clone(),
        title: row.dataset.title.get(lang).to_owned(),
        sensitivity: sensitivity(row.dataset),
        rows: row.rows,
        batches: of().count() as u64,
        last: row.last.as_ref().map(|batch| batch.received_at),
        rejected: of().map(|batch| batch.counts.rejected).sum(),
        models: row.models.len() as u64,
    }
}

fn refused(batch: &Batch) -> Option<RefusedFile> {
    let refusal = batch.refusal.as_ref()?;
    Some(RefusedFile {
        file: batch.name.clone(),
        at: batch.received_at,
        code: refusal.code,
        found: refusal.found.clone(),
        expected: refusal.expected.clone(),
    })
}

/// What came for a dataset, and what this person may do about it.
pub struct Deliveries<'a> {
    /// Newest first.
    pub batches: &'a [Batch],
    /// Why rows of one of them were kept back.
    pub reasons: &'a [RejectedReason],
    /// Whether this person may take files in.
    pub can_upload: bool,
    /// The upload that was refused.
    pub filled: Filled,
}

/// One dataset: its columns, what was delivered, what was kept back and why.
pub fn dataset(shell: Shell, row: &DatasetRow<'_>, came: Deliveries<'_>, library: &Library) -> DatasetPage {
    let (lang, dataset) = (shell.lang, row.dataset);
    let title = |name: &String| {
        dataset.column(name).map_or(name.as_str(), |column| column.title.get(lang)).to_owned()
    };
    let model = |id: &&str| {
        let model = library.models.get(*id)?;
        Some(ModelUse { id: model.id.clone(), title: model.title.get(lang).to_owned() })
    };
    let accepted = came.batches.iter().filter(|batch| batch.state == BatchState::Accepted);
    DatasetPage {
        shell,
        key: dataset.key.clone(),
        title: dataset.title.get(lang).to_owned(),
        department: dataset.owner.get(lang).to_owned(),
        sensitivity: sensitivity(dataset),
        rows: row.rows,
        natural_key: dataset.natural_key.iter().map(title).collect(),
        columns: dataset.columns.iter().map(|one| column(one, lang)).collect(),
        batches: accepted.map(batch).collect(),
        rejects: came.reasons.iter().map(reject).collect(),
        models: row.models.iter().filter_map(model).collect(),
        can_upload: came.can_upload,
        filled: came.filled,
    }
}

fn column(column: &Column, lang: Lang) -> ColumnRow {
    ColumnRow {
        name: column.name.clone(),
        title: column.title.get(lang).to_owned(),
        // The words of dataset files are the variants' names in lower case.
        kind: format!("{:?}", column.ty).to_lowercase(),
        is_required: column.required,
        headers: column.headers.clone(),
    }
}

fn batch(batch: &Batch) -> BatchRow {
    BatchRow {
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        bytes: batch.bytes,
        received: batch.received_at,
        rows: batch.counts.rows,
        accepted: batch.counts.accepted,
        rejected: batch.counts.rejected,
    }
}

fn reject(reason: &RejectedReason) -> RejectRow {
    RejectRow {
        column: reason.column.clone(),
        code: reason.code,
        rows: reason.rows,
        found: reason.found.clone(),
        expected: reason.expected.clone(),
    }
}

/// The sentence for a reason in a file whose next columns say what was found and what was expected.
pub fn reason(lang: Lang, code: Code) -> String {
    error_text(lang, code, "", "").replace(" “”", "").replace("“”", "")
}

fn sensitivity(dataset: &Dataset) -> Sensitivity {
    use gnomon_library::dataset::Sensitivity as S;
    match dataset.sensitivity {
        S::Public => Sensitivity::Public,
        S::Internal => Sensitivity::Internal,
        S::Personal => Sensitivity::Personal,
        S::Sensitive => Sensitivity::Sensitive,
    }
}
