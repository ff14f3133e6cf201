//! Checks that a view or model names its tables truly.

use std::{collections::BTreeSet, ops::Range};

use crate::{catalogue::Library, problem::Problem, source::SourceFile, sql::ParsedQuery, view::View};

pub(super) fn view(library: &Library, view: &View, problems: &mut Vec<Problem>) {
    let (Some(file), Some(query)) = (library.source(&view.key), library.query(&view.key)) else { return };
    if !view.key.starts_with("v_") {
        problems.push(Problem::new(file, file.span(&["key"]), "the key of a view begins with v_"));
    }
    if let Some(name) = query.parameters.iter().next() {
        let place = word_in(file, &["sql"], &format!("${name}"));
        problems.push(Problem::new(file, place, format!("found ${name}, but views take no parameters")));
    }
    if reads_itself(library, &view.key, view, &mut BTreeSet::new()) {
        problems.push(Problem::new(
            file,
            file.span(&["key"]),
            format!("{} reads itself in the end", view.key),
        ));
        return;
    }
    reads(
        library,
        file,
        &["sql"],
        query,
        &[("reads", &view.reads), ("reads_any", &view.reads_any)],
        problems,
    );
    super::cases::cases(library, &view.key, &view.cases, problems);
}

fn reads_itself<'a>(library: &'a Library, key: &str, view: &'a View, seen: &mut BTreeSet<&'a str>) -> bool {
    view.reads.iter().chain(&view.reads_any).any(|table| {
        table == key
            || (seen.insert(table)
                && library.views.get(table).is_some_and(|next| reads_itself(library, key, next, seen)))
    })
}

/// `reads` and the SQL must name the same tables, and those must exist.
pub(super) fn reads(
    library: &Library,
    file: &SourceFile,
    sql: &[&str],
    query: &ParsedQuery,
    declared: &[(&str, &Vec<String>)],
    problems: &mut Vec<Problem>,
) {
    for (key, tables) in declared {
        for table in *tables {
            let text = if library.columns_of(table).is_none() {
                format!("there is no dataset or view {table}")
            } else if !query.tables.contains(table) {
                format!("{key} names {table}, but the SQL does not")
            } else {
                continue;
            };
            problems.push(Problem::new(file, file.span(&[key]), text));
        }
    }
    let declared: BTreeSet<&String> = declared.iter().flat_map(|(_, tables)| tables.iter()).collect();
    for table in query.tables.iter().filter(|table| !declared.contains(table)) {
        let problem = Problem::new(
            file,
            word_in(file, sql, table),
            format!("the SQL names {table}, but `reads` does not"),
        );
        let known = library.columns_of(table).is_some();
        problems.push(if known {
            problem.help("add it to `reads`")
        } else {
            problem.help("there is no such dataset or view")
        });
    }
}

/// Where a word stands inside a value, for errors that know the word and not the place.
pub(super) fn word_in(file: &SourceFile, keys: &[&str], word: &str) -> Option<Range<usize>> {
    let value = file.span(keys)?;
    let text = file.text.get(value.clone())?;
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let whole = text.match_indices(word).find(|(start, _)| {
        let before = text[..*start].chars().next_back().is_some_and(is_part);
        let after = text[start + word.len()..].chars().next().is_some_and(is_part);
        !before && !after
    });
    let (start, _) = whole?;
    Some(value.start + start..value.start + start + word.len())
}
