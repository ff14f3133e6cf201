//! The catalogue: which datasets there are, and which of them have data.

use std::collections::BTreeMap;

use gnomon_app::DatasetRow;
use gnomon_httpkit::Fields;
use gnomon_kernel::Lang;
use gnomon_library::dataset::{Dataset, DatasetKind};
use gnomon_ui::{Choice, DataFilter, DataPage, Department, Fresh, LastBatch, Sensitivity, Shell, Standing};

use super::{data::sensitivity, freshness::standing};

/// What the address asks for. A field that holds nothing useful narrows nothing.
pub fn filter(fields: &Fields) -> DataFilter {
    let text = |name| fields.get(name).to_owned();
    let number = |name| fields.get(name).parse::<u64>().map(|number| number.to_string()).unwrap_or_default();
    let word = |name, is_known: fn(&str) -> bool| {
        if is_known(fields.get(name)) { text(name) } else { String::new() }
    };
    DataFilter {
        q: text("q"),
        department: text("department"),
        sensitivity: word("sensitivity", |word| Sensitivity::parse(word).is_some()),
        freshness: word("freshness", |word| Standing::ALL.iter().any(|one| one.as_str() == word)),
        rows: number("rows"),
        models: number("models"),
    }
}

/// The datasets that the filter lets through, by department.
pub fn page(shell: Shell, filter: DataFilter, datasets: &[DatasetRow<'_>], can_erase: bool) -> DataPage {
    let lang = shell.lang;
    let words: Vec<String> = filter.q.split_whitespace().map(str::to_lowercase).collect();
    let is_shown = |row: &&DatasetRow<'_>| is_let_through(row, &filter) && is_found(row.dataset, &words);
    let mut departments: BTreeMap<&str, Department> = BTreeMap::new();
    for row in datasets.iter().filter(is_shown) {
        let owner = &row.dataset.owner;
        let name = owner.get(lang).to_owned();
        let department =
            departments.entry(&owner.zh).or_insert_with(|| Department { name, datasets: Vec::new() });
        department.datasets.push(dataset(row, lang));
    }
    let owners: BTreeMap<&str, &str> =
        datasets.iter().map(|row| (row.dataset.owner.zh.as_str(), row.dataset.owner.get(lang))).collect();
    DataPage {
        shell,
        known: datasets.len() as u64,
        with_data: datasets.iter().filter(|row| row.rows > 0).count() as u64,
        owners: owners.into_iter().map(|(zh, name)| Choice::new(zh, name)).collect(),
        departments: departments.into_values().collect(),
        filter,
        can_erase,
    }
}

fn is_let_through(row: &DatasetRow<'_>, filter: &DataFilter) -> bool {
    let least = |text: &str| text.parse::<u64>().unwrap_or_default();
    let is = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
    is(&filter.department, &row.dataset.owner.zh)
        && is(&filter.sensitivity, sensitivity(row.dataset).as_str())
        && is(&filter.freshness, standing(row.freshness.standing).as_str())
        && row.rows >= least(&filter.rows)
        && row.models.len() as u64 >= least(&filter.models)
}

/// Whether every word stands somewhere in what names the dataset, in either language.
fn is_found(dataset: &Dataset, words: &[String]) -> bool {
    let (title, owner) = (&dataset.title, &dataset.owner);
    let names = [&dataset.key, &title.zh, &title.en, &owner.zh, &owner.en].map(|name| name.to_lowercase());
    words.iter().all(|word| names.iter().any(|name| name.contains(word)))
}

fn dataset(row: &DatasetRow<'_>, lang: Lang) -> gnomon_ui::DatasetRow {
    // Of a list that comes with the library, no delivery is expected.
    let is_expected =
        row.dataset.kind == DatasetKind::Source || row.last.is_some() || row.freshness.due.is_some();
    let fresh =
        Fresh { standing: standing(row.freshness.standing), due: row.freshness.due, is_late: row.is_late };
    gnomon_ui::DatasetRow {
        key: row.dataset.key.clone(),
        title: row.dataset.title.get(lang).to_owned(),
        sensitivity: sensitivity(row.dataset),
        fresh: is_expected.then_some(fresh),
        rows: row.rows,
        batches: row.batches,
        last: row.last.as_ref().map(|batch| LastBatch {
            id: batch.id.to_string(),
            at: batch.received_at,
            has_gaps: batch.gaps().next().is_some(),
        }),
        rejected: row.rejected,
        models: row.models.len() as u64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_in_the_address_narrows_nothing() {
        let odd = Fields::parse(b"q=%20&rows=all&models=-1&sensitivity=odd&freshness=stale");
        assert_eq!(filter(&odd), DataFilter::default());
        let asked = filter(&Fields::parse(b"q=+Payroll+&rows=1&sensitivity=personal&freshness=never"));
        let expected = DataFilter {
            q: "Payroll".to_owned(),
            sensitivity: "personal".to_owned(),
            freshness: "never".to_owned(),
            ..DataFilter::with_data()
        };
        assert_eq!(asked, expected);
    }
}
