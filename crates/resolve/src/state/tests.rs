//! What is kept and followed is what is found anew.

use super::*;
use crate::hash::Dice;

const TOWNSHIPS: [&str; 3] = ["青石镇", "白鹿镇", "长岭乡"];
const VILLAGES: [&str; 9] =
    ["东村", "西村", "南塘村", "北峪村", "柳林村", "石桥村", "桃源村", "云台村", "金桥村"];

/// Rows of few people behind few doors, so that each row that comes may say of others where they live: townships that are
/// left out, one village in two of them, houses with and without flats, crowds, families behind one door, moves, slips and
/// telephones of very many.
fn lines(dice: &mut Dice, rows: usize) -> Vec<Vec<String>> {
    let mut pick = |words: &[&str]| words[dice.below(words.len())].to_owned();
    let people: Vec<[String; 4]> = (0..rows / 2)
        .map(|n| {
            let surname = pick(&["王", "李", "张", "刘"]);
            let given =
                format!("{}{}", pick(&["伟", "芳", "娜", "敏"]), pick(&["静", "丽", "强", "磊", "军"]));
            let born = format!("19{:02}-{:02}-{:02}", 30 + n * 7 % 60, n % 12 + 1, n * 5 % 28 + 1);
            [surname + &given, born, format!("1690{:07}", n / 3 * 7919 % 9_999_999), format!("{}", n / 4)]
        })
        .collect();
    let mut line = |_| {
        let person = dice.below(people.len());
        let [name, born, phone, home] = &people[person];
        let mut said = |one_in: usize| dice.below(one_in) == 0;
        let phone = if said(6) {
            "16911112222"
        } else if said(4) {
            ""
        } else {
            phone
        };
        let household = if said(3) { format!("8800{:06}", person / 5) } else { String::new() };
        let (moved, has_township, names_flat, is_crowd) = (said(12), said(6), said(2), said(6));
        let mut home = home.parse::<usize>().unwrap() + usize::from(moved);
        if is_crowd {
            home %= 3;
        }
        let village = home % VILLAGES.len();
        // The last village is in two townships, which rows say sooner or later.
        let other_township = village == 8 && home % 2 == 0 || said(60);
        let township = TOWNSHIPS[(village + usize::from(other_township)) % 3];
        let township = if has_township { township } else { "" };
        let village = if said(30) { "冬村" } else { VILLAGES[village] };
        let flat = if names_flat && home % 3 == 0 { "2栋1单元301室" } else { "" };
        let address = format!("{township}{village}{}号{flat}", home % 40 + 1);
        let second = if said(5) { format!("{village}{}号", home % 40 + 2) } else { String::new() };
        [name, born, phone, &address, &second, &household].map(|cell| cell.to_string()).to_vec()
    };
    (0..rows).map(&mut line).collect()
}

fn sheet(header: &[String], rows: &[Vec<String>]) -> Sheet {
    let mut sheet = Sheet::new("people.csv", header).unwrap();
    for (n, row) in rows.iter().enumerate() {
        sheet.push(n as u32 + 2, row, true).unwrap();
    }
    sheet
}

/// All answers from the entities and the evidence alone, with nothing kept.
fn found_anew(state: &State) -> (Vec<RowResult>, Vec<crate::Crowd>) {
    let entities = state.rows().iter().map(|row| row.entity).collect();
    let Linked { evidence, decided, .. } = &state.linked;
    results(&state.roster, entities, evidence, decided, &mut Households::default())
}

fn assert_is_as_found_anew(state: &State, when: &str) {
    let (rows, crowds) = found_anew(state);
    let differing = state.rows().iter().zip(&rows).position(|(kept, anew)| kept != anew);
    assert_eq!(differing, None, "{when}");
    assert_eq!(state.linked.crowds, crowds, "{when}");
}

#[test]
fn households_that_are_kept_are_those_found_anew() {
    let (mut crowds, mut moved) = (0, 0);
    for seed in 1..=6 {
        let mut dice = Dice::new(seed * 1_000_003);
        let rows = lines(&mut dice, 900);
        // In half of the files the address is in pieces, which is another way to the same doors.
        let columns: [&str; 6] = match seed % 2 {
            0 => ["name", "birth_date", "phone", "户籍地址", "住址", "户号"],
            _ => ["name", "birth_date", "phone", "address1", "address2", "户号"],
        };
        let header = columns.map(str::to_owned);
        let mut at = 400 + dice.below(200);
        let first = vec![sheet(&header, &rows[..at])];
        let mut state = State::new(EntityKind::Person, Mapping::default(), first).unwrap();
        while at < rows.len() {
            let until = (at + 1 + dice.below(60)).min(rows.len());
            let before = state.rows().to_vec();
            state.add(sheet(&header, &rows[at..until])).unwrap();
            moved += before.iter().zip(state.rows()).filter(|(a, b)| a.household != b.household).count();
            assert_is_as_found_anew(&state, &format!("seed {seed}, rows {at} to {until}"));
            at = until;
            if dice.below(3) == 0 {
                state.remove(&BTreeSet::from([dice.below(at) as u32, dice.below(at) as u32]));
                assert_is_as_found_anew(&state, &format!("seed {seed}, rows removed at {at}"));
            }
            if dice.below(3) == 0 {
                let pair = (dice.below(at / 2) as u32, (at / 2 + dice.below(at / 2)) as u32);
                state.rule(&Rulings { same: vec![pair], apart: Vec::new() }).unwrap();
                assert_is_as_found_anew(&state, &format!("seed {seed}, ruled at {at}"));
            }
        }
        crowds += state.linked.crowds.len();
    }
    assert!(crowds > 0 && moved > 100, "the files must try what is kept: {crowds} crowds, {moved} moved");
}
