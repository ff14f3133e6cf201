//! Checks over the whole library. Every one reports at its place and none stops the others.

mod cases;
mod datasets;
mod models;
mod objects;
mod tables;

use crate::{
    catalogue::Library,
    problem::Problem,
    source::SourceFile,
    sql::{self, ParsedQuery},
};

/// Runs all checks; fills in the parsed queries.
pub(crate) fn library(library: &mut Library, list_files: &[SourceFile], problems: &mut Vec<Problem>) {
    parse_queries(library, problems);
    add_nameless_packs(library);
    for dataset in library.datasets.values() {
        datasets::dataset(library, dataset, problems);
    }
    for (list, file) in library.lists.iter().zip(list_files) {
        datasets::list(library, list, file, problems);
    }
    for object in &library.objects {
        objects::object(library, object, problems);
    }
    for view in library.views.values() {
        tables::view(library, view, problems);
    }
    if !problems.is_empty() {
        return; // models are read against datasets and views, so those come first
    }
    for model in library.models.values() {
        models::model(library, model, problems);
    }
}

/// Parses the queries of all views and models, each reported in its own file.
fn parse_queries(library: &mut Library, problems: &mut Vec<Problem>) {
    let views = library.views.values().map(|view| (view.key.clone(), &["sql"][..], view.sql.clone()));
    let models = library
        .models
        .values()
        .map(|model| (model.id.clone(), &["query", "sql"][..], model.query.sql.clone()));
    let texts: Vec<(String, &[&str], String)> = views.chain(models).collect();
    for (name, keys, text) in texts {
        let Some(file) = library.sources.get(&name) else { continue };
        match parse(file, keys, &text) {
            Ok(query) => {
                library.queries.insert(name, query);
            }
            Err(problem) => problems.push(*problem),
        }
    }
}

fn parse(file: &SourceFile, keys: &[&str], text: &str) -> Result<ParsedQuery, Box<Problem>> {
    sql::parse_query(text).map_err(|error| {
        let span = match error.at {
            Some((line, column)) => file.span_within(keys, line, column),
            None => file.span(keys),
        };
        Box::new(Problem::new(file, span, error.message))
    })
}

/// A newcomer's single model file need not bring a pack file.
fn add_nameless_packs(library: &mut Library) {
    let keys: Vec<String> = library.models.values().map(|model| model.pack().to_owned()).collect();
    for key in keys {
        let title = gnomon_kernel::Words { zh: key.clone(), en: key.clone() };
        let pack = crate::model::Pack { key: key.clone(), order: u32::MAX, title };
        library.packs.entry(key).or_insert(pack);
    }
}
