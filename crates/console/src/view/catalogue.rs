//! The catalogue: which datasets there are, and which of them have data.

use std::collections::BTreeMap;

use gnomon_app::{Batch, DatasetRow};
use gnomon_domain::BatchState;
use gnomon_httpkit::Fields;
use gnomon_kernel::Lang;
use gnomon_library::dataset::Dataset;
use gnomon_ui::{DataFilter, DataPage, Department, LastBatch, RefusedFile, Shell};

use super::{data::sensitivity, delivery};

/// Refused files on the page.
const REFUSED: usize = 10;

/// What the address asks for.
pub fn filter(fields: &Fields) -> DataFilter {
    DataFilter { q: fields.get("q").to_owned(), with_data: fields.get("with") == DataFilter::WITH_DATA }
}

/// The datasets that the filter lets through by department, and the files that were refused as a whole.
pub fn page(shell: Shell, filter: DataFilter, datasets: &[DatasetRow<'_>], batches: &[Batch]) -> DataPage {
    let lang = shell.lang;
    let words: Vec<String> = filter.q.split_whitespace().map(str::to_lowercase).collect();
    let is_shown =
        |row: &&DatasetRow<'_>| (!filter.with_data || row.rows > 0) && is_found(row.dataset, &words);
    let mut departments: BTreeMap<&str, Department> = BTreeMap::new();
    for row in datasets.iter().filter(is_shown) {
        let owner = &row.dataset.owner;
        let name = owner.get(lang).to_owned();
        let department =
            departments.entry(&owner.zh).or_insert_with(|| Department { name, datasets: Vec::new() });
        department.datasets.push(dataset(row, batches, lang));
    }
    DataPage {
        shell,
        known: datasets.len() as u64,
        with_data: datasets.iter().filter(|row| row.rows > 0).count() as u64,
        departments: departments.into_values().collect(),
        refused: batches.iter().filter_map(refused).take(REFUSED).collect(),
        filter,
        can_erase: false,
    }
}

/// Whether every word stands somewhere in what names the dataset, in either language.
fn is_found(dataset: &Dataset, words: &[String]) -> bool {
    let (title, owner) = (&dataset.title, &dataset.owner);
    let names = [&dataset.key, &title.zh, &title.en, &owner.zh, &owner.en].map(|name| name.to_lowercase());
    words.iter().all(|word| names.iter().any(|name| name.contains(word)))
}

fn dataset(row: &DatasetRow<'_>, batches: &[Batch], lang: Lang) -> gnomon_ui::DatasetRow {
    let key = &row.dataset.key;
    let of = || batches.iter().filter(|batch| batch.dataset == *key && batch.state == BatchState::Accepted);
    gnomon_ui::DatasetRow {
        key: key.clone(),
        title: row.dataset.title.get(lang).to_owned(),
        sensitivity: sensitivity(row.dataset),
        rows: row.rows,
        batches: of().count() as u64,
        last: row.last.as_ref().map(|batch| LastBatch {
            id: batch.id.to_string(),
            at: batch.received_at,
            has_gaps: batch.gaps().next().is_some(),
        }),
        rejected: of().map(|batch| batch.counts.rejected).sum(),
        models: row.models.len() as u64,
    }
}

fn refused(batch: &Batch) -> Option<RefusedFile> {
    Some(RefusedFile {
        refusal: delivery::refusal(batch)?,
        id: batch.id.to_string(),
        file: batch.name.clone(),
        at: batch.received_at,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        assert_eq!(filter(&Fields::parse(b"q=%20&with=everything")), DataFilter::default());
        let asked = filter(&Fields::parse(b"q=+Payroll+&with=data"));
        assert_eq!(asked, DataFilter { q: "Payroll".to_owned(), with_data: true });
    }
}
