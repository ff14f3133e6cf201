use crate::{linked, strangers};
use gnomon_resolve::{Apart, ByNumber, Rulings, Tier, explain, link_with};

/// A resident number with a right check.
fn number(born: &str, sequence: usize) -> String {
    let body = format!("870121{born}{sequence:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize =
        body.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    let checks = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"];
    body + checks[sum % 11]
}

/// Strangers, two records each, with numbers that are right.
fn numbered(count: usize) -> Vec<String> {
    let mut lines = strangers(count);
    lines[0].push_str(",id_no");
    for (n, line) in lines.iter_mut().enumerate().skip(1) {
        let born: String = line.split(',').nth(3).unwrap_or_default().chars().filter(|c| *c != '-').collect();
        *line = format!("{line},{}", number(&born, (n - 1) / 2 % 900));
    }
    lines
}

fn with(lines: &mut Vec<String>, rows: &[[&str; 6]]) -> usize {
    let first = lines.len() - 1;
    for row in rows {
        lines.push(format!("{},{}", lines.len(), row.join(",")));
    }
    first
}

#[test]
fn an_equal_number_with_names_that_agree_is_one_person_whatever_else_differs() {
    let mut lines = numbered(300);
    let clara = number("19900517", 21);
    let first = with(
        &mut lines,
        &[
            ["clara", "harcourt", "1990-05-17", "16911112222", "7 orchard lane", &clara],
            ["clara", "harcourt", "1988-01-02", "16955556666", "400 nowhere road", &clara],
            ["clara", "harcourt", "", "", "", &clara],
        ],
    );
    let (roster, linked) = linked(&lines).unwrap();
    let entity = |n: usize| linked.rows[first + n].entity;
    assert!(entity(0) == entity(1) && entity(1) == entity(2));
    let why = explain(&roster, &linked, first, first + 1).unwrap();
    assert_eq!((why.by_number, why.tier), (Some(ByNumber::One), Some(Tier::Certain)));
}

#[test]
fn an_equal_number_with_another_name_merges_nobody_by_itself() {
    let names = "anton berta carla dmitri elena fjodor greta hugo irmgard jonas kuno ludwig mirjam norbert olga pavel quirin \
                 rosalie stefan tilda ulrich vivien wolfgang xaver yvonne zeno agathe bodo cyprian dorothea emil friederike gregor \
                 hannelore igor jutta konrad lieselotte moritz nikolai oswald philippa ruprecht sybille thekla ursula viktor \
                 wendelin zacharias adalbert";
    let mut lines = numbered(400);
    let start = lines.len() - 1;
    let shared = number("19850614", 321);
    for (n, name) in names.split_whitespace().enumerate() {
        let (row, phone) = (lines.len(), 70_000_000 + n * 104_729);
        lines.push(format!("{row},{name},{name}son,1985-06-14,169{phone:08},{n} {name} road,{shared}"));
    }
    let (roster, linked) = linked(&lines).unwrap();
    let mut last: Vec<u32> = linked.rows[start..].iter().map(|row| row.entity).collect();
    assert_eq!(last.len(), 50);
    last.sort_unstable();
    last.dedup();
    assert_eq!(last.len(), 50);
    let why = explain(&roster, &linked, start, start + 1).unwrap();
    assert_eq!((why.together, why.apart), (false, Some(Apart::SharedNumber)));
}

#[test]
fn two_numbers_of_one_person_are_probable_at_most_and_twins_are_two() {
    let mut lines = numbered(300);
    let numbers = [21, 23, 25, 27].map(|sequence| number("19900517", sequence));
    let first = with(
        &mut lines,
        &[
            ["clara", "harcourt", "1990-05-17", "16911112222", "7 orchard lane", &numbers[0]],
            ["clara", "harcourt", "1990-05-17", "16911112222", "7 orchard lane", &numbers[1]],
            ["maria", "fairweather", "1990-05-17", "16933334444", "3 quarry road", &numbers[2]],
            ["marie", "fairweather", "1990-05-17", "16933334444", "3 quarry road", &numbers[3]],
            ["", "fairweather", "1990-05-17", "16933334444", "3 quarry road", ""],
            ["", "fairweather", "1990-05-17", "16933334444", "3 quarry road", ""],
        ],
    );
    let (roster, linked) = linked(&lines).unwrap();
    let entity = |n: usize| linked.rows[first + n].entity;
    assert_eq!(entity(0), entity(1));
    let why = explain(&roster, &linked, first, first + 1).unwrap();
    assert_eq!((why.by_number, why.tier), (Some(ByNumber::Probable), Some(Tier::Probable)));
    assert!(Tier::of(linked.rows[first].confidence) == Tier::Probable);
    assert_ne!(entity(2), entity(3), "not by way of a row that says little either");
    let twins = explain(&roster, &linked, first + 2, first + 3).unwrap();
    assert_eq!(twins.apart, Some(Apart::OtherNumber));
    let (a, b) = (first as u32, first as u32 + 1);
    let ruled = link_with(&roster, &Rulings { same: vec![(a, b)], apart: Vec::new() }).unwrap();
    assert_eq!(Tier::of(ruled.rows[first].confidence), Tier::Certain);
}
