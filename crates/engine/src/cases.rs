//! Running the cases of a model or view: small tables in, expected rows out.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use datafusion::arrow::{datatypes::Field, record_batch::RecordBatch};
use gnomon_kernel::{Code, Tier};
use gnomon_library::{
    Library,
    analytics::{CaseResult, Finding},
    case::{Case, TextTable},
    model::Model,
    view::View,
};
use serde_json::Value;

use crate::{
    error::EngineError,
    evidence::json,
    run::findings,
    schema::{table_schema, view_schema},
    session::{Limits, Tables, frame, given_or_below, session},
    tables::text_table,
};

/// A row as compared: column name and value.
type Row = BTreeMap<String, Value>;

/// Runs all cases of a model (by id) or view (by key). A case with `todo` passes while it fails, and fails once it passes.
pub async fn run_cases(library: &Library, name: &str) -> Vec<CaseResult> {
    let mut results = Vec::new();
    let (model, view) = (library.models.get(name), library.views.get(name));
    let cases = model.map(|model| &model.cases).or(view.map(|view| &view.cases));
    for case in cases.into_iter().flatten() {
        let outcome = match (model, view) {
            (Some(model), _) => model_rows(library, model, case).await,
            (_, Some(view)) => view_rows(library, view, case).await,
            _ => Ok(Vec::new()),
        };
        let difference = match outcome {
            Ok(rows) => compare(&case.expect, &rows),
            Err(error) => Some(error.detail),
        };
        let failure = match (&case.todo, difference) {
            (None, difference) => difference,
            (Some(_), Some(_)) => None,
            (Some(_), None) => Some("marked todo, but it passes: remove the mark".to_owned()),
        };
        results.push(CaseResult { name: case.name.clone(), failure });
    }
    results
}

async fn model_rows(library: &Library, model: &Model, case: &Case) -> Result<Vec<Row>, EngineError> {
    let reads: Vec<&String> = model.reads.iter().chain(&model.reads_any).collect();
    let tables = given(library, case, &reads, model.certainty)?;
    let context = session(library, &reads, &tables, &Limits::default()).await?;
    let values = model.param_set().with_toml(&case.with).map_err(|error| invalid(error.to_string()))?;
    let found = findings(library, model, &values, case.run_date(), &context, &Limits::default()).await?;
    Ok(found.into_iter().map(finding_row).collect())
}

fn finding_row(finding: Finding) -> Row {
    let mut row: Row = finding.evidence.into_iter().collect();
    row.insert("subject".to_owned(), Value::from(finding.subject));
    row.insert("dedupe".to_owned(), Value::from(finding.dedupe));
    row.insert("subject_name".to_owned(), Value::from(finding.subject_name));
    row.insert("level".to_owned(), Value::from(finding.level.as_str()));
    row.insert("fen".to_owned(), Value::from(finding.fen));
    row.insert("happened_on".to_owned(), Value::from(finding.happened_on.map(|day| day.to_string())));
    row.insert("region_code".to_owned(), Value::from(finding.region_code));
    row
}

async fn view_rows(library: &Library, view: &View, case: &Case) -> Result<Vec<Row>, EngineError> {
    let reads: Vec<&String> = view.reads.iter().chain(&view.reads_any).collect();
    let tables = given(library, case, &reads, Tier::Certain)?;
    let context = session(library, &reads, &tables, &Limits::default()).await?;
    let Some(parsed) = library.query(&view.key) else { return Ok(Vec::new()) };
    let batches = frame(&context, &parsed.query).await?.collect().await?;
    let mut rows = Vec::new();
    for batch in &batches {
        rows.extend((0..batch.num_rows()).map(|index| batch_row(batch, index)));
    }
    Ok(rows)
}

fn batch_row(batch: &RecordBatch, index: usize) -> Row {
    let cell = |(field, column): (&Arc<Field>, _)| (field.name().clone(), json(column, index));
    batch.schema().fields().iter().zip(batch.columns()).map(cell).collect()
}

/// The tables a case gives, under resolved keys. A case must give every table that is needed and cannot be left out silently
/// by a slip of the pen: an unknown name is already refused when the library is read.
fn given(library: &Library, case: &Case, reads: &[&String], certainty: Tier) -> Result<Tables, EngineError> {
    let names: BTreeSet<&str> = case.given.keys().map(String::as_str).collect();
    let needed = given_or_below(library, reads, &names);
    if let Some(useless) = names.iter().find(|name| !needed.contains(**name)) {
        return Err(invalid(format!("{useless} is given, but a view above it is given too")));
    }
    let mut tables = Tables::new();
    for (name, text) in gnomon_identity::case_tables(library, case, certainty).map_err(invalid)? {
        let (schema, number_rows) = match (library.datasets.get(&name), library.views.get(&name)) {
            (Some(dataset), _) => (table_schema(&dataset.columns), true),
            (_, Some(view)) => (view_schema(&view.columns), false),
            _ => continue,
        };
        let table = text_table(&schema, &text, number_rows)?;
        tables.insert(name, table);
    }
    Ok(tables)
}

fn invalid(text: String) -> EngineError {
    EngineError::new(Code::ModelInvalid, text)
}

/// Compares as multisets over the columns that `expect` names. The difference in words, or none.
fn compare(expect: &str, rows: &[Row]) -> Option<String> {
    let expected = match TextTable::parse(expect) {
        Ok(table) => table,
        Err((line, what)) => return Some(format!("expect, line {line}: {what}")),
    };
    let unknown = expected.columns.iter().find(|name| rows.iter().any(|row| !row.contains_key(*name)));
    if let Some(name) = unknown {
        return Some(format!("expect names {name}, which is not returned"));
    }
    let pick = |row: &Row| expected.columns.iter().map(|name| plain(row.get(name))).collect::<Vec<_>>();
    let mut found: Vec<Vec<String>> = rows.iter().map(pick).collect();
    let mut wanted: Vec<Vec<String>> = expected
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| tidy(cell.as_deref().unwrap_or_default())).collect())
        .collect();
    found.sort();
    wanted.sort();
    if found == wanted {
        return None;
    }
    let show = |rows: &[Vec<String>]| match rows {
        [] => "nothing".to_owned(),
        rows => rows.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("; "),
    };
    let found = if expected.columns.is_empty() {
        rows.iter()
            .map(|row| format!("{} {}", plain(row.get("subject")), plain(row.get("level"))))
            .collect::<Vec<_>>()
            .join("; ")
    } else {
        show(&found)
    };
    Some(format!("expected {}, found {found}", show(&wanted)))
}

fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => tidy(text),
        Some(Value::Array(items)) => items.iter().map(|item| plain(Some(item))).collect::<Vec<_>>().join("|"),
        Some(other) => tidy(&other.to_string()),
    }
}

/// `2.0` and `2` are the same number; `2025-01-01 08:00` and `2025-01-01T08:00:00` the same time.
fn tidy(text: &str) -> String {
    let time =
        text.len() >= 16 && text.as_bytes().get(4) == Some(&b'-') && text.as_bytes().get(13) == Some(&b':');
    if time {
        let text = text.replacen(' ', "T", 1);
        return if text.len() == 16 { format!("{text}:00") } else { text };
    }
    match text.strip_suffix(".0") {
        Some(whole) if whole.parse::<i64>().is_ok() => whole.to_owned(),
        _ => text.to_owned(),
    }
}
