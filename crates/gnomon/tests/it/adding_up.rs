//! How deliveries add up: snapshots, changes, withdrawals, replacements, a dataset whose description changes.

use std::fs;

use gnomon_kernel::Code;
use serde_json::Value;

use crate::{
    bench::{Bench, HEADER, counts, number},
    interrupted_intake::moments,
    people::{grant, id},
};

fn roll(bench: &Bench, name: &str, rows: &[(u32, &str, &str)], more: &[&str]) -> crate::bench::Said {
    let lines: String =
        rows.iter().map(|(n, village, standing)| format!("{},{village},{standing}\n", id(*n))).collect();
    let file = bench.file(name, format!("身份证号,村,身份\n{lines}"));
    bench.run(&[&["intake", "roll", &file], more].concat())
}

fn members(village: &'static str, people: std::ops::Range<u32>) -> Vec<(u32, &'static str, &'static str)> {
    people.map(|n| (n, village, "成员")).collect()
}

#[test]
fn a_snapshot_is_the_whole_truth_of_its_part() {
    let bench = Bench::new();
    let both = [members("A", 1..21), members("B", 21..31)].concat();
    assert_eq!(counts(&roll(&bench, "1.csv", &both, &[]).with_status(0).row()), (30, 30, 0));
    // Of A two have left and one is a guest now; B is not spoken of.
    let mut next = members("A", 3..21);
    next[0].2 = "外来";
    let row = roll(&bench, "2.csv", &next, &[]).with_status(0).row();
    assert_eq!((counts(&row), number(&row, "corrected"), number(&row, "ended")), ((18, 18, 0), 1, 2));
    assert_eq!(bench.table_rows("roll"), 28);
    // Whoever left may come back.
    let row = roll(&bench, "3.csv", &members("A", 2..21), &[]).with_status(0).row();
    assert_eq!((number(&row, "corrected"), number(&row, "ended")), (1, 0));
    assert_eq!(bench.table_rows("roll"), 29);
}

#[test]
fn a_refused_row_of_a_snapshot_does_not_end_its_fact() {
    let bench = Bench::new();
    roll(&bench, "1.csv", &members("A", 1..21), &[]).with_status(0);
    let mut next = members("A", 1..21);
    next[4].2 = "不明";
    let row = roll(&bench, "2.csv", &next, &[]).with_status(0).row();
    assert_eq!((counts(&row), number(&row, "ended")), ((20, 19, 1), 0));
    assert_eq!(bench.table_rows("roll"), 20);
}

#[test]
fn a_snapshot_with_half_the_usual_rows_has_to_be_confirmed() {
    let bench = Bench::new();
    roll(&bench, "1.csv", &members("A", 1..21), &[]).with_status(0);
    let why = roll(&bench, "2.csv", &members("A", 1..11), &[]).with_status(1).row()["refused"].to_string();
    assert!(why.contains(&format!("G{} ", Code::Shrunk.number())) && why.contains("14"), "{why}");
    assert_eq!(bench.table_rows("roll"), 20);
    let row = roll(&bench, "2.csv", &members("A", 1..11), &["--complete"]).with_status(0).row();
    assert_eq!(number(&row, "ended"), 10);
    assert_eq!(bench.table_rows("roll"), 10);
}

#[test]
fn rows_of_a_change_file_insert_update_and_delete() {
    let bench = Bench::new();
    let file = bench.file("1.csv", "登记号,登记金额\nA1,10\nA2,20\n");
    bench.intake("register", &file).with_status(0);
    let file =
        bench.file("2.csv", "操作类型,登记号,登记金额\n修改,A1,11\n删除,A2,\n新增,A3,30\nD,A9,\n丢弃,A1,5\n");
    let row = bench.intake("register", &file).with_status(0).row();
    assert_eq!((counts(&row), number(&row, "corrected"), number(&row, "ended")), ((5, 3, 2), 1, 1));
    assert_eq!(bench.table_rows("register"), 2);
    let codes: Vec<Value> = bench.rejected(2).iter().map(|row| row["code"].clone()).collect();
    assert_eq!(codes, ["nothing-to-end", "operation"]);
    let file = bench.file("3.csv", "登记号,登记金额\nA2,22\n");
    bench.intake("register", &file).with_status(0);
    assert_eq!(bench.table_rows("register"), 3, "what was deleted may be entered again");
}

fn withdraw(bench: &Bench, batch: &Value) -> Value {
    let id = batch["batch"].as_str().unwrap();
    bench.run(&["batch", "withdraw", id, "--reason", "误报"]).with_status(0).row()
}

/// Every batch as it is counted now, oldest first: state, accepted, rejected, corrected.
fn batches(bench: &Bench) -> Vec<(String, u64, u64, u64)> {
    let mut rows = bench.run(&["batch", "list"]).with_status(0).rows();
    rows.reverse();
    let state = |row: &Value| row["state"].as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| (state(row), number(row, "accepted"), number(row, "rejected"), number(row, "corrected")))
        .collect()
}

#[test]
fn what_a_withdrawn_batch_had_kept_out_comes_in() {
    let bench = Bench::new();
    let first = bench.grants("1.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "500")]);
    bench.grants("2.csv", &[grant(1, "2024-01", "500"), grant(3, "2024-01", "700")]);
    bench.grants("3.csv", &[grant(2, "2024-01", "80")]);
    assert_eq!(bench.table_rows("grant"), 3);
    assert_eq!(withdraw(&bench, &first)["state"], "withdrawn");
    let accepted = |accepted, rejected, corrected| ("accepted".to_owned(), accepted, rejected, corrected);
    assert_eq!(batches(&bench), [("withdrawn".to_owned(), 2, 0, 0), accepted(2, 0, 0), accepted(1, 0, 0)]);
    assert_eq!(bench.table_rows("grant"), 3, "person 1 from the second file, 3, and 2 as corrected");
    assert_eq!(bench.orphans("grant"), Vec::<String>::new());
    bench.models(&["--model", "TT-GEN-001"]);
    let subjects: Vec<_> = bench.findings().iter().map(|row| row["subject"].clone()).collect();
    assert_eq!(subjects, [id(1), id(3)]);
    // The same file may be delivered again.
    let again = bench.grants("1.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "500")]);
    assert_eq!((counts(&again), number(&again, "corrected")), ((2, 1, 1), 1));
}

#[test]
fn a_withdrawn_correction_gives_way_to_what_it_corrected() {
    let bench = Bench::new();
    bench.grants("1.csv", &[grant(1, "2024-01", "500")]);
    let second = bench.grants("2.csv", &[grant(1, "2024-01", "80")]);
    withdraw(&bench, &second);
    assert_eq!(bench.table_rows("grant"), 1);
    bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(bench.findings().len(), 1, "500 again");
    let id = second["batch"].as_str().unwrap();
    let said = bench.run(&["batch", "withdraw", id, "--reason", "又"]).with_status(1);
    assert!(said.err.contains(&format!("G{} ", Code::State.number())), "{}", said.err);
}

#[test]
fn a_file_takes_the_place_of_an_earlier_one() {
    let bench = Bench::new();
    let first = bench.grants("1.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "500")]);
    let first = first["batch"].as_str().unwrap();
    let broken = bench.file("broken.csv", "姓名,金额\n某甲,1\n");
    bench.run(&["intake", "grant", &broken, "--instead-of", first]).with_status(1);
    assert_eq!(bench.table_rows("grant"), 2, "nothing has changed");
    let better = bench.file("better.csv", format!("{HEADER}\n{}\n", grant(1, "2024-01", "600")));
    let row = bench.run(&["intake", "grant", &better, "--instead-of", first]).with_status(0).row();
    assert_eq!((counts(&row), number(&row, "corrected")), ((1, 1, 0), 0));
    assert_eq!(bench.table_rows("grant"), 1);
    let states: Vec<String> = batches(&bench).into_iter().map(|batch| batch.0).collect();
    assert_eq!(states, ["withdrawn", "refused", "accepted"]);
}

#[test]
fn a_warning_goes_with_the_file_it_came_of() {
    let bench = Bench::new();
    let first = bench.grants("1.csv", &[grant(1, "2024-01", "500")]);
    bench.grants("2.csv", &[grant(2, "2024-01", "500")]);
    bench.models(&["--all"]);
    assert_eq!(bench.run(&["warnings"]).with_status(0).rows().len(), 2);
    withdraw(&bench, &first);
    bench.models(&["--all"]);
    assert_eq!(bench.run(&["warnings"]).with_status(0).rows().len(), 1);
    assert_eq!(bench.run(&["warnings", "--state", "withdrawn"]).with_status(0).rows().len(), 1);
}

#[test]
fn a_changed_dataset_file_is_followed_by_reading_everything_again() {
    let described = |more: &str| {
        format!(
            "key = \"loan\"\ntitle = {{ zh = \"借阅\", en = \"Loans\" }}\nowner = {{ zh = \"馆\", en = \"Library\" }}\n\
             kind = \"source\"\nsensitivity = \"internal\"\nnatural_key = [\"card\"]\n\
             [[column]]\nname = \"card\"\ntype = \"code\"\ntitle = {{ zh = \"证号\", en = \"Card\" }}\nrequired = true\n{more}"
        )
    };
    let bench = Bench::with_library(&[("datasets/x/loan.toml", &described(""))]);
    let file = bench.file("1.csv", "证号,书名\nC1,甲\nC2,乙\n");
    let said = bench.intake("loan", &file).with_status(0);
    assert!(said.err.contains("书名"), "an unknown column is said to be left out: {}", said.err);
    let title = "[[column]]\nname = \"book\"\ntype = \"text\"\ntitle = { zh = \"书名\", en = \"Book\" }\nrequired = true\n";
    fs::write(bench.path("more-library/datasets/x/loan.toml"), described(title)).unwrap();
    let more = bench.file("2.csv", "证号,书名\nC3,丙\n");
    bench.refuses("loan", &more, Code::DatasetChanged);
    let rows = bench.run(&["dataset", "rebuild", "loan"]).with_status(0).rows();
    assert_eq!((rows.len(), number(&rows[0], "written")), (1, 2));
    bench.intake("loan", &more).with_status(0);
    assert_eq!(bench.table_rows("loan"), 3);
}

const KILLS: usize = 40;

#[test]
fn killed_while_it_withdraws_a_table_is_as_before_or_after() {
    let first = Bench::new();
    let rows: Vec<String> = (1..30_000).map(|n| grant(n, "2024-01", "12.50")).collect();
    let prepare = |bench: &Bench| {
        let batch = bench.grants("1.csv", &[grant(1, "2023-12", "1"), grant(2, "2024-01", "12.50")]);
        bench.grants("2.csv", &rows);
        batch["batch"].as_str().unwrap().to_owned()
    };
    let batch = prepare(&first);
    let begun = std::time::Instant::now();
    first.run(&["batch", "withdraw", &batch, "--reason", "误报"]).with_status(0);
    let span = begun.elapsed();
    let mut done = 0;
    for (round, moment) in (1..=KILLS).zip(moments(7)) {
        let bench = Bench::new();
        let batch = prepare(&bench);
        let mut child = bench.start(&["batch", "withdraw", &batch, "--reason", "误报"]);
        std::thread::sleep(span.mul_f64(moment));
        child.kill().unwrap();
        child.wait().unwrap();
        bench.run(&["doctor"]).with_status(0);
        let counted: u64 = bench
            .run(&["batch", "list"])
            .with_status(0)
            .rows()
            .iter()
            .filter(|row| row["state"] == "accepted")
            .map(|row| number(row, "written") - number(row, "corrected") - number(row, "ended"))
            .sum();
        assert_eq!(bench.table_rows("grant"), counted, "round {round}");
        assert!([30_000, 29_999].contains(&counted), "round {round}: {counted}");
        assert_eq!(bench.orphans("grant"), Vec::<String>::new(), "round {round}");
        done += usize::from(counted == 29_999);
    }
    assert!(done < KILLS, "no kill came before the commit");
    eprintln!("{KILLS} kills within {span:?}; after {done} of them the batch was out");
}
