//! Models that must not get through, told at their place; models that cannot speak, and values that do not fit.

use serde_json::Value;

use crate::{
    bench::Bench,
    people::{grant, id},
};

const WORDS: &str = "{ zh = \"试\", en = \"Trial\" }";

/// A model over `grant` with this SQL, which begins in line 16; `extra` goes before the query in line 13.
pub fn model(id: &str, sql: &str, extra: &str) -> String {
    format!(
        "id = \"{id}\"\nrevision = 1\nstatus = \"trial\"\nlevel = \"blue\"\nsubject = \"person\"\nreads = [\"grant\"]\n\
         title = {WORDS}\nwhy = {WORDS}\nbasis = {WORDS}\nmessage = {WORDS}\n\
         verify = {{ zh = [\"看\"], en = [\"look\"] }}\ninnocent = {{ zh = [\"误\"], en = [\"slip\"] }}\n{extra}\n\
         [query]\nsql = '''\n{sql}\n'''\n"
    )
}

/// The row of one model in what a run listed.
#[track_caller]
pub fn row_of<'r>(rows: &'r [Value], id: &str) -> &'r Value {
    rows.iter().find(|row| row["model"] == id).unwrap_or_else(|| panic!("no {id} in {rows:?}"))
}

/// Checks one model file; gives what was said about it.
#[track_caller]
fn complaint(sql: &str, extra: &str) -> String {
    let bench = Bench::new();
    let file = bench.file("models/hostile.toml", model("TT-BAD-001", sql, extra));
    let said = bench.run(&["model", "check", &file]).with_status(1);
    assert_eq!(said.out, "", "what is wrong goes to stderr");
    said.err
}

#[test]
fn everything_that_is_no_single_query() {
    for (sql, word) in [
        ("select person_id as subject, person_id as dedupe from grant; drop table grant", "2 statements"),
        ("drop table grant", "DROP"),
        ("create external table x stored as csv location '/etc/passwd'", "CREATE"),
        ("copy grant to '/x.csv'", "COPY"),
    ] {
        let said = complaint(sql, "");
        assert!(said.contains("models/hostile.toml:15:7") && said.contains(word), "{sql}: {said}");
    }
}

#[test]
fn the_place_is_the_line_and_column_of_the_word() {
    let said = complaint("select person_id as subject,\n  no_such as dedupe\nfrom grant", "");
    assert!(said.contains("models/hostile.toml:17:3") && said.contains("no_such"), "{said}");
}

#[test]
fn parameters_that_do_not_fit() {
    let all = "select person_id as subject, person_id as dedupe from grant";
    let param = |rest: &str| format!("[param.x]\ntype = \"int\"\nlabel = {WORDS}\n{rest}");
    let said = complaint(all, &param("default = 1\nmin = 0\nmax = 2"));
    assert!(said.contains("x is not used") && said.contains("hostile.toml:13:"), "{said}");
    let said = complaint(&format!("{all} where amount > $x"), &param("default = 3\nmin = 0\nmax = 2"));
    assert!(said.contains("found 3, expected int, 0 to 2") && said.contains("hostile.toml:16:11"), "{said}");
    let said = complaint(&format!("{all} where amount > $y"), "");
    assert!(said.contains("$y is not declared"), "{said}");
}

#[test]
fn a_library_with_a_broken_file_stops_every_command_with_its_place() {
    let bench = Bench::with_library(&[("models/tt/broken.toml", "id = \"TT-BAD-001\"\nrevision = one\n")]);
    let said = bench.run(&["run", "--all"]).with_status(1);
    assert!(said.err.contains("models/tt/broken.toml:2:12"), "{}", said.err);
    let twice = Bench::with_library(&[("models/tt/twice.toml", &model("TT-GEN-001", "select 1", ""))]);
    let said = twice.run(&["model", "list"]).with_status(1);
    assert!(said.err.contains("TT-GEN-001 is already described"), "{}", said.err);
}

#[test]
fn values_and_names_that_are_wrong_usage() {
    let bench = Bench::new();
    bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    for (arguments, word) in [
        (vec!["run", "--model", "TT-GEN-001", "--set", "TT-GEN-001.limit=100001"], "100001"),
        (vec!["run", "--model", "TT-GEN-001", "--set", "TT-GEN-001.limit=-1"], "-1"),
        (vec!["run", "--model", "TT-GEN-001", "--set", "TT-GEN-001.limit=much"], "much"),
        (vec!["run", "--model", "TT-GEN-001", "--set", "TT-GEN-001.colour=1"], "colour"),
        (vec!["run", "--model", "TT-GEN-001", "--set", "limit=1"], "ID.param=value"),
        (vec!["run", "--model", "TT-GEN-001", "--set", "TT-GEN-002.limit=1"], "TT-GEN-002"),
        (vec!["run", "--model", "TT-GEN-999"], "TT-GEN-999"),
        (vec!["run", "--pack", "ZZ"], "ZZ"),
        (vec!["run"], "--all"),
        (vec!["model", "show", "TT-GEN-999"], "TT-GEN-999"),
        (vec!["model", "sql", "TT-GEN-999"], "TT-GEN-999"),
        (vec!["model", "sql", "TT-GEN-001", "--set", "TT-GEN-001.limit=100001"], "100001"),
        (vec!["model", "test", "TT-GEN-999"], "TT-GEN-999"),
        (vec!["findings", "--model", "TT-GEN-999"], "TT-GEN-999"),
        (vec!["findings", "--run", "yesterday"], "yesterday"),
        (vec!["dataset", "show", "nothing"], "nothing"),
    ] {
        let said = bench.run(&arguments).with_status(2);
        assert!(said.err.contains(word), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "", "{arguments:?}");
    }
    assert!(bench.findings().is_empty(), "nothing ran");
}

#[test]
fn a_value_that_fits_changes_what_is_found() {
    let bench = Bench::new();
    bench.grants("a.csv", &[grant(1, "2024-01", "500"), grant(2, "2024-01", "50")]);
    let (status, rows) =
        bench.models(&["--model", "TT-GEN-001", "--set", "TT-GEN-001.limit=49.99", "--as-of", "2024-06-30"]);
    assert_eq!((status, &rows[0]["findings"], &rows[0]["as_of"]), (0, &2.into(), &"2024-06-30".into()));
    let (_, rows) = bench.models(&["--model", "TT-GEN-001"]);
    assert_eq!(rows[0]["findings"], 1);
}

#[test]
fn a_model_without_data_cannot_tell_and_says_what_it_lacks() {
    let bench = Bench::new();
    bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    let (status, rows) = bench.models(&["--pack", "TT"]);
    assert_eq!(status, 0);
    let silent = row_of(&rows, "TT-GEN-002");
    assert_eq!((&silent["outcome"], &silent["findings"]), (&"cannot_tell".into(), &Value::Null));
    assert!(silent["detail"].as_str().unwrap().contains("visit"));
    assert_eq!(row_of(&rows, "TT-GEN-001")["outcome"], "spoke");
    let listed = bench.run(&["model", "list"]).with_status(0).rows();
    let speaks = |id: &str| listed.iter().find(|row| row["id"] == id).unwrap()["speaks"].clone();
    assert_eq!((speaks("TT-GEN-001"), speaks("TT-GEN-002")), (true.into(), false.into()));
}

#[test]
fn a_model_whose_case_does_not_hold_does_not_speak() {
    let case = "\n[[case]]\nname = \"fires without reason\"\ngiven.grant = '''\nperson_id | amount\nA | 1\n'''\nexpect = ''\n";
    let text = model("TT-BAD-001", "select person_id as subject, person_id as dedupe from grant", "") + case;
    let bench = Bench::with_library(&[("models/tt/bad.toml", &text)]);
    bench.grants("a.csv", &[grant(1, "2024-01", "500")]);
    let (status, rows) = bench.models(&["--pack", "TT"]);
    assert_eq!(status, 1);
    let failed = row_of(&rows, "TT-BAD-001");
    assert_eq!(failed["outcome"], "failed");
    assert!(failed["detail"].as_str().unwrap().contains("fires without reason"), "{failed}");
    assert_eq!(row_of(&rows, "TT-GEN-001")["findings"], 1, "the other model spoke");
    assert!(bench.findings().iter().all(|finding| finding["model"] == "TT-GEN-001"));
    let said = bench.run(&["model", "test", "TT-BAD-001"]).with_status(1);
    assert_eq!(said.row()["passes"], false);
    bench.run(&["model", "test", "TT-GEN-001"]).with_status(0);
}

#[test]
fn a_finding_leads_back_to_dataset_file_and_line() {
    let bench = Bench::new();
    bench.grants("one.csv", &[grant(5, "2024-01", "1"), grant(1, "2024-01", "500")]);
    bench.grants("two.csv", &[grant(1, "2024-02", "300")]);
    bench.models(&["--model", "TT-GEN-001"]);
    let found = &bench.findings()[0];
    assert_eq!(
        (&found["subject"], &found["fen"], &found["level"]),
        (&id(1).into(), &80_000.into(), &"yellow".into())
    );
    assert_eq!((&found["evidence"]["payments"], &found["row_count"]), (&2.into(), &2.into()));
    let rows = found["rows"].as_array().unwrap();
    let places: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row["dataset"], row["file"], row["line"])).collect();
    assert_eq!(places, ["\"grant\" \"one.csv\" 3", "\"grant\" \"two.csv\" 2"]);
    let table = bench.run_for_people(&["findings"]).with_status(0);
    assert!(!table.out.contains(&id(1)), "the table for people masks numbers");
}
