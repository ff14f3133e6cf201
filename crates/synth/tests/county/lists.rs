//! Lists of the same people, as somebody who links them would get them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use encoding_rs::{GB18030, UTF_8};
use gnomon_synth::{CountySpec, KeyDirt, SynthError, write_lists};

const LEVELS: [KeyDirt; 3] = [KeyDirt::Clean, KeyDirt::Dirty, KeyDirt::VeryDirty];

type Row = HashMap<String, String>;

/// Whose row it is.
struct Truth {
    person: String,
    household: String,
    twin: String,
}

struct Lists {
    rows: Vec<(String, Row)>,
    truth: HashMap<String, Truth>,
}

fn table(path: &Path) -> Vec<Row> {
    let bytes = fs::read(path).unwrap();
    let (text, _, faulty) = UTF_8.decode(&bytes);
    let text = if faulty { GB18030.decode(&bytes).0 } else { text };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn written(dirt: KeyDirt) -> Lists {
    let folder = tempfile::tempdir().unwrap();
    let files = write_lists(&CountySpec { people: 6_000, seed: 3 }, dirt, folder.path()).unwrap();
    let mut rows = Vec::new();
    for file in &files {
        let table = table(&folder.path().join(&file.file));
        assert_eq!(table.len() as u64, file.rows, "{}", file.file);
        rows.extend(table.into_iter().map(|row| (id_of(&row), row)));
    }
    let truth = table(&folder.path().join("truth.csv")).into_iter().map(|mut row| {
        let mut cell = |name: &str| row.remove(name).unwrap();
        (cell("row_id"), Truth { person: cell("person"), household: cell("household"), twin: cell("twin") })
    });
    Lists { rows, truth: truth.collect() }
}

/// The row's own number: a letter of the list and seven digits.
fn id_of(row: &Row) -> String {
    let is_id = |cell: &&String| {
        cell.len() == 8
            && cell.starts_with(['A', 'B', 'C', 'D', 'E'])
            && cell[1..].bytes().all(|b| b.is_ascii_digit())
    };
    row.values().find(is_id).unwrap().clone()
}

fn cell<'a>(row: &'a Row, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| row.get(*word)).map(String::as_str)
}

const NUMBERS: [&str; 3] = ["公民身份号码", "证件号码", "身份证号"];

#[test]
fn every_row_of_every_list_has_its_person_and_numbers_are_of_nowhere() {
    let Lists { rows, truth } = written(KeyDirt::VeryDirty);
    let ids: BTreeSet<&String> = rows.iter().map(|(id, _)| id).collect();
    assert_eq!((ids.len(), truth.len()), (rows.len(), rows.len()));
    assert!(truth.keys().all(|id| ids.contains(id)));
    let mut lengths: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, row) in &rows {
        let Some(number) = cell(row, &NUMBERS).filter(|number| number.chars().count() >= 15) else {
            continue;
        };
        *lengths.entry(number.chars().count()).or_default() += 1;
        assert!(number.starts_with("87") || number.starts_with("８７"), "{number}");
    }
    assert_eq!(lengths.keys().copied().collect::<Vec<_>>(), [15, 18]);
    let phone = |row: &Row| cell(row, &["联系电话", "手机号码"]).unwrap_or_default().to_owned();
    let foreign = rows
        .iter()
        .map(|(_, row)| phone(row))
        .find(|phone| !phone.is_empty() && !phone.starts_with("169") && !phone.starts_with("１６９"));
    assert_eq!(foreign, None);
}

#[test]
fn the_same_people_are_listed_whatever_the_dirt_and_dirt_grows() {
    let all = LEVELS.map(written);
    let people = |lists: &Lists| -> BTreeMap<String, String> {
        lists.truth.iter().map(|(id, truth)| (id.clone(), truth.person.clone())).collect()
    };
    assert_eq!(people(&all[0]), people(&all[1]));
    assert_eq!(people(&all[1]), people(&all[2]));
    let wrong = all.each_ref().map(spellings);
    assert!(wrong[0] * 4 < wrong[1] && wrong[1] < wrong[2], "{wrong:?}");
    let numbered = |lists: &Lists| {
        let has = |row: &Row| cell(row, &NUMBERS).is_some_and(|number| number.chars().count() >= 15);
        lists.rows.iter().filter(|(_, row)| has(row)).count()
    };
    let numbered = all.each_ref().map(numbered);
    assert!(numbered[0] > numbered[1] && numbered[1] > numbered[2], "{numbered:?}");
}

/// How many people have more than one spelling of their name.
fn spellings(lists: &Lists) -> usize {
    let mut names: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (id, row) in &lists.rows {
        names.entry(lists.truth[id].person.as_str()).or_default().insert(&row["姓名"]);
    }
    names.values().filter(|names| names.len() > 1).count()
}

#[test]
fn clean_lists_say_what_belongs_together_and_twins_are_two_of_one_household() {
    let Lists { rows, truth } = written(KeyDirt::Clean);
    let mut owners: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    let mut doors: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    for (id, row) in &rows {
        if let Some(number) = cell(row, &NUMBERS).filter(|number| number.len() == 18) {
            owners.entry(number).or_default().insert(truth[id].person.as_str());
        }
        if let Some(door) = row.get("户籍地址").filter(|door| !door.is_empty()) {
            doors.entry(door).or_default().insert(truth[id].household.as_str());
        }
    }
    assert!(owners.values().all(|owners| owners.len() == 1));
    let alone = doors.values().filter(|homes| homes.len() == 1).count();
    assert!(alone * 50 > doors.len() * 49, "{alone} of {} doors are of one household", doors.len());
    let mut twins: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for truth in truth.values().filter(|truth| !truth.twin.is_empty()) {
        twins.entry(&truth.twin).or_default().insert((&truth.person, &truth.household));
    }
    assert!(twins.len() > 5 && twins.values().all(|pair| pair.len() <= 2), "{twins:?}");
    assert!(twins.values().filter(|pair| pair.len() == 2).count() > 5, "{twins:?}");
}

#[test]
fn the_same_spec_gives_the_same_lists() {
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    for folder in &folders {
        write_lists(&CountySpec { people: 2_500, seed: 8 }, KeyDirt::Dirty, folder.path()).unwrap();
    }
    let [first, second] = &folders;
    for entry in fs::read_dir(first.path()).unwrap() {
        let name = entry.unwrap().file_name();
        let bytes = |folder: &tempfile::TempDir| fs::read(folder.path().join(&name)).unwrap();
        assert_eq!(bytes(first), bytes(second), "{name:?}");
    }
    let none = write_lists(&CountySpec { people: 7, seed: 8 }, KeyDirt::Dirty, first.path());
    assert!(matches!(none, Err(SynthError::People { .. })));
}
