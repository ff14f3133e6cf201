//! Who is who in files as they come, by the program alone.

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

use crate::bench::Bench;

fn column(file: &Path, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
}

fn by_row(file: &Path, value: &str) -> HashMap<String, String> {
    column(file, "row_id").into_iter().zip(column(file, value)).collect()
}

/// Pairs of rows that have the same value in both, each pair once.
fn pairs<'a>(groups: impl Iterator<Item = (&'a String, &'a String)>) -> BTreeSet<(&'a str, &'a str)> {
    let mut grouped: HashMap<&str, Vec<&str>> = HashMap::new();
    for (row, group) in groups {
        grouped.entry(group).or_default().push(row);
    }
    let mut pairs = BTreeSet::new();
    for rows in grouped.values_mut() {
        rows.sort_unstable();
        for (n, one) in rows.iter().enumerate() {
            pairs.extend(rows[n + 1..].iter().map(|other| (*one, *other)));
        }
    }
    pairs
}

/// Five lists with their own headers, encodings and forms of dates and addresses; nothing is said about them.
#[test]
fn lists_of_five_departments_are_linked_without_a_word_about_their_columns() {
    let bench = Bench::plain();
    let out = bench.path("lists");
    let folder = out.display().to_string();
    let order = ["county", "--people", "2000", "--seed", "4", "--lists", "dirty", "--out", &folder];
    let said = bench.run_for_people(&order).with_status(0);
    let files: Vec<&str> = said.out.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    assert_eq!(files.len(), 5, "{}", said.out);
    let answer = bench.path("answer.csv").display().to_string();
    let mut order = vec!["link"];
    order.extend(&files);
    order.extend(["--out", &answer]);
    bench.run_for_people(&order).with_status(0);

    let (truth, found) = (out.join("truth.csv"), bench.path("answer.csv"));
    let (persons, entities) = (by_row(&truth, "person"), by_row(&found, "entity_id"));
    assert_eq!(persons.len(), entities.len());
    let (true_pairs, our_pairs) = (pairs(persons.iter()), pairs(entities.iter()));
    let right = true_pairs.intersection(&our_pairs).count();
    assert!(right * 100 > our_pairs.len() * 97, "{right} of {} found pairs", our_pairs.len());
    assert!(right * 100 > true_pairs.len() * 90, "{right} of {} pairs there are", true_pairs.len());
}

#[test]
fn a_column_that_does_not_fit_its_role_is_named_and_the_rest_is_linked() {
    let bench = Bench::plain();
    let rows: Vec<String> = (0..200)
        .map(|n| {
            let person = n / 2;
            let (month, day) = (person % 12 + 1, person % 28 + 1);
            format!("{n},{}, of {n} words,19{:02}-{month:02}-{day:02}", word(person), 40 + person % 50)
        })
        .collect();
    let file = bench.file("people.csv", format!("row_id,name,remark,birth_date\n{}\n", rows.join("\n")));
    let answer = bench.path("answer.csv");
    let order = ["link", &file, "--map", "phone=remark", "--out", &answer.display().to_string()];
    let said = bench.run_for_people(&order).with_status(0);
    assert!(said.err.contains("remark"), "{}", said.err);
    let entities = column(&answer, "entity_id");
    let joined = entities.chunks(2).filter(|pair| pair[0] == pair[1]).count();
    assert!(joined > 95 && entities.iter().collect::<BTreeSet<_>>().len() > 95, "{joined}");
}

/// A made-up name of two words.
fn word(n: usize) -> String {
    let parts = ["bran", "cole", "dest", "fynn", "garo", "hild", "isko", "jarl", "kemp", "lond"];
    format!("{}{} {}{}", parts[n % 10], parts[n / 10 % 10], parts[n * 7 % 10], parts[n * 3 / 10 % 10])
}
