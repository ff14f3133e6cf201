//! Who is who, through the real binary: models see people, not numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::{
    bench::Bench,
    people::{grant, id},
};

/// Twenty people of whom each got one payment under their own name, and what `extra` adds.
fn county(extra: &[String]) -> Bench {
    let bench = Bench::new();
    let names = ["安", "柏", "岑", "邓", "范", "葛", "何", "江", "康", "陆"];
    let mut lines: Vec<String> = (100..120)
        .map(|n| {
            let name = format!("{}{}", names[n as usize % 10], ["望舒", "听雨"][n as usize / 10 % 2]);
            grant(n, "2024-01", "500").replace("某甲", &name)
        })
        .collect();
    lines.extend_from_slice(extra);
    bench.grants("grants.csv", &lines);
    bench
}

fn paid(n: u32, name: &str, month: &str) -> String {
    grant(n, month, "500").replace("某甲", name)
}

/// Payments by subject, of those with this number.
fn payments(bench: &Bench, n: u32) -> BTreeMap<String, u64> {
    bench.models(&["--model", "TT-GEN-001"]);
    let findings = bench.findings();
    let of = |key: &str| key.starts_with(&id(n));
    let subject = |row: &serde_json::Value| row["subject"].as_str().unwrap_or_default().to_owned();
    let rows = |row: &serde_json::Value| row["rows"].as_array().map_or(0, |rows| rows.len() as u64);
    findings.iter().map(|row| (subject(row), rows(row))).filter(|(key, _)| of(key)).collect()
}

#[test]
fn one_number_under_two_names_is_two_people_until_somebody_decides() {
    let months = ["2024-01", "2024-02", "2024-03"];
    let mut lines: Vec<String> = months.iter().map(|month| paid(1, "岑远山", month)).collect();
    lines.push(paid(1, "陆梅", "2024-04"));
    let bench = county(&lines);
    let found = payments(&bench, 1);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[&id(1)], 3, "who is known best keeps the number");
    let other = found.iter().find(|(key, _)| **key != id(1)).unwrap();
    assert!(other.0.starts_with(&format!("{}~", id(1))) && *other.1 == 1, "{found:?}");
}

#[test]
fn a_name_in_another_script_or_form_is_the_same_name() {
    let lines = [paid(2, "葉國強", "2024-01"), paid(2, "叶国强", "2024-02"), paid(2, " 叶　国强", "2024-03")];
    let bench = county(&lines);
    assert_eq!(payments(&bench, 2), BTreeMap::from([(id(2), 3)]));
}

#[test]
fn one_number_on_fifty_people_is_fifty_people() {
    let given = ["望", "舒", "听", "雨", "寒", "江", "雪", "松", "鹤", "鸣"];
    let lines: Vec<String> = (0..50)
        .map(|n| {
            let name = format!(
                "{}{}{}",
                ["赵", "钱", "孙", "李", "周"][n / 10],
                given[n % 10],
                given[(n * 7 + n / 10) % 10]
            );
            paid(3, &name, &format!("20{:02}-{:02}", 20 + n / 12, n % 12 + 1))
        })
        .collect();
    let bench = county(&lines);
    let found = payments(&bench, 3);
    assert!(found.len() >= 48, "{} people", found.len());
    assert!(found.values().all(|payments| *payments <= 2), "{found:?}");
}

#[test]
fn the_same_tables_are_not_linked_twice_and_numbers_stay() {
    let bench = county(&[paid(1, "岑远山", "2024-01")]);
    let state = || fs::read_to_string(bench.data("lake/_identities/current")).unwrap();
    let first = state();
    let left = bench.data("lake/_identities/0123456789abcdef");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("person.parquet"), "of somebody who was erased since").unwrap();
    bench.models(&["--model", "TT-GEN-001"]);
    let unknown = bench.file("unknown.csv", "甲,乙\n1,2\n");
    bench.intake("grant", &unknown).with_status(1);
    assert_eq!(state(), first);
    assert!(!left.exists(), "what a crash left is gone, though nothing was linked");
    bench.grants("more.csv", &[paid(1, "岑远山", "2024-02")]);
    assert_ne!(state(), first, "other tables, another result");
    let results = fs::read_dir(bench.data("lake/_identities")).unwrap();
    assert_eq!(
        results.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count(),
        1,
        "the old one is gone"
    );
}

/// Names of the files of the result in use that begin so.
fn files(bench: &Bench, beginning: &str) -> BTreeSet<String> {
    let state = fs::read_to_string(bench.data("lake/_identities/current")).unwrap();
    let entries = fs::read_dir(bench.data("lake/_identities").join(state)).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(beginning)).collect()
}

#[test]
fn a_delivery_joins_the_linking_that_is_kept_and_finds_who_is_found_anew() {
    let many: Vec<String> = (200..260).map(|n| paid(n, "岑远山", "2024-01")).collect();
    let bench = county(&many);
    let kept = files(&bench, "linking-");
    assert_eq!(kept.len(), 1, "{kept:?}");
    bench.grants("more.csv", &[paid(201, "陆梅", "2024-02"), paid(1, "葉國強", "2024-03")]);
    bench.grants("again.csv", &[paid(201, "陆梅", "2024-03"), paid(1, "叶国强", "2024-04")]);
    let followed = [payments(&bench, 201), payments(&bench, 1)];
    assert_eq!(followed[0].len(), 2, "{followed:?}");
    assert_eq!(followed[1], BTreeMap::from([(id(1), 2)]));

    let unreadable = bench.data("lake/_identities").join(
        fs::read_to_string(bench.data("lake/_identities/current")).unwrap() + "/" + kept.first().unwrap(),
    );
    fs::write(unreadable, "not a linking").unwrap();
    bench.grants("last.csv", &[paid(300, "葛听雨", "2024-03")]);
    assert_eq!([payments(&bench, 201), payments(&bench, 1)], followed, "learnt anew");
}

#[test]
fn a_table_that_is_the_same_is_not_read_again() {
    let bench = county(&[paid(1, "岑远山", "2024-01"), paid(1, "陆梅", "2024-02")]);
    let keys = files(&bench, "keys-");
    assert!(keys.contains("keys-grant.parquet"), "{keys:?}");
    let roll = bench.file("roll.csv", format!("person_id,village,standing\n{},870121100201,成员\n", id(1)));
    let entries = fs::read_dir(bench.data("lake/grant")).unwrap().map(|entry| entry.unwrap().path());
    let rows = entries.filter(|path| path.extension().is_some_and(|it| it == "parquet"));
    let rows: Vec<_> = rows.map(|path| (fs::read(&path).unwrap(), path)).collect();
    assert!(!rows.is_empty());
    // Whoever reads the payments fails.
    rows.iter().for_each(|(_, path)| fs::write(path, "no rows").unwrap());
    bench.intake("roll", &roll).with_status(0);
    rows.iter().for_each(|(bytes, path)| fs::write(path, bytes).unwrap());
    assert!(keys.is_subset(&files(&bench, "keys-")), "they are taken over");
    assert_eq!(payments(&bench, 1).len(), 2);
}

#[test]
fn a_view_is_worked_out_anew_when_who_is_who_has_changed_in_what_it_reads() {
    let bench = Bench::plain();
    let paid = |name: &str, rows: &[(u32, &str, &str)]| {
        let line = |(n, name, month): &(u32, &str, &str)| format!("{},{name},{month},100\n", id(*n));
        let lines: String = rows.iter().map(line).collect();
        let file = bench.file(name, format!("person_id,person_name,month,amount\n{lines}"));
        bench.intake("elderly_allowance_payment", &file).with_status(0);
    };
    let deaths = || -> Vec<String> {
        bench.models(&["--model", "BF-GEN-001"]);
        let entries = fs::read_dir(bench.data("lake/_views")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("v_death-")).collect()
    };
    let dead = format!("person_id,person_name,cremation_date\n{},岑远山,2023-05-02\n", id(1));
    bench.intake("cremation_record", &bench.file("dead.csv", dead)).with_status(0);
    paid("1.csv", &[(1, "岑远山", "202401"), (2, "葛听雨", "202401")]);
    let (first, found) = (deaths(), bench.findings());
    assert_eq!((first.len(), found.len()), (1, 1), "{first:?} {found:?}");
    paid("2.csv", &[(3, "陆梅", "202402"), (2, "葛听雨", "202402")]);
    assert_eq!(deaths(), first, "who died is who it was");
    // Of two names under one number the better known keeps it; the dead one goes by another from now on.
    paid("3.csv", &[(1, "葛望舒", "202402"), (1, "葛望舒", "202403"), (1, "葛望舒", "202404")]);
    assert_ne!(deaths(), first);
    let paid_to_the_dead = |row: &serde_json::Value| row["subject"] == found[0]["subject"];
    assert!(!bench.findings().iter().any(paid_to_the_dead), "{:?}", bench.findings());
}

/// What the case of VP-PRJ-001 shows, through intake, linking and a run: the last contribution gives the firm's old code alone.
#[test]
fn numbers_of_before_are_who_they_are() {
    let bench = Bench::plain();
    let files = [
        (
            "village_project",
            "project_no,project_name,org_id,region_code,contractor_id,contractor_name,contract_amount,sign_date\n\
             XM2024001,清淤,N2870121MF1A2B3C4E,870121100201,91870121MA0A1B2C2T,岚汀远山建筑,40000,2024-05-20\n",
        ),
        (
            "village_committee_roster",
            "person_id,person_name,region_code,position,start_date\n\
             870121196803120118,屠远山,870121100201,secretary,2021-01-10\n",
        ),
        (
            "social_insurance_contribution",
            "person_id,person_name,org_id,org_name,insurance_type,month\n\
             870121680312011,屠远山,MA0A1B2C-2,岚汀远山建筑,pension,202004\n\
             ８７０１２１１９６８０３１２０１１８,屠远山,870121ma0a1b2c2,岚汀远山建筑,pension,202005\n\
             870121196803120118,屠远山,MA0A1B2C2,,pension,202006\n",
        ),
    ];
    for (dataset, text) in files {
        let file = bench.file(&format!("{dataset}.csv"), text);
        bench.intake(dataset, &file).with_status(0);
    }
    bench.models(&["--model", "VP-PRJ-001"]);
    let findings = bench.findings();
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding["evidence"]["contractor_id"], "91870121MA0A1B2C2T");
    assert_eq!(finding["evidence"]["months"], 3, "{finding}");
}
