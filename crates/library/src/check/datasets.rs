//! Checks of dataset and list files.

use std::collections::BTreeMap;

use crate::{
    catalogue::{Library, List},
    column::ColumnType,
    dataset::{Dataset, DatasetKind, Delivery},
    header::header_word,
    problem::Problem,
    source::SourceFile,
};

pub(super) fn dataset(library: &Library, dataset: &Dataset, problems: &mut Vec<Problem>) {
    let Some(file) = library.source(&dataset.key) else { return };
    let mut say = |keys: &[&str], text: String| problems.push(Problem::new(file, file.span(keys), text));
    if dataset.columns.is_empty() {
        say(&["key"], "found no columns, expected at least one".to_owned());
    }
    let mut words: BTreeMap<String, &str> = BTreeMap::new();
    for (index, column) in dataset.columns.iter().enumerate() {
        let at = index.to_string();
        if dataset.columns[..index].iter().any(|other| other.name == column.name) {
            say(&["column", &at, "name"], format!("the column {} is described twice", column.name));
        }
        if (column.ty == ColumnType::Enum) == column.values.is_empty() {
            say(
                &["column", &at],
                format!("{}: an enum needs `values`, and only an enum has them", column.name),
            );
        }
        for word in column.header_words() {
            match words.insert(header_word(&word), &column.name) {
                Some(other) if other != column.name => {
                    say(
                        &["column", &at],
                        format!("the header word {word} stands for {other} and {}", column.name),
                    );
                }
                _ => {}
            }
        }
    }
    let roles = [
        ("person", &dataset.person),
        ("org", &dataset.org),
        ("region", &dataset.region),
        ("time", &dataset.time),
        ("amount", &dataset.amount),
    ];
    for (role, name) in roles {
        if name.as_deref().is_some_and(|name| dataset.column(name).is_none()) {
            say(&[role], format!("{role} names a column that is not there"));
        }
    }
    for (name, percent) in dataset.quality.shares() {
        if !percent.is_share() {
            say(&["quality", name], format!("{name} is a share, expected at most 100 percent"));
        }
    }
    if dataset.whole_of.iter().any(|name| dataset.column(name).is_none()) {
        say(&["whole_of"], "whole_of names a column that is not there".to_owned());
    }
    if dataset.delivery != Delivery::Snapshot && !dataset.whole_of.is_empty() {
        say(&["whole_of"], "whole_of is for delivery = \"snapshot\"".to_owned());
    }
    if dataset.delivery != Delivery::Append && dataset.natural_key.is_empty() {
        say(&["delivery"], "snapshot and change need a natural_key".to_owned());
    }
    if dataset.natural_key.iter().any(|name| dataset.column(name).is_none()) {
        say(&["natural_key"], "natural_key names a column that is not there".to_owned());
    }
}

pub(super) fn list(library: &Library, list: &List, file: &SourceFile, problems: &mut Vec<Problem>) {
    let mut say = |keys: &[&str], text: String| problems.push(Problem::new(file, file.span(keys), text));
    match library.datasets.get(&list.dataset) {
        None => say(&["dataset"], format!("there is no dataset {}", list.dataset)),
        Some(dataset) if dataset.kind != DatasetKind::Reference => {
            say(&["dataset"], format!("{} is not a reference dataset", list.dataset));
        }
        Some(dataset) => {
            for column in &list.rows.columns {
                if dataset.column(column).is_none() {
                    say(&["rows"], format!("{} has no column {column}", list.dataset));
                }
            }
        }
    }
}
