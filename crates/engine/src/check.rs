//! Planning against empty tables: the compile check of a model or view.

use std::sync::Arc;

use gnomon_library::{Library, Problem, message, model::Model, view::View};

use crate::{
    error::EngineError,
    evidence::Layout,
    schema::view_schema,
    session::{Limits, Tables, plan, session},
};

/// Plans every view and model of the library, or only one, without data. Errors point into the file.
pub async fn check(library: &Library, only: Option<&str>) -> Vec<Problem> {
    let chosen = |name: &str| only.is_none_or(|only| only == name);
    let mut problems = Vec::new();
    for view in library.views.values().filter(|view| chosen(&view.key)) {
        if let Err(error) = check_view(library, view).await {
            problems.extend(problem(library, &view.key, &["sql"], &error));
        }
    }
    for model in library.models.values().filter(|model| chosen(&model.id)) {
        match check_model(library, model).await {
            Ok(more) => problems.extend(more),
            Err(error) => problems.extend(problem(library, &model.id, &["query", "sql"], &error)),
        }
    }
    problems
}

fn problem(library: &Library, name: &str, keys: &[&str], error: &EngineError) -> Option<Problem> {
    let file = library.source(name)?;
    let span = match error.at {
        Some((line, column)) => file.span_within(keys, line, column),
        None => file.span(keys),
    };
    Some(Problem::new(file, span, error.detail.clone()))
}

async fn check_view(library: &Library, view: &View) -> Result<(), EngineError> {
    let reads: Vec<&String> = view.reads.iter().chain(&view.reads_any).collect();
    let context = session(library, &reads, &Tables::new(), &Limits::default()).await?;
    let Some(parsed) = library.query(&view.key) else { return Ok(()) };
    let plan = plan(&context, &parsed.query).await?;
    let declared = view_schema(&view.columns);
    let found = plan.schema().as_arrow();
    for field in declared.fields() {
        let Ok(other) = found.field_with_name(field.name()) else {
            return Err(misfit(format!("the query returns no column {}", field.name())));
        };
        if !same_kind(field.data_type(), other.data_type()) {
            let text =
                format!("{}: found {}, expected {}", field.name(), other.data_type(), field.data_type());
            return Err(misfit(text));
        }
    }
    match found.fields().iter().find(|field| declared.field_with_name(field.name()).is_err()) {
        Some(extra) => {
            Err(misfit(format!("the query returns {}, which no [[column]] describes", extra.name())))
        }
        None => Ok(()),
    }
}

fn misfit(text: String) -> EngineError {
    EngineError::new(gnomon_kernel::Code::ModelInvalid, text)
}

/// Texts and lists of texts come in several storage forms that mean the same.
fn same_kind(
    declared: &datafusion::arrow::datatypes::DataType,
    found: &datafusion::arrow::datatypes::DataType,
) -> bool {
    use datafusion::arrow::datatypes::DataType as T;
    match (declared, found) {
        (T::Utf8, T::Utf8View | T::LargeUtf8 | T::Null) => true,
        (T::List(a), T::List(b)) => same_kind(a.data_type(), b.data_type()),
        (T::Int64 | T::Int32, T::Int64 | T::Int32) => true,
        (a, b) => a == b,
    }
}

async fn check_model(library: &Library, model: &Model) -> Result<Vec<Problem>, EngineError> {
    let reads: Vec<&String> = model.reads.iter().chain(&model.reads_any).collect();
    let context = session(library, &reads, &Tables::new(), &Limits::default()).await?;
    let values = model.param_set().defaults().map_err(|error| misfit(error.to_string()))?;
    let query =
        library.bound(model, &values, gnomon_library::case::Case::DEFAULT_AS_OF).map_err(|error| {
            EngineError { code: gnomon_kernel::Code::ModelInvalid, detail: error.message, at: error.at }
        })?;
    let plan = plan(&context, &query).await?;
    let layout = Layout::new(&Arc::new(plan.schema().as_arrow().clone()), model.level)?;
    let Some(file) = library.source(&model.id) else { return Ok(Vec::new()) };
    let mut problems = Vec::new();
    let mut say = |keys: &[&str], text: String| problems.push(Problem::new(file, file.span(keys), text));
    for (language, text) in [("zh", &model.message.zh), ("en", &model.message.en)] {
        for place in message::places(text).unwrap_or_default() {
            if !layout.names().any(|name| name == place) {
                say(&["message", language], format!("the query returns no column {place}"));
            }
        }
    }
    for place in model.graph.iter().flat_map(|graph| &graph.chain) {
        if !layout.names().any(|name| name == place) {
            say(&["graph", "chain"], format!("the query returns no column {place}"));
        }
    }
    for name in layout.evidence_names() {
        if library.evidence_word(model, name).is_none() {
            say(&["query", "sql"], format!("{name} has no word: add [evidence.{name}]"));
        }
    }
    if model.status == gnomon_library::model::Status::Stable && !layout.has_rows() {
        say(&["query", "sql"], "a stable model returns at least one column of row references".to_owned());
    }
    Ok(problems)
}
