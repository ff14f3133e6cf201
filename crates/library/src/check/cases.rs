//! Checks of the cases of models and views.

use std::collections::BTreeSet;

use crate::{
    case::{Case, TextTable},
    catalogue::Library,
    problem::Problem,
    source::SourceFile,
};

pub(super) fn cases(library: &Library, name: &str, cases: &[Case], problems: &mut Vec<Problem>) {
    let Some(file) = library.source(name) else { return };
    let reads: Vec<&String> = match (library.models.get(name), library.views.get(name)) {
        (Some(model), _) => model.reads.iter().chain(&model.reads_any).collect(),
        (_, Some(view)) => view.reads.iter().chain(&view.reads_any).collect(),
        _ => Vec::new(),
    };
    let mut allowed: BTreeSet<&str> = library.datasets_below(reads.iter().copied());
    allowed.extend(library.views_below(reads.iter().copied()).iter().map(|view| view.key.as_str()));
    for (index, case) in cases.iter().enumerate() {
        let at = index.to_string();
        if cases[..index].iter().any(|other| other.name == case.name) {
            let text = format!("two cases are called {}", case.name);
            problems.push(Problem::new(file, file.span(&["case", &at, "name"]), text));
        }
        for (table, text) in &case.given {
            let keys = ["case", at.as_str(), "given", table.as_str()];
            if !allowed.contains(table.as_str()) {
                let what = format!("{table} is not read here");
                problems.push(Problem::new(file, file.span(&keys), what));
                continue;
            }
            given(library, file, &keys, table, text, problems);
        }
        if let Err((line, what)) = TextTable::parse(&case.expect) {
            let span = file.span_within(&["case", &at, "expect"], line, 1);
            problems.push(Problem::new(file, span, what));
        }
        with(library, file, name, &at, case, problems);
    }
}

fn given(
    library: &Library,
    file: &SourceFile,
    keys: &[&str],
    table: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) {
    let parsed = match TextTable::parse(text) {
        Ok(parsed) => parsed,
        Err((line, what)) => return problems.push(Problem::new(file, file.span_within(keys, line, 1), what)),
    };
    let known = library.columns_of(table).unwrap_or_default();
    for column in parsed.columns {
        if column != "_row" && !known.iter().any(|candidate| candidate.name == column) {
            let names: Vec<&str> = known.iter().map(|column| column.name.as_str()).collect();
            let problem = Problem::new(file, file.span(keys), format!("{table} has no column {column}"));
            problems.push(problem.help(format!("its columns are {}", names.join(", "))));
        }
    }
}

fn with(
    library: &Library,
    file: &SourceFile,
    name: &str,
    at: &str,
    case: &Case,
    problems: &mut Vec<Problem>,
) {
    let checked = match library.models.get(name) {
        Some(model) => model.param_set().with_toml(&case.with).map(drop),
        None if case.with.is_empty() => Ok(()),
        None => {
            let span = file.span(&["case", at, "with"]);
            return problems.push(Problem::new(file, span, "views take no parameters"));
        }
    };
    if let Err(error) = checked {
        let keys = ["case", at, "with", error.name.as_str()];
        problems.push(Problem::new(file, file.span(&keys), error.to_string()));
    }
}
