use gnomon_app::{DatasetRow, ModelView};
use gnomon_kernel::{Day, Lang};
use gnomon_library::{
    Library,
    analytics::CaseResult,
    case::TextTable,
    literals,
    model::Model,
    param::{ParamError, ParamValues},
};
use gnomon_ui::{CaseRow, InputRow, ModelPage, ModelRunRow, Parameter, Shell, SqlSpan, spans};

use super::{
    models::{speech, status},
    outcome::outcome,
    param::{self, Value},
};

/// What the page needs beside the model.
pub struct Facts<'a> {
    /// What its cases said just now.
    pub cases: Vec<CaseResult>,
    /// What the tables hold; empty for somebody who may not see that.
    pub rows: Vec<DatasetRow<'a>>,
    /// The day shown in its SQL.
    pub as_of: Day,
}

/// One model: what it asks, of which data, with which values, and how it is proven.
pub fn page(
    shell: Shell,
    view: &ModelView<'_>,
    facts: &Facts<'_>,
    library: &Library,
) -> Result<ModelPage, ParamError> {
    let (lang, model) = (shell.lang, view.row.model);
    let values = model.param_set().defaults()?;
    let (verified, found_true) = super::told(view.row.record.as_ref());
    Ok(ModelPage {
        id: model.id.clone(),
        title: model.title.get(lang).to_owned(),
        pack: library.pack_title(model.pack()).get(lang).to_owned(),
        revision: u64::from(model.revision),
        status: status(model.status),
        level: model.level,
        why: model.why.get(lang).to_owned(),
        basis: model.basis.get(lang).to_owned(),
        speech: speech(&view.row.missing, library, lang),
        inputs: inputs(view, facts, library, lang),
        parameters: parameters(model, &values, lang),
        sql: sql(model, &values, facts.as_of),
        cases: cases(model, &facts.cases),
        innocent: model.innocent.get(lang).to_vec(),
        verify: model.verify.get(lang).to_vec(),
        runs: runs(view, library, lang),
        open: view.row.record.as_ref().map_or(0, |record| record.open),
        verified,
        found_true,
        shell,
    })
}

/// A view is missing when something below it is.
fn inputs(view: &ModelView<'_>, facts: &Facts<'_>, library: &Library, lang: Lang) -> Vec<InputRow> {
    let model = view.row.model;
    let input = |key: &String| {
        let mut below = library.datasets_below([key]).into_iter();
        let table = facts.rows.iter().find(|row| row.dataset.key == *key);
        InputRow {
            key: key.clone(),
            title: library.table_title(key).map_or(key.as_str(), |title| title.get(lang)).to_owned(),
            is_dataset: library.datasets.contains_key(key),
            rows: table.map(|row| row.rows),
            is_missing: view.row.missing.contains(key)
                || below.any(|dataset| view.row.missing.iter().any(|missing| missing == dataset)),
        }
    };
    model.reads.iter().chain(&model.reads_any).map(input).collect()
}

fn parameters(model: &Model, values: &ParamValues, lang: Lang) -> Vec<Parameter> {
    let parameter = |(name, param): (&String, &gnomon_library::param::Param)| {
        let value = param::words(Value::of(param, values.get(name)?), lang);
        Some(Parameter {
            name: name.clone(),
            label: param.label.get(lang).to_owned(),
            default: value.clone(),
            value,
            unit: param.unit.as_ref().map_or("", |unit| unit.get(lang)).to_owned(),
            bounds: param::bounds(name, param, lang),
        })
    };
    model.params.iter().filter_map(parameter).collect()
}

fn sql(model: &Model, values: &ParamValues, as_of: Day) -> Vec<SqlSpan> {
    let literals = literals(model, values, as_of);
    spans(&model.query.sql, |name| {
        let pieces = literals.show(&format!("${name}"));
        pieces.into_iter().find(|(_, is_value)| *is_value).map(|(text, _)| text)
    })
}

fn cases(model: &Model, results: &[CaseResult]) -> Vec<CaseRow> {
    let row = |result: &CaseResult| {
        let case = model.cases.iter().find(|case| case.name == result.name);
        let expected = case.and_then(|case| TextTable::parse(&case.expect).ok());
        CaseRow {
            name: result.name.clone(),
            expected: expected.map_or(0, |table| table.rows.len() as u64),
            is_look_alike: case.is_some_and(|case| case.look_alike),
            failure: result.failure.clone(),
        }
    };
    results.iter().map(row).collect()
}

fn runs(view: &ModelView<'_>, library: &Library, lang: Lang) -> Vec<ModelRunRow> {
    let row = |(run, model): &(gnomon_app::Run, gnomon_app::RunModel)| ModelRunRow {
        run: run.id.to_string(),
        at: run.started_at.unwrap_or(run.asked_at),
        revision: u64::from(model.revision),
        outcome: outcome(model, library, lang),
        milliseconds: model.millis,
    };
    view.runs.iter().map(row).collect()
}
