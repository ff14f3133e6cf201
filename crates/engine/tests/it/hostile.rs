//! Models that must not get through, each with the word that tells its author why.

use gnomon_library::{Library, SourceFile};

const DATASET: &str = r#"
key = "t"
title = { zh = "表", en = "Table" }
owner = { zh = "甲", en = "A" }
kind = "source"
sensitivity = "internal"
[[column]]
name = "a"
type = "text"
title = { zh = "甲", en = "A" }
[[column]]
name = "n"
type = "int"
title = { zh = "数", en = "N" }
"#;

fn files(sql: &str, extra: &str) -> Vec<SourceFile> {
    let words = r#"{ zh = "x", en = "x" }"#;
    let model = format!(
        "id = \"XX-001\"\nrevision = 1\nstatus = \"draft\"\nlevel = \"blue\"\nsubject = \"org\"\nreads = [\"t\"]\n\
         title = {words}\nwhy = {words}\nbasis = {words}\nmessage = {words}\nverify = {{ zh = [], en = [] }}\n\
         innocent = {{ zh = [], en = [] }}\n{extra}\n[query]\nsql = '''\n{sql}\n'''\n"
    );
    vec![
        SourceFile { path: "datasets/a/t.toml".into(), text: DATASET.into() },
        SourceFile { path: "models/xx/m.toml".into(), text: model },
    ]
}

async fn complaint(sql: &str, extra: &str) -> String {
    let problems = match Library::load(files(sql, extra)) {
        Err(problems) => problems.0,
        Ok(library) => gnomon_engine::check(&library, None).await,
    };
    let texts = problems.iter().map(|problem| {
        let (line, column) = problem.position();
        format!("{line}:{column} {problem}")
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn statements_that_are_no_query() {
    for (sql, word) in [
        ("select a as subject, a as dedupe from t; drop table t", "found 2 statements"),
        ("drop table t", "found a DROP statement"),
        ("create external table x stored as csv location '/etc/passwd'", "found a CREATE statement"),
        ("insert into t values ('a', 1)", "found a INSERT statement"),
        ("copy t to '/x.csv'", "found a COPY statement"),
        ("set datafusion.execution.batch_size = 1", "found a SET statement"),
        ("explain select a from t", "found a EXPLAIN statement"),
    ] {
        let text = complaint(sql, "").await;
        assert!(text.contains(word), "{sql}: {text}");
    }
}

#[tokio::test]
async fn names_that_do_not_exist_are_pointed_at() {
    let text = complaint("select a as subject,\n  b as dedupe\nfrom t", "").await;
    assert!(text.contains("b") && text.contains("17:3"), "{text}");
    let text = complaint("select a as subject, a as dedupe from t join u on u.a = t.a", "").await;
    assert!(text.contains("the SQL names u"), "{text}");
    let text = complaint("select a as subject from t", "").await;
    assert!(text.contains("no column dedupe"), "{text}");
    let text = complaint("select a as subject, a as dedupe from t where n > $x", "").await;
    assert!(text.contains("$x is not declared"), "{text}");
    let text = complaint("select a as subject, a as dedupe from information_schema.tables", "").await;
    assert!(text.contains("without dots"), "{text}");
}

#[tokio::test]
async fn parameters_that_do_not_fit() {
    let param = |rest: &str| format!("[param.x]\nlabel = {{ zh = \"x\", en = \"x\" }}\n{rest}");
    let text = complaint(
        "select a as subject, a as dedupe from t",
        &param("type = \"int\"\ndefault = 1\nmin = 0\nmax = 2"),
    )
    .await;
    assert!(text.contains("x is not used"), "{text}");
    let text = complaint(
        "select a as subject, a as dedupe from t where n > $x",
        &param("type = \"int\"\ndefault = 7\nmin = 0\nmax = 2"),
    )
    .await;
    assert!(text.contains("found 7, expected int, 0 to 2"), "{text}");
    let text = complaint(
        "select a as subject, a as dedupe from t where n > $x",
        &param("type = \"int\"\ndefault = 1\nmin = 0\nmax = 2\ncolour = 3"),
    )
    .await;
    assert!(text.contains("unknown field `colour`"), "{text}");
}
