//! Checks of model files.

use std::collections::BTreeSet;

use crate::{
    catalogue::Library,
    message,
    model::{Model, Status, WordLists},
    problem::Problem,
    source::SourceFile,
    sql::{AS_OF, ParsedQuery},
};

use super::{
    cases,
    tables::{self, word_in},
};

pub(super) fn model(library: &Library, model: &Model, problems: &mut Vec<Problem>) {
    let (Some(file), Some(query)) = (library.source(&model.id), library.query(&model.id)) else { return };
    id(file, model, problems);
    let declared = [("reads", &model.reads), ("reads_any", &model.reads_any)];
    tables::reads(library, file, &["query", "sql"], query, &declared, problems);
    parameters(file, model, query, problems);
    words(file, model, problems);
    cases::cases(library, &model.id, &model.cases, problems);
    if model.status == Status::Stable {
        stable(file, model, problems);
    }
    lint_distinct(file, model, problems);
}

/// Distinct counts are not held by the engine's memory limit; comparing least and greatest says the same for nothing.
fn lint_distinct(file: &SourceFile, model: &Model, problems: &mut Vec<Problem>) {
    let sql: String = model.query.sql.to_lowercase().split_whitespace().collect();
    let more_than_one = |(at, _): (usize, &str)| {
        let after = sql[at..].split_once(')').and_then(|(_, rest)| rest.strip_prefix(">1"));
        after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if sql.match_indices("count(distinct").any(more_than_one) {
        let span = file.span(&["query", "sql"]);
        problems.push(Problem::new(file, span, "found count(distinct x) > 1, expected min(x) <> max(x)"));
    }
}

fn id(file: &SourceFile, model: &Model, problems: &mut Vec<Problem>) {
    let parts: Vec<&str> = model.id.split('-').collect();
    let upper =
        |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(upper) {
        let text =
            format!("found the id {}, expected capitals and digits with dashes, as BF-GEN-001", model.id);
        problems.push(Problem::new(file, file.span(&["id"]), text));
    }
    if model.revision == 0 {
        problems.push(Problem::new(file, file.span(&["revision"]), "revisions begin at 1"));
    }
}

fn parameters(file: &SourceFile, model: &Model, query: &ParsedQuery, problems: &mut Vec<Problem>) {
    for (name, param) in &model.params {
        let keys = ["param", name.as_str()];
        if name == AS_OF {
            problems.push(Problem::new(
                file,
                file.span(&keys),
                "as_of is always there and cannot be declared",
            ));
        }
        if !query.parameters.contains(name) {
            let text = format!("the parameter {name} is not used");
            problems.push(
                Problem::new(file, file.span(&keys), text)
                    .help(format!("write ${name} in the SQL or remove it")),
            );
        }
        if param.ty.has_bounds() && (param.min.is_none() || param.max.is_none()) {
            let text = format!("the parameter {name} has no bounds; expected `min` and `max`");
            problems.push(Problem::new(file, file.span(&keys), text));
        }
        for (key, value) in
            [("default", Some(&param.default)), ("min", param.min.as_ref()), ("max", param.max.as_ref())]
        {
            let checked = value.map(|value| param.check(name, value));
            if let Some(Err(error)) = checked {
                let text = format!("{key}: found {}, expected {}", error.found, error.expected);
                problems.push(Problem::new(file, file.span(&["param", name, key]), text));
            }
        }
    }
    for name in query.parameters.iter().filter(|name| *name != AS_OF && !model.params.contains_key(*name)) {
        let place = word_in(file, &["query", "sql"], &format!("${name}"));
        let text = format!("${name} is not declared");
        problems.push(Problem::new(file, place, text).help(format!("add [param.{name}]")));
    }
}

fn words(file: &SourceFile, model: &Model, problems: &mut Vec<Problem>) {
    for (language, text) in [("zh", &model.message.zh), ("en", &model.message.en)] {
        if let Err(what) = message::places(text) {
            problems.push(Problem::new(file, file.span(&["message", language]), what));
        }
    }
    let zh: BTreeSet<String> = message::places(&model.message.zh).unwrap_or_default().into_iter().collect();
    let en: BTreeSet<String> = message::places(&model.message.en).unwrap_or_default().into_iter().collect();
    if zh != en {
        let text = "the two languages of the message name different columns";
        problems.push(Problem::new(file, file.span(&["message"]), text));
    }
    if let Some(graph) = &model.graph
        && graph.chain.len() != graph.edges.len() + 1
    {
        let text = format!("{} places need {} edges", graph.chain.len(), graph.chain.len().saturating_sub(1));
        problems.push(Problem::new(file, file.span(&["graph"]), text));
    }
}

/// What a model must bring before it may raise warnings.
fn stable(file: &SourceFile, model: &Model, problems: &mut Vec<Problem>) {
    let mut say = |keys: &[&str], text: &str| problems.push(Problem::new(file, file.span(keys), text));
    for (key, words) in
        [("title", &model.title), ("why", &model.why), ("basis", &model.basis), ("message", &model.message)]
    {
        if words.zh.trim().is_empty() || words.en.trim().is_empty() {
            say(&[key], "a stable model speaks both languages");
        }
    }
    let empty = |lists: &WordLists| lists.zh.is_empty() || lists.en.len() != lists.zh.len();
    if empty(&model.verify) {
        say(&["verify"], "a stable model says what to do next, in both languages alike");
    }
    if empty(&model.innocent) {
        say(&["innocent"], "a stable model names honest explanations, in both languages alike");
    }
    let proven = model.cases.iter().filter(|case| case.todo.is_none());
    let (silent, firing): (Vec<_>, Vec<_>) = proven.partition(|case| case.is_silent());
    if firing.is_empty() || silent.len() < 2 {
        say(&["status"], "a stable model has at least one case that fires and two that stay silent");
    } else if !silent.iter().any(|case| case.look_alike) {
        say(&["status"], "a stable model has a silent case with look_alike = true");
    }
}
