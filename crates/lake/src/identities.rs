//! Who is who, by valid numbers: the name most often delivered with a number, and where the person or organisation is.
//! Numbers decide; names that disagree are counted and left alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    path::{Path, PathBuf},
    sync::Arc,
};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, StringArray},
        compute::cast,
        datatypes::{DataType, Field, Int64Type, Schema},
        record_batch::RecordBatch,
    },
    prelude::SessionContext,
};
use gnomon_library::{
    analytics::{AnalyticsError, IdentityReport},
    column::ColumnType,
    dataset::Dataset,
};
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use crate::{Lake, beneath, raw::sync_folder};

/// The register that says best where a person lives.
const POPULATION: &str = "population_register";
const PERSON: &str = "person";
const ORGANISATION: &str = "organisation";

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is known of one number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Identity {
    pub name: Option<String>,
    pub region: Option<String>,
}

/// A number column with the columns that tell its name and place.
struct Source {
    number: String,
    name: Option<String>,
    region: Option<String>,
}

impl Lake {
    pub(crate) async fn collect_identities(&self) -> Result<IdentityReport, AnalyticsError> {
        let mut books = [Book::default(), Book::default()];
        for dataset in self.library.datasets.values() {
            let sources = sources(dataset);
            if sources.is_empty() {
                continue;
            }
            if let Some(opened) = self.open_table(&dataset.key).await? {
                let failed = beneath(format!("collecting names from {}", dataset.key));
                let context = SessionContext::new();
                let first = context.register_table("t", opened.provider).map_err(Failure::from);
                let result = match first {
                    Ok(_) => collect(&context, dataset, &sources, &mut books).await,
                    Err(error) => Err(error),
                };
                result.map_err(failed)?;
            }
        }
        let [persons, organisations] = books;
        let report = IdentityReport {
            persons: persons.0.len() as u64,
            organisations: organisations.0.len() as u64,
            name_conflicts: persons.conflicts() + organisations.conflicts(),
        };
        for (kind, book) in [(PERSON, persons), (ORGANISATION, organisations)] {
            write(&self.identity_path(kind), &book).map_err(beneath(format!("writing {kind} identities")))?;
        }
        Ok(report)
    }

    /// What is known of these numbers. Before the first collection nothing is.
    pub(crate) fn identities(
        &self,
        numbers: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Identity>, AnalyticsError> {
        let mut found = BTreeMap::new();
        for kind in [PERSON, ORGANISATION] {
            let path = self.identity_path(kind);
            if path.exists() {
                read(&path, numbers, &mut found).map_err(beneath(format!("reading {kind} identities")))?;
            }
        }
        Ok(found)
    }

    fn identity_path(&self, kind: &str) -> PathBuf {
        self.lake_dir().join("_identities").join(format!("{kind}.parquet"))
    }
}

/// `person_id` goes with `person_name`, `org_id` with `org_name`, and so on; the place goes with the row's main number.
fn sources(dataset: &Dataset) -> Vec<Source> {
    let numbers = dataset
        .columns
        .iter()
        .filter(|column| matches!(column.ty, ColumnType::Idno | ColumnType::Uscc | ColumnType::Party));
    let source = |number: &gnomon_library::column::Column| {
        let name = number.name.strip_suffix("_id").map(|stem| format!("{stem}_name"));
        let name = name.filter(|name| dataset.column(name).is_some());
        let main = [&dataset.person, &dataset.org].into_iter().flatten().any(|main| *main == number.name);
        let region = dataset.region.clone().filter(|_| main);
        Source { number: number.name.clone(), name, region }
    };
    numbers.map(source).filter(|source| source.name.is_some() || source.region.is_some()).collect()
}

/// Names and places of many numbers, with how often each was delivered.
#[derive(Default)]
struct Book(BTreeMap<String, Entry>);

#[derive(Default)]
struct Entry {
    names: BTreeMap<String, i64>,
    region: Option<(bool, i64, String)>,
}

impl Book {
    fn conflicts(&self) -> u64 {
        self.0.values().filter(|entry| entry.names.len() > 1).count() as u64
    }
}

impl Entry {
    /// The name delivered most often; of two equally often, the first in the order of characters.
    fn name(&self) -> Option<&String> {
        self.names.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(name, _)| name)
    }

    fn see_region(&mut self, register: bool, count: i64, region: String) {
        let seen = (register, count, region);
        if self.region.as_ref().is_none_or(|known| (seen.0, seen.1, &known.2) > (known.0, known.1, &seen.2)) {
            self.region = Some(seen);
        }
    }
}

async fn collect(
    context: &SessionContext,
    dataset: &Dataset,
    sources: &[Source],
    books: &mut [Book; 2],
) -> Result<(), Failure> {
    let quoted = |column: &Option<String>| {
        column.as_ref().map_or("cast(null as varchar)".to_owned(), |name| format!("\"{name}\""))
    };
    for source in sources {
        let (number, name, region) = (&source.number, quoted(&source.name), quoted(&source.region));
        let sql = format!(
            "select \"{number}\" as number, {name} as name, {region} as region, count(*) as n from t \
             where \"{number}\" is not null group by 1, 2, 3"
        );
        for batch in context.sql(&sql).await?.collect().await? {
            let text = |index: usize| cast(batch.column(index), &DataType::Utf8);
            let (numbers, names, regions) = (text(0)?, text(1)?, text(2)?);
            let counts = batch.column(3).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let Some(number) = at(&numbers, row) else { continue };
                let person = number.len() == 18
                    && number.bytes().take(17).all(|b| b.is_ascii_digit())
                    && !is_org(&number);
                let entry = books[usize::from(!person)].0.entry(number).or_default();
                if let Some(name) = at(&names, row) {
                    *entry.names.entry(name).or_default() += counts.value(row);
                }
                if let Some(region) = at(&regions, row) {
                    entry.see_region(dataset.key == POPULATION, counts.value(row), region);
                }
            }
        }
    }
    Ok(())
}

/// Codes of state organs and public institutions may be all digits; their check tells them from a person's number.
fn is_org(number: &str) -> bool {
    gnomon_link::uscc::canonical(number).is_ok() && gnomon_link::idno::birth(number).is_none()
}

fn at(column: &ArrayRef, row: usize) -> Option<String> {
    let texts = column.as_string::<i32>();
    (texts.is_valid(row) && !texts.value(row).is_empty()).then(|| texts.value(row).to_owned())
}

fn write(path: &Path, book: &Book) -> Result<(), Failure> {
    let field = |name: &str| Field::new(name, DataType::Utf8, true);
    let schema = Arc::new(Schema::new(vec![field("number"), field("name"), field("region")]));
    let numbers: StringArray = book.0.keys().map(Some).collect();
    let names: StringArray = book.0.values().map(Entry::name).collect();
    let regions: StringArray =
        book.0.values().map(|entry| entry.region.as_ref().map(|(_, _, region)| region)).collect();
    let batch =
        RecordBatch::try_new(schema.clone(), vec![Arc::new(numbers), Arc::new(names), Arc::new(regions)])?;
    let aside = path.with_extension("new");
    let mut writer = ArrowWriter::try_new(File::create(&aside)?, schema, None)?;
    writer.write(&batch)?;
    writer.into_inner()?.sync_all()?;
    fs::rename(&aside, path)?;
    sync_folder(path.parent().unwrap_or(path))?;
    Ok(())
}

fn read(
    path: &Path,
    numbers: &BTreeSet<&str>,
    found: &mut BTreeMap<String, Identity>,
) -> Result<(), Failure> {
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        let batch = batch?;
        let column = |index: usize| batch.column(index).as_string::<i32>();
        for row in 0..batch.num_rows() {
            let number = column(0).value(row);
            if numbers.contains(number) {
                let identity = Identity { name: at(batch.column(1), row), region: at(batch.column(2), row) };
                found.insert(number.to_owned(), identity);
            }
        }
    }
    Ok(())
}
