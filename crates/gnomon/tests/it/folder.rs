//! A person's own folder of files, and a dataset and model of their own, without a line of Rust.

use crate::{
    bench::{Bench, HEADER, counts},
    people::grant,
};

#[test]
fn a_folder_is_taken_in_file_by_file() {
    let bench = Bench::new();
    let text = |month: &str| format!("{HEADER}\n{}\n", grant(1, month, "500"));
    bench.file("in/b.csv", text("2024-01"));
    bench.file("in/deeper/still/a.csv", text("2024-02"));
    bench.file("in/visits.csv", "地点,走访日期\n东村,2024-05-06\n");
    bench.file("in/.hidden.csv", text("2024-03"));
    bench.file("in/.git/c.csv", text("2024-04"));
    bench.file("in/letter.txt", "dear colleagues\n");
    let folder = bench.path("in").display().to_string();
    let said = bench.run(&["intake", "--folder", &folder]).with_status(1);
    let rows = said.rows();
    let seen: Vec<_> = rows
        .iter()
        .map(|row| {
            (row["file"].as_str().unwrap().rsplit('/').next().unwrap(), row["dataset"].as_str().unwrap())
        })
        .collect();
    assert_eq!(seen, [("b.csv", "grant"), ("a.csv", "grant"), ("letter.txt", ""), ("visits.csv", "visit")]);
    assert!(rows[2]["refused"].as_str().unwrap().starts_with("G1111 "), "{}", rows[2]);
    assert_eq!((bench.table_rows("grant"), bench.table_rows("visit")), (2, 1));
    bench.run(&["intake", "--folder", &bench.path("none").display().to_string()]).with_status(1);
}

#[test]
fn results_go_to_stdout_and_progress_to_stderr() {
    let bench = Bench::new();
    let file = bench.file("a.csv", format!("{HEADER}\n{}\n", grant(1, "2024-01", "500")));
    for format in ["json", "jsonl", "csv", "table"] {
        let said = bench.run_for_people(&["dataset", "list", "--format", format]).with_status(0);
        assert!(said.out.contains("grant") && said.err.is_empty(), "{format}: {}", said.err);
    }
    let taken = bench.run_for_people(&["intake", "grant", &file, "--format", "csv"]).with_status(0);
    assert_eq!(taken.out.lines().count(), 2, "{}", taken.out);
    let run = bench.run_for_people(&["run", "--model", "TT-GEN-001", "--format", "jsonl"]).with_status(0);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(!run.out.contains('\u{1b}'), "no bars on stdout");
}

#[test]
fn a_foreign_file_with_a_dataset_and_a_model_of_its_own() {
    let words = |zh: &str, en: &str| format!("{{ zh = \"{zh}\", en = \"{en}\" }}");
    let column = |name: &str, ty: &str, title: &str| {
        format!(
            "[[column]]\nname = \"{name}\"\ntype = \"{ty}\"\ntitle = {}\nrequired = true\n",
            words(title, name)
        )
    };
    let dataset = format!(
        "key = \"library_loan\"\ntitle = {}\nowner = {}\nkind = \"source\"\nsensitivity = \"internal\"\n\
         natural_key = [\"card\", \"lent_on\"]\n{}{}{}",
        words("借阅", "Loans"),
        words("图书馆", "Library"),
        column("card", "code", "读者证号"),
        column("lent_on", "date", "借出日期"),
        column("fee", "money", "滞纳金"),
    );
    let model = crate::model_files::model(
        "LB-FEE-001",
        "select card as subject, card as dedupe, sum(fee) as fen, max(lent_on) as happened_on, array_agg(_row order by _row) as loan_rows\n\
         from library_loan group by card having sum(fee) >= $least",
        &format!(
            "[param.least]\ntype = \"money\"\ndefault = 20\nmin = 0\nmax = 1000\nlabel = {}",
            words("起点", "From")
        ),
    );
    let model = model
        .replace("reads = [\"grant\"]", "reads = [\"library_loan\"]")
        .replace("subject = \"person\"", "subject = \"account\"");
    let pack = format!("key = \"LB\"\norder = 99\ntitle = {}\n", words("图书馆", "Library"));
    let bench = Bench::with_library(&[
        ("datasets/library/library_loan.toml", &dataset),
        ("models/lb/pack.toml", &pack),
        ("models/lb/fees.toml", &model),
    ]);
    bench.run(&["model", "check"]).with_status(0);
    let file = bench.file("loans.csv", "card,lent_on,fee,branch\nK-1,2024/3/1,¥12.50,east\nK-1,2024/4/1,7.50,west\nK-2,2024/4/1,19.99,west\n");
    assert_eq!(counts(&bench.intake("library_loan", &file).with_status(0).row()), (3, 3, 0));
    let (status, rows) = bench.models(&["--model", "LB-FEE-001"]);
    assert_eq!((status, &rows[0]["outcome"], &rows[0]["findings"]), (0, &"spoke".into(), &1.into()));
    let found = &bench.findings()[0];
    assert_eq!(
        (&found["subject"], &found["fen"], &found["happened_on"]),
        (&"K-1".into(), &2_000.into(), &"2024-04-01".into())
    );
    assert_eq!(found["rows"][1]["file"], "loans.csv");
}
