//! Rows that speak of somebody under another number than the one to go by: which, and what stands in for theirs.

use std::{
    collections::{BTreeMap, HashMap},
    fs::{self, File},
    hash::{Hash, Hasher},
    path::Path,
    sync::Arc,
};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray, Int64Array, StringArray},
        compute::cast,
        datatypes::{DataType, Field, Int64Type, Schema},
        record_batch::RecordBatch,
    },
    datasource::TableProvider,
    error::DataFusionError,
    logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility},
    prelude::{Expr, SessionContext, col},
};
use gnomon_engine::Tables;
use gnomon_identity::{Keys, Mentions, OfEach, Source, StandIns};
use gnomon_kernel::Tier;
use gnomon_library::analytics::AnalyticsError;
use parquet::arrow::{ArrowWriter, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::{Failure, StatesOfTables, hash_of, lines::each_row, result::Outcome};
use crate::{Lake, beneath, table::columns::ROW};

/// Keys by packed row, of one column.
type RowKeys = HashMap<i64, Keys>;

/// How the file of a dataset begins.
const FILE: &str = "keys-";
const LOOKED_THROUGH: &str = "looked-through";

/// The result of who is who that something is read under.
pub(crate) struct WhoIsWho {
    /// Before the first linking there is none.
    pub state: Option<String>,
    /// By dataset, a hash of its data files and of the numbers to go by in it; `None` where it cannot be read.
    looked_through: Option<BTreeMap<String, String>>,
}

impl WhoIsWho {
    /// Changes when rows of this dataset go by other numbers than before, and when somebody was erased from it, which makes no
    /// new version. With most deliveries of other datasets it does not.
    pub(crate) fn of_table(&self, dataset: &str) -> &str {
        let noted = self.looked_through.as_ref().map(|noted| noted.get(dataset));
        noted.unwrap_or(self.state.as_ref()).map_or("", String::as_str)
    }
}

/// Numbers to go by, by column and packed row.
pub(crate) type NumbersToGoBy = BTreeMap<String, HashMap<i64, Box<str>>>;

impl Lake {
    /// Writes down which rows of which tables go by other numbers. A table that is the same, of whose people all go by the
    /// same numbers, is not read again.
    pub(super) async fn write_stand_ins(
        &self,
        state: &str,
        sources: &[Source<'_>],
        tables: &StatesOfTables<'_>,
        mentions: &OfEach<Mentions>,
        outcome: &Outcome,
    ) -> Result<(), AnalyticsError> {
        let stand_ins = StandIns::new(mentions, &outcome.keys);
        let before = self.who_is_who().looked_through.unwrap_or_default();
        let mut now = BTreeMap::new();
        let all: Vec<(u16, &Source<'_>)> = (0..).zip(sources).collect();
        for of_table in all.chunk_by(|(_, a), (_, b)| a.dataset.key == b.dataset.key) {
            let concerned = of_table
                .iter()
                .filter_map(|(at, source)| stand_ins.concerning(*at, source).zip(Some(*source)));
            let concerned: Vec<(u64, &Source<'_>)> = concerned.collect();
            let Some((_, Source { dataset, .. })) = of_table.first() else { continue };
            let key = dataset.key.as_str();
            let asked: String =
                concerned.iter().map(|(keys, source)| format!("{} {keys};", each_row(source))).collect();
            let looked_for = hash_of(&[&tables[key], &asked]);
            if concerned.is_empty() {
                // All its rows go by the numbers that were delivered.
            } else if before.get(key) == Some(&looked_for) {
                let taken = self.carry_over(state, &format!("{FILE}{key}"));
                taken.map_err(beneath(format!("taking over the keys of {key}")))?;
            } else {
                let sources = concerned.into_iter().map(|(_, source)| source);
                self.look_through(state, key, sources, &stand_ins).await?;
            }
            now.insert(key.to_owned(), looked_for);
        }
        let path = self.identity_path(state, LOOKED_THROUGH).with_extension("json");
        let noted =
            serde_json::to_vec(&now).map_err(Failure::from).and_then(|text| Ok(fs::write(path, text)?));
        noted.map_err(beneath("noting which tables were looked through"))
    }

    /// The result in use.
    pub(crate) fn who_is_who(&self) -> WhoIsWho {
        let state = self.current_identities();
        let noted = |state: &String| {
            let text = fs::read(self.identity_path(state, LOOKED_THROUGH).with_extension("json")).ok()?;
            serde_json::from_slice(&text).ok()
        };
        let looked_through = state.as_ref().map_or_else(|| Some(BTreeMap::new()), noted);
        WhoIsWho { state, looked_through }
    }

    /// Looks through a table, and writes down which of its rows go by other numbers.
    async fn look_through<'s>(
        &self,
        state: &str,
        dataset: &str,
        sources: impl Iterator<Item = &'s Source<'s>>,
        stand_ins: &StandIns,
    ) -> Result<(), AnalyticsError> {
        let mut found: Vec<(&str, i64, Keys)> = Vec::new();
        for source in sources {
            self.each_line(source, &each_row(source), &mut |line| {
                if let Some(keys) = stand_ins.of(source, line) {
                    found.push((source.number, line.first, keys.clone()));
                }
            })
            .await?;
        }
        if found.is_empty() {
            return Ok(());
        }
        let path = self.identity_path(state, &format!("{FILE}{dataset}"));
        write(&path, &found).map_err(beneath(format!("writing the keys of {dataset}")))
    }

    /// The same tables, with people and organisations under the numbers to go by at this certainty, and by which result.
    pub(crate) fn resolved(
        &self,
        tables: &Tables,
        certainty: Tier,
    ) -> Result<(Tables, WhoIsWho), AnalyticsError> {
        loop {
            let who = self.who_is_who();
            let resolved = self.under(&who, tables.clone(), certainty);
            // Another process may have put another result in use meanwhile, and removed the one that was read.
            if self.current_identities() == who.state {
                return Ok((resolved?, who));
            }
        }
    }

    fn under(&self, who: &WhoIsWho, tables: Tables, certainty: Tier) -> Result<Tables, AnalyticsError> {
        let Some(state) = &who.state else { return Ok(tables) };
        let resolved = tables.into_iter().map(|(key, provider)| {
            let path = self.identity_path(state, &format!("{FILE}{key}"));
            if !path.exists() {
                return Ok((key, provider));
            }
            let wrapped = read(&path).and_then(|keys| Ok(under_keys(&key, provider, keys, certainty)?));
            let wrapped = wrapped.map_err(beneath(format!("reading the keys of {key}")))?;
            Ok((key, wrapped))
        });
        resolved.collect()
    }

    /// The rows of a table that go by another number than the delivered one, by column, with that number.
    pub(crate) fn stand_ins(&self, dataset: &str, certainty: Tier) -> Result<NumbersToGoBy, AnalyticsError> {
        let Some(state) = self.current_identities() else { return Ok(NumbersToGoBy::default()) };
        let path = self.identity_path(&state, &format!("{FILE}{dataset}"));
        if !path.exists() {
            return Ok(NumbersToGoBy::default());
        }
        let keys = read(&path).map_err(beneath(format!("reading the keys of {dataset}")))?;
        Ok(keys.into_iter().map(|(column, rows)| (column, at_certainty(rows, certainty))).collect())
    }
}

/// Numbers to go by, by packed row.
fn at_certainty(rows: RowKeys, certainty: Tier) -> HashMap<i64, Box<str>> {
    rows.into_iter().filter_map(|(row, mut keys)| Some((row, keys[certainty.place()].take()?))).collect()
}

/// The table `dataset` with some of its columns seen through keys, as they are at a certainty.
fn under_keys(
    dataset: &str,
    provider: Arc<dyn TableProvider>,
    mut keys: BTreeMap<String, RowKeys>,
    certainty: Tier,
) -> Result<Arc<dyn TableProvider>, DataFusionError> {
    let schema = provider.schema();
    let columns = schema.fields().iter().map(|field| match keys.remove(field.name()) {
        None => col(quoted(field.name())),
        Some(rows) => {
            let name = format!("key_of_{dataset}_{}_{certainty:?}", field.name());
            let function = ScalarUDF::from(StandIn::new(name, at_certainty(rows, certainty)));
            function.call(vec![col(ROW), col(quoted(field.name()))]).alias(field.name())
        }
    });
    let columns: Vec<Expr> = columns.collect();
    Ok(SessionContext::new().read_table(provider)?.select(columns)?.into_view())
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Gives the number to go by, given a row and the number that was delivered in it.
struct StandIn {
    name: String,
    signature: Signature,
    rows: HashMap<i64, Box<str>>,
}

impl StandIn {
    fn new(name: String, rows: HashMap<i64, Box<str>>) -> Self {
        let signature = Signature::exact(vec![DataType::Int64, DataType::Utf8], Volatility::Immutable);
        Self { name, signature, rows }
    }
}

impl std::fmt::Debug for StandIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StandIn").field("name", &self.name).field("rows", &self.rows.len()).finish()
    }
}

// The name says all of it: one state is in use at a time.
impl PartialEq for StandIn {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for StandIn {}

impl Hash for StandIn {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl ScalarUDFImpl for StandIn {
    fn name(&self) -> &str {
        &self.name
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType, DataFusionError> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue, DataFusionError> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let (rows, delivered) = (arrays[0].as_primitive::<Int64Type>(), cast(&arrays[1], &DataType::Utf8)?);
        // Most pieces of a table hold none of them.
        if !rows.values().iter().any(|row| self.rows.contains_key(row)) {
            return Ok(ColumnarValue::Array(delivered));
        }
        let delivered = delivered.as_string::<i32>();
        let seen = rows.values().iter().enumerate().map(|(at, row)| match self.rows.get(row) {
            Some(key) => Some(key.as_ref()),
            None => delivered.is_valid(at).then(|| delivered.value(at)),
        });
        Ok(ColumnarValue::Array(Arc::new(seen.collect::<StringArray>())))
    }
}

fn write(path: &Path, found: &[(&str, i64, Keys)]) -> Result<(), Failure> {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let mut fields = vec![Field::new("row", DataType::Int64, false), text("column")];
    fields.extend(Tier::ALL.iter().map(|tier| text(tier.as_str())));
    let schema = Arc::new(Schema::new(fields));
    let rows: Int64Array = found.iter().map(|(_, row, _)| Some(*row)).collect();
    let columns: StringArray = found.iter().map(|(column, ..)| Some(*column)).collect();
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(rows), Arc::new(columns)];
    for place in 0..Tier::ALL.len() {
        let keys: StringArray = found.iter().map(|(.., keys)| keys[place].as_deref()).collect();
        arrays.push(Arc::new(keys));
    }
    let mut writer = ArrowWriter::try_new(File::create(path)?, schema.clone(), None)?;
    writer.write(&RecordBatch::try_new(schema, arrays)?)?;
    Ok(writer.into_inner()?.sync_all()?)
}

fn read(path: &Path) -> Result<BTreeMap<String, RowKeys>, Failure> {
    let mut found: BTreeMap<String, RowKeys> = BTreeMap::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        let batch = batch?;
        let rows = batch.column(0).as_primitive::<Int64Type>();
        let texts = |at: usize| batch.column(at).as_string::<i32>();
        for at in 0..batch.num_rows() {
            let keys = std::array::from_fn(|place| {
                let column = texts(2 + place);
                column.is_valid(at).then(|| column.value(at).into())
            });
            found.entry(texts(1).value(at).to_owned()).or_default().insert(rows.value(at), keys);
        }
    }
    Ok(found)
}
